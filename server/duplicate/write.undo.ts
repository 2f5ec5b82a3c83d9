import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { DatasetId, RecordId } from '../../domain/base/ids.ts'
import { commonOf } from '../../domain/area/rules.ts'
import type { duplicateApi } from '../../domain/duplicate/api.ts'
import { canJudge } from '../../domain/duplicate/can.ts'
import { stateOf } from '../../domain/record/rules.state.ts'
import { reviewProblems } from '../../domain/review/problems.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { findKnown } from '../record/read.arrived.ts'
import { listActs, listBatch } from '../review/read.ts'
import type { MergeChange } from './write.merge.ts'
import { changesBetween, keepAside, keepDone, keepJudged, keepOne, ladderFor, standingOf, withParts, type By, type Done } from './write.whole.ts'

/** Takes back a merging of one's own where nothing else happened to any of its records since: all stand as they did before. */
export async function undoMerge(tx: Writer, by: By, dataset: DatasetId, batch: string): Promise<ReplyOf<typeof duplicateApi.undoMerge>> {
  const ids = await listBatch(tx, { ...by, purpose: null }, dataset, batch), held = await withParts(tx, await findKnown(tx, ids)), acts = await listActs(tx, by.areas, ids)
  const records = [...held.values()], isLast = ids.length > 1 && ids.every(id => acts.get(id)?.batch === batch && ['merge', 'join'].includes(acts.get(id)?.kinds.at(-1) ?? ''))
  if (!isLast || records.length !== new Set(ids).size) throw reviewProblems.notLast({})
  if (!canJudge(by.viewer, records, await ladderFor(tx, dataset))) throw reviewProblems.notYours({})
  const done: Done[] = []
  for (const record of records) {
    const kinds = acts.get(record.id)?.kinds ?? [], state = stateOf([...kinds, 'undo']) ?? record.state
    const change = kinds.at(-1) === 'merge' ? await findChange(tx, by, record.id, batch) : null
    if (change) await keepOne(tx, standingOf(record, change.before, { state, acts: record.acts + 1, versions: record.versions + 1 }))
    else await keepAside(tx, by, record.id, state, null)
    done.push({ record: record.id, area: change?.before.area ?? record.area, kind: 'undo', instance: null, change: change ? { answers: changesBetween(record.values, change.before.values) } : {} })
  }
  await keepDone(tx, by, dataset, done, { batch: randomUUID(), reason: null })
  await keepJudged(tx, by, ids, 'open')
  await note(tx, { action: 'record.undo', area: commonOf(records.map(({ area }) => area)), target: `${dataset} ${ids.length} ${batch}` })
  return { records: ids }
}

/** What a merging changed of a record: the one of this batch, or the latest that took this other record in. */
export async function findChange(tx: Writer, { areas }: By, id: RecordId, batch: string | null, taken: RecordId | null = null): Promise<MergeChange | null> {
  const { rows: [row] } = await sql<{ change: MergeChange }>`
    select a.change from raw.act a where ${within('a.area_code', areas)} and a.record_id = ${id} and a.kind = 'merge'
      and ${batch === null ? sql`a.change -> 'with' @> ${JSON.stringify([taken])}::jsonb` : sql`a.batch = ${batch}::uuid`} order by a.id desc limit 1`.execute(tx)
  return row?.change ?? null
}
