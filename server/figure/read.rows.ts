import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { AreaLevel } from '../../domain/area/area.ts'
import { rangeOf } from '../../domain/area/rules.ts'
import type { Row } from '../../engine/measure/carry-figures.ts'
import type { Reader } from '../db/db.ts'
import { notValidOn } from '../area/read.ts'
import { cutKey, type Cut } from './read.cuts.ts'

/** Certain places, or all of a level inside one. */
export type Where = { codes: readonly AreaCode[] } | { within: AreaCode; level: AreaLevel }
/** Numbers by cut and by place. */
export type Table = Map<string, Map<AreaCode, Row>>

type FoundRow = { area_code: AreaCode; indicator_id: Cut['indicator']['id']; source_id: Cut['source']['id']; period: Cut['period'] } & Row

/** The open numbers of these cuts, as the source's places were. */
export async function listRows(tx: Reader, cuts: readonly Cut[], where: Where): Promise<Table> {
  const rows = await tx.selectFrom('open.figure')
    .select(['area_code', 'indicator_id', 'source_id', 'period', 'numerator', 'denominator', 'status'])
    .where('indicator_id', 'in', [...new Set(cuts.map(cut => cut.indicator.id))])
    .where('period', 'in', [...new Set(cuts.map(cut => cut.period))])
    .$if('codes' in where, query => query.where('area_code', 'in', (where as { codes: AreaCode[] }).codes))
    .$if('level' in where, query => {
      const { within, level } = where as { within: AreaCode; level: AreaLevel }
      return query.where('level', '=', level).where('area_code', '>=', within).where('area_code', '<', rangeOf(within).to as AreaCode)
    })
    .execute()
  return tableOf(cuts, rows as FoundRow[])
}

/** The open numbers of a source's base level inside some areas: what changed areas are added up from. */
export async function listBaseRows(tx: Reader, cuts: readonly Cut[], baseLength: number, areas: Iterable<AreaCode>): Promise<Table> {
  const ranges = [...areas].map(rangeOf)
  const rows = await tx.selectFrom('open.figure')
    .select(['area_code', 'indicator_id', 'source_id', 'period', 'numerator', 'denominator', 'status'])
    .where('indicator_id', 'in', [...new Set(cuts.map(cut => cut.indicator.id))])
    .where('period', 'in', [...new Set(cuts.map(cut => cut.period))])
    .where(({ or, and, eb }) => or(ranges.map(({ from, to }) => and([eb('area_code', '>=', from as AreaCode), eb('area_code', '<', to as AreaCode)]))))
    .where(sql<boolean>`length(area_code) = ${baseLength}`)
    .execute()
  return tableOf(cuts, rows as FoundRow[])
}

function tableOf(cuts: readonly Cut[], rows: readonly FoundRow[]): Table {
  const table: Table = new Map(cuts.map(({ indicator, source, period }) => [cutKey(indicator.id, source.id, period), new Map()]))
  for (const { area_code, indicator_id, source_id, period, numerator, denominator, status } of rows) {
    table.get(cutKey(indicator_id, source_id, period))?.set(area_code, { numerator, denominator, status })
  }
  return table
}

/** The codes of the places that are there on a day. */
export async function listCodes(tx: Reader, { within, level }: { within: AreaCode; level: AreaLevel }, day: string): Promise<AreaCode[]> {
  const rows = await tx.selectFrom('open.area').select('code')
    .where('level', '=', level).where('code', '>=', within).where('code', '<', rangeOf(within).to as AreaCode)
    .where('code', 'not in', notValidOn(day)).orderBy('code').execute()
  return rows.map(row => row.code)
}

export async function getToday(tx: Reader): Promise<string> {
  const { rows } = await sql<{ today: string }>`select current_date as today`.execute(tx)
  return (rows[0] as { today: string }).today
}
