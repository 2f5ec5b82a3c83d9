import { plainName } from '../../domain/import/rules.ts'
import { TPMAP_AREA_COLUMNS, TPMAP_COLUMNS, TPMAP_PARTS, type TpmapPart } from '../../domain/import/tpmap.ts'
import type { FaultBook } from './faults.ts'

/** How a file lies over the layout: `columns[part][i]` is where the part's column `i` stands in the file. */
export type TpmapShape = {
  area: typeof TPMAP_AREA_COLUMNS[number]
  areaColumn: number
  /** The names as this file spells them. */
  header: readonly string[]
  /** The province repeated in files of lower levels; a check, no more. */
  provinceColumn: number | null
  parts: TpmapPart[]
  columns: Record<TpmapPart, number[]>
  /** False when a column is missing: its rows are looked at, so that everything wrong is told at once, and not taken. */
  isWhole: boolean
}

/** Where a missing column stands. */
export const NOWHERE = -1

/** Finds the parts, the level and the columns by the header; null when the file cannot be read as TPMAP. */
export function shapeOf(file: string, header: readonly string[], faults: FaultBook): TpmapShape | null {
  const places = placesOf(file, header, faults)
  const parts = TPMAP_PARTS.filter(part => TPMAP_COLUMNS[part].some(column => places.has(plainName(column.name))))
  if (parts.length === 0) { faults.add('notTpmap', { file, line: 1 }, {}); return null }
  const area = findArea(places)
  if (!area) { faults.add('noAreaColumn', { file, line: 1 }, {}); return null }
  const isWhole = tellMissing(file, parts, places, faults)
  const province = area.level === 'province' ? null : places.get(plainName('province_ID')) ?? null
  const columns = { common: columnsOf('common', parts, places), poor: columnsOf('poor', parts, places) }
  tellExtra(file, header, [area.column, ...(province === null ? [] : [province]), ...columns.common, ...columns.poor], faults)
  return { area: area.area, areaColumn: area.column, header, provinceColumn: province, parts, columns, isWhole }
}

function placesOf(file: string, header: readonly string[], faults: FaultBook): Map<string, number> {
  const places = new Map<string, number>()
  header.forEach((name, index) => {
    if (!places.has(plainName(name))) places.set(plainName(name), index)
    else if (name !== '') faults.add('columnTwice', { file, line: 1, column: name }, {})
  })
  return places
}

function findArea(places: Map<string, number>) {
  for (const area of TPMAP_AREA_COLUMNS) {
    const name = area.names.map(plainName).find(candidate => places.has(candidate))
    if (name !== undefined) return { area, level: area.level, column: places.get(name) as number }
  }
  return null
}

function tellMissing(file: string, parts: TpmapPart[], places: Map<string, number>, faults: FaultBook): boolean {
  const missing = parts.flatMap(part => TPMAP_COLUMNS[part]).filter(column => !places.has(plainName(column.name)))
  for (const column of missing) faults.add('missingColumn', { file, line: 1, column: column.name }, {})
  return missing.length === 0
}

function columnsOf(part: TpmapPart, parts: TpmapPart[], places: Map<string, number>): number[] {
  return parts.includes(part) ? TPMAP_COLUMNS[part].map(column => places.get(plainName(column.name)) ?? NOWHERE) : []
}

/** Row numbers that R and spreadsheets write without a name are no mystery. */
function tellExtra(file: string, header: readonly string[], used: number[], faults: FaultBook): void {
  header.forEach((name, index) => {
    if (!used.includes(index) && name !== '') faults.add('extraColumn', { file, line: 1, column: name }, {})
  })
}
