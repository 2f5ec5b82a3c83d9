import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'

/** Where the number of records changed. */
export type Touched = { dataset: DatasetId; area: AreaCode; month: string }

const SETTLING = 7254422

/**
 * Adds up what acts have noted, the oldest first, and tells where. One process at a time; null: another one is at it. What fails, or is
 * killed half-way, is taken back with its transaction and stays noted.
 */
export async function settleCounts(tx: Writer, most: number): Promise<Touched[] | null> {
  const { rows: [lock] } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${SETTLING}) as mine`.execute(tx)
  if (!lock?.mine) return null
  const { rows } = await sql<Touched>`
    with taken as (
      delete from core.record_delta where ${within('area_code', [NATION])} and id in (select id from core.record_delta where ${within('area_code', [NATION])} order by id limit ${most}) returning *
    ), counted as (${add('record_count', sql`area_code`)}), summed as (${add('record_sum', sql`left(area_code, 4)`)}), seen as (
      insert into core.record_last (area_code, dataset_id, at) select area_code, dataset_id, max(last_at) from taken where last_at is not null group by 1, 2
      on conflict (area_code, dataset_id) do update set at = greatest(core.record_last.at, excluded.at)
    ) select distinct dataset_id as dataset, area_code as area, month from taken`.execute(tx)
  if (rows.length > 0) await dropEmpty(tx, rows)
  return rows
}

/** Nobody changes a record, and nothing is added up, until the transaction ends. */
export async function lockCounts(tx: Writer): Promise<void> {
  await sql`select pg_advisory_xact_lock(${SETTLING})`.execute(tx)
  await sql`lock table core.record in share row exclusive mode`.execute(tx)
}

function add(table: string, place: ReturnType<typeof sql>) {
  const into = sql.table(`core.${table}`)
  return sql`
    insert into ${into} as kept (area_code, dataset_id, state, type, month, count, faulty, shown)
      select ${place}, dataset_id, state, type, month, sum(count), sum(faulty), sum(shown) from taken group by 1, 2, 3, 4, 5
    on conflict (area_code, dataset_id, state, type, month) do update set count = kept.count + excluded.count, faulty = kept.faulty + excluded.faulty, shown = kept.shown + excluded.shown`
}

async function dropEmpty(tx: Writer, touched: readonly Touched[]): Promise<void> {
  const places = { record_count: touched.map(({ area }) => area), record_sum: touched.map(({ area }) => area.slice(0, 4)) }
  for (const [table, areas] of Object.entries(places)) {
    await sql`delete from ${sql.table(`core.${table}`)} c where c.area_code = any(${[...new Set(areas)]}) and ${within('c.area_code', [NATION])} and c.count = 0 and c.faulty = 0 and c.shown = 0`.execute(tx)
  }
}
