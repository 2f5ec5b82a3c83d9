import type { Problem } from '../base/problem.ts'
import type { Viewer } from '../access/access.ts'
import type { Ladder } from '../dataset/dataset.ts'
import { severityOf, type Weighed } from '../record/rules.fault.ts'
import { STATE_NAMES, STEPS } from '../record/rules.state.ts'
import { canAct, type Reviewed } from './can.ts'
import { reviewProblems } from './problems.ts'
import type { ReviewAct } from './review.ts'

export const errorsOf = (faults: readonly Weighed[]): number => faults.filter(fault => severityOf(fault) === 'error').length

/** These say that what is there is right. */
const AFFIRMS: readonly ReviewAct[] = ['approve', 'verify', 'lock']
/** These are read by whoever recorded it. */
export const NEEDS_REASON: readonly ReviewAct[] = ['return', 'reject', 'reopen']

export type ToJudge = Reviewed & { errors: number; /** Whether it changed since who acts looked at it. */ changed: boolean }

/** Why an act may not be done to a record; null: it may. */
export function refusalOf(viewer: Viewer, act: ReviewAct, record: ToJudge, ladder: Ladder): Problem | null {
  if (record.changed) return reviewProblems.changed({})
  if (record.state === 'locked' && act !== 'reopen') return reviewProblems.locked({})
  if (!STEPS[act].from.includes(record.state)) return reviewProblems.notNow({ state: STATE_NAMES[record.state] })
  if (!canAct(viewer, act, record, ladder)) return reviewProblems.notYours({})
  if (act === 'lock' && ladder.counts === 'verified' && record.state !== 'verified') return reviewProblems.notVerified({})
  return AFFIRMS.includes(act) && record.errors > 0 ? reviewProblems.hasErrors({}) : null
}

/** What somebody may do to a record as it stands. */
export function actsFor(viewer: Viewer, record: ToJudge, ladder: Ladder, acts: readonly ReviewAct[]): ReviewAct[] {
  return acts.filter(act => refusalOf(viewer, act, record, ladder) === null)
}
