import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { TPMAP_FIGURES, type Place, type TpmapFigure } from '../../domain/import/tpmap.ts'
import type { Line } from '../../engine/measure/roll-up.ts'
import type { Reader } from '../db/db.ts'

/**
 * The numbers of each tambon and municipal part, added up from its villages inside the database: a nation has 84,000 of them.
 * A number that is missing adds nothing, and neither does its base.
 */
export async function sumVillages(tx: Reader, source: SourceId, period: Period): Promise<Map<AreaCode, Line>> {
  // Compiling such wide expressions takes longer than running them.
  await sql`select set_config('jit', 'off', true)`.execute(tx)
  const { rows } = await sql<{ code: AreaCode; numerator: (number | null)[]; denominator: (number | null)[] }>`
    with village as (
      select area_code as code, c.cells as common, p.cells as poor
      from (select area_code, cells from fact.reading where part = 'common' and source_id = ${source} and period = ${period}) c
      full join (select area_code, cells from fact.reading where part = 'poor' and source_id = ${source} and period = ${period}) p using (area_code)
      where length(area_code) > 8
    )
    select left(code, 8) as code, array[${list(TPMAP_FIGURES.map(sumOf))}] as numerator, array[${list(TPMAP_FIGURES.map(baseOf))}] as denominator
    from village
    -- parts of a village that is itself reported would count twice; asked once for all rows, because the planner, which has not
    -- met the rows of this transaction, would look through all of them for each
    where length(code) = 10 or left(code, 10) not in (select code from village where length(code) = 10)
    group by 1`.execute(tx)
  return new Map(rows.map(row => [row.code, { numerator: numbers(row.numerator), denominator: numbers(row.denominator) }]))
}

const numbers = (cells: readonly (number | null)[]) => Float64Array.from(cells, cell => cell ?? NaN)
const list = (parts: RawBuilder<unknown>[]) => sql.join(parts, sql.raw(', '))
const cell = (place: Place) => sql.raw(`${place.part}[${place.index + 1}]`)

function sumOf({ numerator, denominator, weighted }: TpmapFigure): RawBuilder<unknown> {
  if (denominator === null) return sql`sum(${cell(numerator)})`
  return weighted
    ? sql`sum(${cell(numerator)} * ${cell(denominator)})`
    : sql`sum(${cell(numerator)}) filter (where ${cell(denominator)} is not null)`
}

function baseOf({ numerator, denominator }: TpmapFigure): RawBuilder<unknown> {
  return denominator === null ? sql`null::float8` : sql`sum(${cell(denominator)}) filter (where ${cell(numerator)} is not null)`
}
