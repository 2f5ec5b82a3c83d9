import { collectProblems } from '../../domain/collect/problems.ts'
import type { Phone } from '../../domain/collect/collect.ts'
import { submissionProblems } from '../../domain/record/problems.ts'
import { m } from '../paraglide/messages.js'
import { formatMoment } from '../base/format.ts'
import { lang } from '../base/link.ts'

const { notBackup, otherKeys, notYours, noPlaces, tooLarge, otherInstance } = collectProblems
const { otherContent, superseded, unknownDeprecated, noRoom } = submissionProblems
/** What the API says in the same words each time. */
const SAID = [notBackup, otherKeys, notYours, noPlaces, tooLarge, otherInstance, otherContent, superseded, unknownDeprecated, noRoom].map(make => make({}))
/** What it says with names that the way back does not carry. */
const TOLD: Record<string, () => string> = {
  'submission/no-form': m.phones_why_form, 'submission/closed': m.phones_why_closed, 'submission/bad-xml': m.phones_why_unread, 'collect/incomplete': m.phones_why_incomplete,
}

/** Why a backup, or a form in it, was not taken. */
export function reasonSay(code: string): string {
  const said = SAID.find(problem => problem.code === code)
  return said ? said.in(lang()) : (TOLD[code] ?? m.phones_why_other)()
}

export function unsentSay({ unsent, oldest }: Phone): string {
  if (unsent === 0) return m.phones_all_sent()
  return oldest === null ? m.phones_unsent({ count: unsent }) : m.phones_unsent_since({ count: unsent, at: formatMoment(oldest, lang()) })
}
