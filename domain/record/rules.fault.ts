import type { RecordFault } from './record.ts'

export type Severity = 'error' | 'warning'
/** As much of a fault as says how much it weighs. */
export type Weighed = Pick<RecordFault, 'kind' | 'severity'>

/** An error keeps a record from being approved; a warning is for people to look at. Checks say it themselves, one by one. */
export const SEVERITIES: Record<RecordFault['kind'], Severity> = {
  required: 'error', constraint: 'error', choice: 'error', type: 'error', 'national-id': 'error',
  calculation: 'warning', 'not-relevant': 'warning', place: 'warning', thing: 'warning', conflict: 'warning', clock: 'warning', 'not-judged': 'warning', unknown: 'warning', check: 'warning',
}

export function severityOf({ kind, severity }: Weighed): Severity {
  return severity ?? SEVERITIES[kind]
}
