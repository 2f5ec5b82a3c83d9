import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import type { RecordFilter } from '../../domain/record/api.ts'
import type { RecordState } from '../../domain/record/record.ts'
import { SET_ASIDE } from '../../domain/record/rules.state.ts'
import { countsOf } from '../count/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { isEverywhere, placesSeen, type Looking, type OfDataset } from './read.answers.ts'

export type SeenCount = { dataset: DatasetId; state: RecordState; count: number; faults: number }

/** How many records of these datasets may be seen, by state: from the counts; where one sees only one's own, these are looked up. */
export async function countSeen(tx: Reader, looking: Looking, unit: DatasetUnit, datasets: readonly DatasetId[]): Promise<SeenCount[]> {
  const places = placesSeen(looking, unit)
  const kept = places.length === 0 ? [] : await countsOf(tx, places, { datasets, by: ['state'] })
  const own = isEverywhere(looking, places) ? [] : await countOwn(tx, looking, places, datasets)
  const all = Map.groupBy([...kept.map(({ dataset, state, count, faulty }) => ({ dataset, state: state as RecordState, count, faults: faulty })), ...own], ({ dataset, state }) => `${dataset} ${state}`)
  return [...all.values()].map(alike => alike.reduce((sum, one) => ({ ...sum, count: sum.count + one.count, faults: sum.faults + one.faults })))
}

/** One's own records that lie in no place where all may be seen. */
async function countOwn(tx: Reader, { viewer, areas }: Looking, except: readonly AreaCode[], datasets: readonly DatasetId[]): Promise<SeenCount[]> {
  const { rows } = await sql<SeenCount>`
    select r.dataset_id as dataset, r.state, count(*)::int as count, (count(*) filter (where r.faults <> '[]'))::int as faults from core.record r
    where r.made_by = ${viewer.person.id} and r.dataset_id = any(${datasets}) and ${within('r.area_code', areas)} and not ${within('r.area_code', except)} group by 1, 2`.execute(tx)
  return rows
}

/** So many are counted one by one; of more it is told that there are more. */
export const MOST_COUNTED = 10_000
export type ListCount = { count: number; /** There are more than so many. */ more: boolean }

/** How many records a list has: from the counts where it is chosen by dataset, place and state alone, else one by one as far as is bearable. */
export async function countListed(tx: Reader, { id, unit }: OfDataset, looking: Looking, { from, until, only, maker, check, q, type, box, state }: RecordFilter, where: RawBuilder<boolean>): Promise<ListCount> {
  if (!(from || until || only || maker || check || q || type || box)) {
    const seen = (await countSeen(tx, looking, unit, [id])).filter(one => state === undefined ? !SET_ASIDE.includes(one.state) : one.state === state)
    return { count: seen.reduce((sum, { count }) => sum + count, 0), more: false }
  }
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from (select from core.record r where ${where} limit ${MOST_COUNTED + 1}) few`.execute(tx)
  const count = rows[0]?.count ?? 0
  return { count: Math.min(count, MOST_COUNTED), more: count > MOST_COUNTED }
}
