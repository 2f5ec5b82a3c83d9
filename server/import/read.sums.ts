import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { NATION } from '../../domain/area/rules.ts'
import { TPMAP_FIGURES, type Place, type TpmapFigure } from '../../domain/import/tpmap.ts'
import type { Line } from '../../engine/measure/roll-up.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'

/** Which numbers of a source, and in which places. */
export type Asked = { source: SourceId; period: Period; figures: readonly TpmapFigure[]; places: readonly AreaCode[] }
/** What areas reported themselves, and what each tambon's villages add up to. */
export type Reported = { own: Map<AreaCode, Line>; villages: Map<AreaCode, Line> }

/** The numbers of each tambon and municipal part, added up from its villages inside the database: a nation has 84,000 of them. */
export async function sumVillages(tx: Reader, source: SourceId, period: Period): Promise<Map<AreaCode, Line>> {
  return reportedOf(await listSums(tx, { source, period, figures: TPMAP_FIGURES, places: [NATION] }, sql`length(code) > 8`)).villages
}

/** The numbers of some places down to the tambons; villages are added up. */
export async function listReported(tx: Reader, asked: Asked): Promise<Reported> {
  return reportedOf(await listSums(tx, asked, sql`true`))
}

/** The numbers of the villages of some places, each by itself. */
export async function listVillages(tx: Reader, { source, period, figures, places }: Asked): Promise<Map<AreaCode, Line>> {
  const { rows } = await sql<Row>`
    with ${readings(source, period, places)}
    select code, false as summed, ${numbersOf(figures)} from reading where length(code) > 8 group by code`.execute(tx)
  return reportedOf(rows).own
}

type Row = { code: AreaCode; summed: boolean; numerator: (number | null)[]; denominator: (number | null)[] }

/** A number that is missing adds nothing, and neither does its base. */
async function listSums(tx: Reader, { source, period, figures, places }: Asked, which: RawBuilder<unknown>): Promise<Row[]> {
  // Compiling such wide expressions takes longer than running them.
  await sql`select set_config('jit', 'off', true)`.execute(tx)
  const { rows } = await sql<Row>`
    with ${readings(source, period, places)}
    select left(code, 8) as code, length(code) > 8 as summed, ${numbersOf(figures)}
    from reading
    where ${which}
      -- parts of a village that is itself reported would count twice; asked once for all rows, because the planner, which has not
      -- met the rows of this transaction, would look through all of them for each
      and (length(code) <> 12 or left(code, 10) not in (select code from reading where length(code) = 10))
    group by 1, 2`.execute(tx)
  return rows
}

/** Both parts of what was read of an area side by side. */
function readings(source: SourceId, period: Period, places: readonly AreaCode[]): RawBuilder<unknown> {
  const part = (name: string) => sql`(
    select area_code, cells from fact.reading
    where part = ${name} and source_id = ${source} and period = ${period} and ${within('area_code', places)})`
  return sql`reading as (
    select area_code as code, c.cells as common, p.cells as poor from ${part('common')} c full join ${part('poor')} p using (area_code))`
}

function reportedOf(rows: readonly Row[]): Reported {
  const linesOf = (some: readonly Row[]) => new Map(some.map(row => [row.code, { numerator: numbers(row.numerator), denominator: numbers(row.denominator) }]))
  return { own: linesOf(rows.filter(row => !row.summed)), villages: linesOf(rows.filter(row => row.summed)) }
}

const numbers = (cells: readonly (number | null)[]) => Float64Array.from(cells, cell => cell ?? NaN)
const list = (parts: RawBuilder<unknown>[]) => sql.join(parts, sql.raw(', '))
const cell = (place: Place) => sql.raw(`${place.part}[${place.index + 1}]`)

function numbersOf(figures: readonly TpmapFigure[]): RawBuilder<unknown> {
  return sql`array[${list(figures.map(sumOf))}] as numerator, array[${list(figures.map(baseOf))}] as denominator`
}

function sumOf({ numerator, denominator, weighted }: TpmapFigure): RawBuilder<unknown> {
  if (denominator === null) return sql`sum(${cell(numerator)})`
  return weighted
    ? sql`sum(${cell(numerator)} * ${cell(denominator)})`
    : sql`sum(${cell(numerator)}) filter (where ${cell(denominator)} is not null)`
}

function baseOf({ numerator, denominator }: TpmapFigure): RawBuilder<unknown> {
  return denominator === null ? sql`null::float8` : sql`sum(${cell(denominator)}) filter (where ${cell(numerator)} is not null)`
}
