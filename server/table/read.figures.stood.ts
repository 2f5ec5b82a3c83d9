import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { TableImportId } from '../../domain/table/table.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import type { FigureNumber } from './read.figures.ts'
import type { SourceSheet } from './read.subject.ts'

/** What a source says of a place and a year: a number for each of its indicators, by their place in its list. `own`: it gave it itself, and it is no sum. */
export type Stood = (FigureNumber & { own: boolean })[]
type Spot = { area: AreaCode; period: Period }
export const spotKey = ({ area, period }: Spot) => `${area} ${period}`

/** Whether a source says anything of a year, wherever. For a transaction of the nation. */
export async function isSaid(tx: Reader, source: SourceId, period: Period): Promise<boolean> {
  const { rows: [row] } = await sql<{ said: boolean }>`select exists (select from fact.figure where ${within('area_code', [NATION])} and source_id = ${source} and period = ${period}) as said`.execute(tx)
  return row?.said === true
}

/** What a source says of these places and years, of the indicators that are asked for, as far as they lie in `areas`. */
export async function listStood(tx: Reader, areas: readonly AreaCode[], { source, indicators }: SourceSheet, spots: readonly Spot[], asked: readonly number[]): Promise<Map<string, Stood>> {
  const found = new Map<string, Stood>(), at = (index: number) => indicators[index]!
  if (spots.length === 0) return found
  const { rows } = await sql<Spot & Stood[number]>`
    select f.area_code as area, f.period, i.index, f.numerator, coalesce(f.denominator, 'NaN') as denominator, f.status = 'published' as own
    from unnest(${spots.map(({ area }) => area)}::text[], ${spots.map(({ period }) => period)}::text[]) as spot (area_code, period)
      cross join unnest(${asked}::int[], ${asked.map(index => at(index).id)}::text[], ${asked.map(index => at(index).version)}::text[]) as i (index, id, version)
      join fact.figure f on f.area_code = spot.area_code and f.indicator_id = i.id and f.period = spot.period and f.source_id = ${source.id} and f.version = i.version
    where ${within('f.area_code', areas)}`.execute(tx)
  for (const { area, period, ...number } of rows) {
    const key = spotKey({ area, period }), stood = found.get(key)
    if (stood) stood.push(number)
    else found.set(key, [number])
  }
  return found
}

/** The numbers that an import brought, each by itself, with what the source had said before. For a transaction of the nation. */
export const numbersOf = (id: TableImportId): RawBuilder<unknown> => sql`
  (select t.area_code, t.period, n.* from raw.table_figure t
    cross join lateral unnest(t.indicator_ids, t.versions, t.numerators, t.denominators, t.was_numerators, t.was_denominators) n (indicator_id, version, numerator, denominator, was_numerator, was_denominator)
  where t.import_id = ${id} and ${within('t.area_code', [NATION])}) b`
