import type { ExportKind } from '../../domain/audit/audit.export.ts'
import type { EraseCause } from '../../domain/privacy/privacy.ts'
import type { Sensitivity } from '../../domain/access/access.ts'
import { m } from '../paraglide/messages.js'

export const EXPORT_NAMES: Record<ExportKind, () => string> = { records: m.privacy_what_records, person: m.privacy_what_person, package: m.privacy_what_package, people: m.privacy_what_people }
export const CAUSE_NAMES: Record<EraseCause, () => string> = { request: m.privacy_cause_request, retention: m.privacy_cause_retention, consent: m.privacy_cause_consent }
export const KEPT_NAMES: Record<Sensitivity, () => string> = { open: m.privacy_kept_open, internal: m.privacy_kept_internal, personal: m.privacy_kept_personal, sensitive: m.privacy_kept_sensitive }

/** What was just done, in a sentence: `erase-3`, `keep-1`. */
export function doneOf(done: string | null, left: number): string {
  const [act, count = ''] = (done ?? '').split('-')
  if (!/^\d+$/.test(count)) return ''
  const said = act === 'keep' ? m.privacy_done_keep({ count }) : m.privacy_done_erase({ count })
  return left > 0 ? `${said} ${m.privacy_done_left({ count: left })}` : said
}
