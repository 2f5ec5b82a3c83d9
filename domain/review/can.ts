import type { AreaCode, PersonId } from '../base/ids.ts'
import type { Right } from '../base/right.ts'
import { isWithin } from '../area/rules.ts'
import type { Viewer } from '../access/access.ts'
import { placesOf } from '../access/can.ts'
import type { Ladder } from '../dataset/dataset.ts'
import type { RecordState } from '../record/record.ts'
import type { ReviewAct } from './review.ts'

/** Characters of a code of the level that approves: what lies lower may not. */
const LENGTHS: Record<Ladder['approves'], number> = { tambon: 8, district: 6, province: 4 }
const RIGHTS: Record<ReviewAct, Right> = {
  return: 'review-records', approve: 'review-records', reject: 'review-records', withdraw: 'review-records', verify: 'verify-records', lock: 'verify-records', reopen: 'review-records',
}
export type Reviewed = { area: AreaCode; madeBy: PersonId; state: RecordState }

/**
 * Who may do what to a record: role and place, as the ladder of its dataset says. What is verified or locked is only for who verifies;
 * who wrote something down may withdraw it until it is approved.
 */
export function canAct(viewer: Viewer, act: ReviewAct, { area, madeBy, state }: Reviewed, ladder: Ladder): boolean {
  if (act === 'withdraw' && madeBy === viewer.person.id && ['received', 'returned'].includes(state)) return placesOf(viewer, 'see-records').some(place => isWithin(area, place))
  const right = state === 'verified' || state === 'locked' ? 'verify-records' : RIGHTS[act], lowest = act === 'approve' ? LENGTHS[ladder.approves] : LENGTHS.tambon
  return placesOf(viewer, right).some(place => place.length <= lowest && isWithin(area, place))
}
