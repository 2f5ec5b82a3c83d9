import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, PersonId, RecordId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { ActKind, FieldReason, RecordState } from '../../domain/record/record.ts'
import type { Weighed } from '../../domain/record/rules.fault.ts'
import { ladderOf } from '../../domain/record/rules.public.ts'
import type { reviewApi } from '../../domain/review/api.ts'
import { canAct } from '../../domain/review/can.ts'
import { ReviewAct, type Standing } from '../../domain/review/review.ts'
import { actsFor, errorsOf } from '../../domain/review/rules.ts'
import { findDataset, listDatasets } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { isCleared, isInConflict, isLate, type Looking } from '../record/read.answers.ts'
import { countSeen } from '../record/read.count.ts'
import { isSeenAny } from '../record/read.near.ts'
import { getFound } from '../record/read.ts'

/** A record as far as an act must know it. */
export type Stand = { id: RecordId; area: AreaCode; madeBy: PersonId; state: RecordState; acts: number; actedAt: Date; faults: Weighed[] }
export const STAND = sql`r.id, r.area_code as area, r.made_by as "madeBy", r.state, r.acts, r.acted_at as "actedAt", r.faults`

/** How many records are in which state, as far as they may be seen. */
export async function countReview(tx: Reader, looking: Looking): Promise<ReplyOf<typeof reviewApi.countReview>> {
  const datasets = Map.groupBy((await listDatasets(tx, null)).map(({ dataset }) => dataset), ({ unit }) => unit)
  const seen = []
  for (const [unit, alike] of datasets) seen.push(...await countSeen(tx, looking, unit, alike.map(({ id }) => id)))
  const mine = await countMine(tx, looking), pressing = await countPressing(tx, looking)
  return { items: [...Map.groupBy(seen, ({ dataset }) => dataset)].sort(([a], [b]) => a < b ? -1 : 1).map(([dataset, states]) => ({
    dataset, states: Object.fromEntries(states.map(({ state, count }) => [state, count])),
    faults: states.find(({ state }) => state === 'received')?.faults ?? 0, mine: mine.get(dataset) ?? 0, conflicts: pressing.get(dataset)?.conflicts ?? 0, late: pressing.get(dataset)?.late ?? 0,
  })) }
}

/** Of each dataset, what was returned to whoever asks. */
async function countMine(tx: Reader, { viewer, areas }: Looking): Promise<Map<DatasetId, number>> {
  const { rows } = await sql<{ dataset: DatasetId; count: number }>`
    select r.dataset_id as dataset, count(*)::int as count from core.record r where r.made_by = ${viewer.person.id} and r.state = 'returned' and ${within('r.area_code', areas)} group by 1`.execute(tx)
  return new Map(rows.map(({ dataset, count }) => [dataset, count]))
}

/** Of each dataset, what two changed at once and what has waited for long. */
async function countPressing(tx: Reader, looking: Looking): Promise<Map<DatasetId, { conflicts: number; late: number }>> {
  const here = sql`r.dataset_id = d.id and ${within('r.area_code', looking.areas)} and ${isSeenAny('r', looking)}`
  // of each dataset by itself: an index of what is in conflict, and one of what waits, by how long
  const { rows } = await sql<{ dataset: DatasetId; conflicts: number; late: number }>`
    select d.id as dataset, (select count(*) from core.record r where ${here} and ${isInConflict('r')})::int as conflicts, (select count(*) from core.record r where ${here} and ${isLate('r', { row: 'd' })})::int as late
    from core.dataset d`.execute(tx)
  return new Map(rows.map(({ dataset, ...counts }) => [dataset, counts]))
}

/** How a record stands, and what whoever looks may do to it. */
export async function getStanding(tx: Reader, viewer: Viewer, areas: readonly AreaCode[], id: RecordId): Promise<ReplyOf<typeof reviewApi.getStanding>> {
  const found = await getFound(tx, viewer, areas, id, null), dataset = await findDataset(tx, found.dataset)
  const { rows: [record] } = await sql<Stand>`select ${STAND} from core.record r where ${within('r.area_code', [found.area])} and r.area_code = ${found.area} and r.id = ${id}`.execute(tx)
  if (!record || !dataset) throw accessProblems.notThere({})
  const may = actsFor(viewer, { ...record, errors: errorsOf(record.faults), changed: false }, ladderOf(dataset.dataset), ReviewAct.options)
  const shown = new Set(keysOf(found.form.model).flatMap(level => level.questions.filter(({ sensitivity }) => found.entry.own || isCleared(found.looking, sensitivity)).map(({ key }) => key)))
  const returned = record.state === 'returned' ? await findReturn(tx, found.area, id) : null
  const held = await listHeld(tx, found.area, id), maySettle = held.length > 0 && record.state !== 'locked' && canAct(viewer, 'reject', record, ladderOf(dataset.dataset))
  return { state: record.state, seen: record.acts, may, errors: errorsOf(found.faults), held, maySettle, returned: returned && { ...returned, fields: returned.fields.filter(({ key }) => shown.has(key)) } }
}

/** Visits that came while the record was locked, but for those that somebody took in or set aside. */
export async function listHeld(tx: Reader, area: AreaCode, id: RecordId): Promise<Standing['held']> {
  const { rows } = await sql<{ instance: string; at: Date }>`
    select a.instance_id as instance, a.at from raw.act a where ${within('a.area_code', [area])} and a.area_code = ${area} and a.record_id = ${id} and a.kind = 'held'
      and not exists (select from raw.act d where d.area_code = a.area_code and d.record_id = a.record_id and d.kind in ('take', 'leave') and d.change ->> 'held' = a.instance_id) order by a.id`.execute(tx)
  return rows.map(({ instance, at }) => ({ instance, at: at.toISOString() }))
}

async function findReturn(tx: Reader, area: AreaCode, id: RecordId): Promise<{ reason: string | null; fields: FieldReason[] } | null> {
  const { rows: [row] } = await sql<{ reason: string | null; fields: FieldReason[] }>`
    select a.reason, coalesce(a.fields, '[]') as fields from raw.act a where ${within('a.area_code', [area])} and a.area_code = ${area} and a.record_id = ${id} and a.kind = 'return' order by a.id desc limit 1`.execute(tx)
  return row ?? null
}

/** What was done to each of these records, in its order, and as part of which act of many. */
export async function listActs(tx: Reader, areas: readonly AreaCode[], ids: readonly RecordId[]): Promise<Map<RecordId, { kinds: ActKind[]; batch: string | null }>> {
  const { rows } = await sql<{ id: RecordId; kinds: ActKind[]; batch: string | null }>`
    select a.record_id as id, array_agg(a.kind order by a.id) as kinds, (array_agg(a.batch order by a.id desc))[1] as batch
    from raw.act a where ${within('a.area_code', areas)} and a.record_id = any(${ids}::uuid[]) group by 1`.execute(tx)
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}

/** The records of an act of somebody's own. */
export async function listBatch(tx: Reader, { viewer, areas }: Looking, dataset: DatasetId, batch: string): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select a.record_id as id from raw.act a where a.batch = ${batch}::uuid and a.dataset_id = ${dataset} and a.person_id = ${viewer.person.id} and ${within('a.area_code', areas)}`.execute(tx)
  return rows.map(({ id }) => id)
}
