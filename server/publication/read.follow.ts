import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { Period } from '../../domain/base/period.ts'
import { isWithin, levelOf } from '../../domain/area/rules.ts'
import { isPublicLevel } from '../../domain/indicator/rules.ts'
import { makeDatasetFigure, type DatasetFigure } from '../../domain/indicator/rules.dataset.ts'
import { withhold } from '../../engine/measure/withhold.ts'
import { findDataset } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'

/** The number of a dataset as its definition and its form say now; null: it has none, or is not there any more. */
export async function findDatasetFigure(tx: Reader, id: DatasetId): Promise<DatasetFigure | null> {
  const found = await findDataset(tx, id)
  if (!found) return null
  const { rows: [row] } = await sql<{ sensitive: boolean; demo: boolean }>`
    select exists (select from core.form f cross join jsonb_array_elements(f.model -> 'questions') q where f.dataset_id = ${id} and q ->> 'sensitivity' = 'sensitive') as sensitive,
      exists (select from core.seed where name = 'demo-records') as demo`.execute(tx)
  return makeDatasetFigure(found.dataset, { area: found.area, sensitive: row?.sensitive ?? true, demo: row?.demo ?? false })
}

/** Which edition of the definitions there is: another one when a dataset, a form or the demo world is another. As `open.edition` does. */
export async function getDefinitionsEdition(tx: Reader): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select md5(concat_ws(' ', (select string_agg(xmin::text || ctid::text, '' order by ctid) from core.dataset), (select count(*) from core.form), (select hash from core.seed where name = 'demo-records'))) as id`.execute(tx)
  return rows[0]?.id ?? ''
}

/** This year, as the calendar of Thailand has it. */
export async function getThisYear(tx: Reader): Promise<Period> {
  const { rows } = await sql<{ year: string }>`select to_char(now() at time zone 'Asia/Bangkok', 'YYYY') as year`.execute(tx)
  return Period.parse(rows[0]?.year)
}

/** The year that a record of this month counts under; null: its day is none that can be. */
export function periodOf({ lasting }: Pick<DatasetFigure, 'lasting'>, month: string, thisYear: Period): Period | null {
  if (lasting) return thisYear
  const period = Period.safeParse(month.slice(0, 4)).data ?? null
  return period !== null && month[4] === '-' && period <= thisYear ? period : null
}

type Sum = { area: AreaCode; year: string; shown: number }

/** What is added up of a dataset: wholly in `places` (districts, or all), and of every province and the nation. By year, then by place. */
export async function listSums(tx: Reader, dataset: DatasetId, figure: DatasetFigure, places: readonly AreaCode[], thisYear: Period): Promise<Map<Period, Map<AreaCode, number>>> {
  const counted = sql`c.dataset_id = ${dataset} and c.state = any(${figure.states}) and c.shown <> 0`
  const lengths = figure.source.publicLevel === 'tambon' ? [6, 8] : [6, 8, 10, 12]
  const { rows } = await sql<Sum>`
    select left(c.area_code, n) as area, left(c.month, 5) as year, sum(c.shown)::int as shown from core.record_count c cross join unnest(${lengths}::int[]) n
      where ${within('c.area_code', places)} and ${counted} and length(c.area_code) >= n group by 1, 2
    union all select left(c.area_code, n), left(c.month, 5), sum(c.shown)::int from core.record_sum c cross join unnest(array[2, 4]) n
      where ${within('c.area_code', [figure.area])} and ${counted} and length(c.area_code) >= n group by 1, 2`.execute(tx)
  const sums = new Map<Period, Map<AreaCode, number>>()
  for (const { area, year, shown } of rows) {
    const period = periodOf(figure, year, thisYear)
    if (period === null || !isWithin(area, figure.area)) continue
    const ofPeriod = sums.get(period) ?? new Map<AreaCode, number>()
    sums.set(period, ofPeriod.set(area, (ofPeriod.get(area) ?? 0) + shown))
  }
  return sums
}

/** What of these numbers everyone may see: of public levels, and where few are withheld, not these and nothing that would give them away. */
export function tellable({ source }: DatasetFigure, sums: ReadonlyMap<AreaCode, number>): Map<AreaCode, number> {
  const open = new Map([...sums].filter(([area, count]) => count > 0 && isPublicLevel(source, levelOf(area))))
  return source.threshold === undefined ? open : withhold(open, source.threshold)
}
