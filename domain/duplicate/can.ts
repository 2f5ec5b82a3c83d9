import type { Viewer } from '../access/access.ts'
import type { Ladder } from '../dataset/dataset.ts'
import { canAct, type Reviewed } from '../review/can.ts'

/** Who may approve both may say that they are one, or two; what is verified or locked, who verifies. */
export function canJudge(viewer: Viewer, records: readonly Reviewed[], ladder: Ladder): boolean {
  return records.every(record => canAct(viewer, 'approve', record, ladder))
}
