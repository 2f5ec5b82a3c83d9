import { commonOf } from '../../domain/area/rules.ts'
import type { PairState } from '../../domain/duplicate/duplicate.ts'
import { reviewProblems } from '../../domain/review/problems.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { getPair } from './read.ts'
import { keepJudged, type By } from './write.whole.ts'

/** They are not the same, or nobody knows after all. What is merged is taken apart by splitting. */
export async function judgePair(tx: Writer, by: By, id: string, say: 'different' | 'open'): Promise<{ state: PairState }> {
  const pair = await getPair(tx, { ...by, purpose: null }, id)
  if (!pair.mine || pair.state === 'merged') throw reviewProblems.notYours({})
  await keepJudged(tx, by, [pair.one.id, pair.other.id], say)
  await note(tx, { action: 'duplicate.judge', area: commonOf([pair.one.area, pair.other.area]), target: id, reason: say })
  return { state: say }
}
