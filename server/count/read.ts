import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { AreaLevel } from '../../domain/area/area.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'

/** Length of the codes of a level. */
export const CODE_LENGTH: Record<AreaLevel, number> = { nation: 2, province: 4, district: 6, tambon: 8, 'municipal-part': 8, village: 10, 'village-part': 12 }

/** What records are told apart by: the state they stand in, their type ('' for none), the month of their day (`2026-11`). */
export type CountBy = 'state' | 'type' | 'month'
/** `level`: for each place of that level (what lies at a place above keeps that one's code); without it the places asked for are one sum. */
export type CountAsk = { datasets?: readonly DatasetId[]; level?: AreaLevel; by?: readonly CountBy[] }
/** `faulty`: with something to look at. `shown`: their own answers let the public see them, once they are approved. What was not asked for is null. */
export type RecordCount = { area: AreaCode | null; dataset: DatasetId; state: string | null; type: string | null; month: string | null; count: number; faulty: number; shown: number }

/**
 * How many records of each dataset these places hold, as they stand in this very transaction: what was added up, and what acts have
 * changed since. Of datasets about persons whoever asks must state only places where they may know of persons (`placesOfPersons`).
 */
export async function countsOf(tx: Reader, areas: readonly AreaCode[], { datasets, level, by = [] }: CountAsk = {}): Promise<RecordCount[]> {
  const length = level === undefined ? null : CODE_LENGTH[level]
  const upper = areas.filter(area => area.length <= PROVINCE && (length ?? 0) <= PROVINCE), lower = areas.filter(area => !upper.includes(area))
  const part = (name: CountBy) => sql`${by.includes(name) ? sql.ref(`c.${name}`) : sql`null::text`} as ${sql.ref(name)}`
  const area = length === null ? sql`null::text` : sql`left(c.area_code, ${sql.lit(length)})`
  const { rows } = await sql<RecordCount>`
    select ${area} as area, c.dataset_id as dataset, ${part('state')}, ${part('type')}, ${part('month')}, sum(c.count)::int as count, sum(c.faulty)::int as faulty, sum(c.shown)::int as shown
    from (${sql.join([from('core.record_sum', upper, datasets), from('core.record_count', lower, datasets), from('core.record_delta', areas, datasets)], sql` union all `)}) c
    group by 1, 2, 3, 4, 5 having sum(c.count) <> 0 order by 1, 2, 3, 4, 5`.execute(tx)
  return rows
}

const PROVINCE = 4

function from(table: string, areas: readonly AreaCode[], datasets: readonly DatasetId[] | undefined): RawBuilder<unknown> {
  return sql`select area_code, dataset_id, state, type, month, count, faulty, shown from ${sql.table(table)} where ${within('area_code', areas)}${datasets ? sql` and dataset_id = any(${datasets})` : sql``}`
}

/** When something last arrived, by dataset and by the place it lies at (as `countsOf` tells places apart). It never goes back. */
export async function lastOf(tx: Reader, areas: readonly AreaCode[], { datasets, level }: Omit<CountAsk, 'by'> = {}): Promise<{ area: AreaCode | null; dataset: DatasetId; at: Date }[]> {
  const ofDatasets = datasets ? sql` and dataset_id = any(${datasets})` : sql``
  const { rows } = await sql<{ area: AreaCode | null; dataset: DatasetId; at: Date }>`
    select ${level === undefined ? sql`null::text` : sql`left(l.area_code, ${sql.lit(CODE_LENGTH[level])})`} as area, l.dataset_id as dataset, max(l.at) as at
    from (select area_code, dataset_id, at from core.record_last where ${within('area_code', areas)}${ofDatasets}
      union all select area_code, dataset_id, last_at from core.record_delta where ${within('area_code', areas)}${ofDatasets} and last_at is not null) l
    group by 1, 2 order by 1, 2`.execute(tx)
  return rows
}
