import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, IndicatorId, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import type { AreaLevel } from '../../domain/area/area.ts'
import { isWithin, levelOf, rangeOf } from '../../domain/area/rules.ts'
import type { Row } from '../../engine/measure/carry-figures.ts'
import type { Reader } from '../db/db.ts'
import { PLANNED } from '../db/planned.ts'
import { TODAY } from '../db/today.ts'
import { notValidOn } from '../area/read.ts'
import { cutKey, type Cut } from './read.cuts.ts'

/** All places of a level inside one. */
export type Inside = { within: AreaCode; level: AreaLevel }
/** Certain places (found faster, where they are many, by the level and the place that they lie in), or all of a level inside one. */
export type Where = { codes: readonly AreaCode[] } | Inside | { codes: readonly AreaCode[] } & Inside

export function isAsked(area: AreaCode, where: Where): boolean {
  return 'codes' in where ? where.codes.includes(area) : levelOf(area) === where.level && isWithin(area, where.within)
}

/** Numbers by cut and by place. */
export type Table = Map<string, Map<AreaCode, Row>>

type FoundRow = { area_code: AreaCode; indicator_id: Cut['indicator']['id']; source_id: Cut['source']['id']; period: Cut['period'] } & Row

type Layer = { codes: AreaCode[]; numerators: number[]; denominators: (number | null)[]; statuses: Row['status'][] }

/** The open numbers of these cuts, as the source's places were. Each cut travels as four lists: 7,436 tambons in one row are read three times faster than in 7,436. */
export async function listRows(tx: Reader, cuts: readonly Cut[], where: Where): Promise<Table> {
  const { rows } = await sql<Layer & { indicator_id: IndicatorId; source_id: SourceId; period: Period }>`select ${PLANNED} indicator_id, source_id, period, json_agg(area_code) as codes, json_agg(numerator) as numerators, json_agg(denominator) as denominators, json_agg(status) as statuses
    from open.figure
    where indicator_id = any(${namesOf(cuts, cut => cut.indicator.id)}) and period = any(${namesOf(cuts, cut => cut.period)}) and ${placed(where)}
    group by indicator_id, source_id, period`.execute(tx)
  const table = emptyTable(cuts)
  for (const row of rows) {
    const key = cutKey(row.indicator_id, row.source_id, row.period)
    if (table.has(key)) table.set(key, rowsOf(row))
  }
  return table
}

function placed(where: Where): RawBuilder<boolean> {
  if (!('level' in where)) return sql`area_code = any(${where.codes})`
  const { from, to } = rangeOf(where.within)
  return sql`level = ${where.level} and area_code >= ${from} and area_code < ${to}`
}

const namesOf = <T>(cuts: readonly Cut[], name: (cut: Cut) => T): T[] => [...new Set(cuts.map(name))]

function emptyTable(cuts: readonly Cut[]): Table {
  return new Map(cuts.map(({ indicator, source, period }) => [cutKey(indicator.id, source.id, period), new Map()]))
}

function rowsOf({ codes, numerators, denominators, statuses }: Layer): Map<AreaCode, Row> {
  return new Map(codes.map((code, i) => [code, { numerator: numerators[i], denominator: denominators[i], status: statuses[i] } as Row]))
}

/** The open numbers of a source's base level inside some areas: what changed areas are added up from. */
export async function listBaseRows(tx: Reader, cuts: readonly Cut[], baseLength: number, areas: Iterable<AreaCode>): Promise<Table> {
  const ranges = [...areas].map(rangeOf)
  const rows = await tx.selectFrom('open.figure')
    .select(['area_code', 'indicator_id', 'source_id', 'period', 'numerator', 'denominator', 'status'])
    .where('indicator_id', 'in', namesOf(cuts, cut => cut.indicator.id))
    .where('period', 'in', namesOf(cuts, cut => cut.period))
    .where(({ or, and, eb }) => or(ranges.map(({ from, to }) => and([eb('area_code', '>=', from as AreaCode), eb('area_code', '<', to as AreaCode)]))))
    .where(sql<boolean>`length(area_code) = ${baseLength}`)
    .execute()
  return tableOf(cuts, rows as FoundRow[])
}

function tableOf(cuts: readonly Cut[], rows: readonly FoundRow[]): Table {
  const table = emptyTable(cuts)
  for (const { area_code, indicator_id, source_id, period, numerator, denominator, status } of rows) {
    table.get(cutKey(indicator_id, source_id, period))?.set(area_code, { numerator, denominator, status })
  }
  return table
}

/** The codes of the places that are there on a day. */
export async function listCodes(tx: Reader, { within, level }: Inside, day: string): Promise<AreaCode[]> {
  const { from, to } = rangeOf(within)
  const { rows } = await sql<{ codes: AreaCode[] | null }>`select ${PLANNED} json_agg(code) as codes from (
      select code from open.area
      where level = ${level} and code >= ${from} and code < ${to} and code not in ${notValidOn(day)}
      order by code
    ) area`.execute(tx)
  return rows[0]?.codes ?? []
}

export async function getToday(tx: Reader): Promise<string> {
  const { rows } = await sql<{ today: string }>`select ${TODAY} as today`.execute(tx)
  return (rows[0] as { today: string }).today
}
