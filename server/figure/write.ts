import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, ImportId, IndicatorId, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { levelOf, NATION } from '../../domain/area/rules.ts'
import type { Indicator } from '../../domain/indicator/indicator.ts'
import type { RolledLine } from '../../engine/measure/roll-up.ts'
import type { Cell } from '../db/copy.ts'
import type { Writer } from '../db/db.ts'
import { insertMany } from '../db/insert.ts'
import { within } from '../db/place.ts'

/** The numbers of a source in a period, one place in each line per indicator. */
export type Sheet = {
  source: SourceId
  period: Period
  indicators: readonly { id: IndicatorId; version: string }[]
  lines: ReadonlyMap<AreaCode, RolledLine>
  importId: ImportId | null
}

const COLUMNS = {
  area_code: 'text', indicator_id: 'text', version: 'text', period: 'text', source_id: 'text', level: 'text',
  numerator: 'float8', denominator: 'float8', status: 'text', publication: 'text', import_id: 'uuid',
}

/** Puts the figures of a sheet, of these places or of all, in the place of what the source gave for that period before. All of them are public: what is not stays a reading. */
export async function replaceFigures(tx: Writer, sheet: Sheet, areas: readonly AreaCode[] | null = null): Promise<number> {
  await sql`delete from fact.figure where ${within('area_code', [NATION])} and source_id = ${sheet.source} and period = ${sheet.period} ${areas === null ? sql`` : sql`and area_code = any(${areas})`}`.execute(tx)
  return insertMany(tx, 'fact.figure', COLUMNS, rowsOf(areas === null ? sheet : { ...sheet, lines: new Map(areas.flatMap(area => { const line = sheet.lines.get(area); return line ? [[area, line] as const] : [] })) }))
}

/** One number of a source in a period, of those places that have it. */
export type CountSheet = { source: SourceId; period: Period; indicator: Pick<Indicator, 'id' | 'version'>; status: 'summed' | 'provisional'; numbers: ReadonlyMap<AreaCode, number> }

/** Makes the figures of these places what they should be, and touches no other row; gives the places where something was different. */
export async function changeFigures(tx: Writer, { source, period, indicator: { id, version }, status, numbers }: CountSheet, places: RawBuilder<boolean>): Promise<AreaCode[]> {
  const kept = sql`${places} and source_id = ${source} and period = ${period}`
  const { rows } = await sql<{ area: AreaCode; numerator: number; same: boolean }>`
    select area_code as area, numerator, indicator_id = ${id} and version = ${version} and status = ${status} as same from fact.figure where ${kept}`.execute(tx)
  const gone = rows.filter(({ area, numerator, same }) => !same || numbers.get(area) !== numerator).map(({ area }) => area), left = new Set(rows.map(({ area }) => area))
  for (const area of gone) left.delete(area)
  const come = [...numbers].filter(([area]) => !left.has(area))
  if (gone.length > 0) await sql`delete from fact.figure where ${kept} and area_code = any(${gone})`.execute(tx)
  await insertMany(tx, 'fact.figure', COLUMNS, come.map(([area, count]) => [area, id, version, period, source, levelOf(area), count, null, status, 'public', null]))
  return [...new Set([...gone, ...come.map(([area]) => area)])]
}

export async function dropFigures(tx: Writer, source: SourceId): Promise<void> {
  await tx.deleteFrom('fact.figure').where(within('area_code', [NATION])).where('source_id', '=', source).execute()
}

/** A missing number makes no row: missing is not zero. */
function* rowsOf({ source, period, indicators, lines, importId }: Sheet): Generator<Cell[]> {
  for (const [area, { numerator, denominator, own }] of lines) {
    const level = levelOf(area)
    for (let i = 0; i < indicators.length; i++) {
      const { id, version } = indicators[i] as { id: IndicatorId; version: string }
      const top = numerator[i] as number, base = denominator[i] as number
      if (Number.isNaN(top)) continue
      yield [area, id, version, period, source, level, top, Number.isNaN(base) ? null : base, own[i] ? 'published' : 'summed', 'public', importId]
    }
  }
}
