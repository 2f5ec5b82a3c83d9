import type { AreaCode } from '../../domain/base/ids.ts'
import type { Lang, Text } from '../../domain/base/text.ts'
import { link } from '../base/link.ts'
import { m } from '../paraglide/messages.js'

/** A place as the API names it, in full; the code where no list gives a name. */
export function placeName(code: AreaCode, name: Text, lang: Lang): string {
  return name[lang] || name.th || code
}

export function placeLink(code: AreaCode): string {
  return code === 'TH' ? link('/') : link(`/place/${code}`)
}

const DONE: Record<string, () => string> = {
  reset: m.done_reset, out: m.done_out, invite: m.done_invite, account: m.done_account, given: m.done_given, ended: m.done_ended, team: m.done_team,
  'invite-ended': m.done_invite_ended, undone: m.done_undone, imported: m.done_imported, revoked: m.done_revoked, session: m.done_session, password: m.done_password, second: m.done_second, 'second-ended': m.done_second_ended, thaid: m.done_thaid,
}

/** What was just done, in a sentence; the act before tells it in the address. */
export function doneSay(what: string | null): string {
  return what !== null && Object.hasOwn(DONE, what) ? DONE[what]!() : ''
}
