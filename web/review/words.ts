import type { ReviewAct } from '../../domain/review/review.ts'
import { m } from '../paraglide/messages.js'

const NAMES: Record<ReviewAct, () => string> = {
  return: m.review_act_return, approve: m.review_act_approve, verify: m.review_act_verify, lock: m.review_act_lock, reopen: m.review_act_reopen, reject: m.review_act_reject, withdraw: m.review_act_withdraw,
}
export const actName = (act: ReviewAct): string => NAMES[act]()
