import { AreaCode } from '../../domain/base/ids.ts'
import { TPMAP_COLUMNS, type TpmapColumn, type TpmapPart } from '../../domain/import/tpmap.ts'
import type { FaultBook } from './faults.ts'
import type { CsvRow, CsvTable } from './parse-csv.ts'
import { NOWHERE, type TpmapShape } from './tpmap-shape.ts'

/** What one row of one part says of one area. A blank cell is NaN: missing, not zero. */
export type Reading = { area: AreaCode; part: TpmapPart; cells: Float64Array; spot: RowSpot }
/** Where a row stands, and the column that holds its area. */
export type RowSpot = { file: string; line: number; column: string }
export type TpmapRows = { readings: Reading[]; blankCells: number; leftOut: number }

/** Reads the rows of a file: codes of the right form, numbers of the right kind. A row with an error is left out. */
export function readRows(file: string, shape: TpmapShape, table: CsvTable, faults: FaultBook): TpmapRows {
  const out: TpmapRows = { readings: [], blankCells: 0, leftOut: 0 }
  const blanks = new Map<string, { cells: number; line: number }>()
  const areaColumn = shape.header[shape.areaColumn] as string
  for (const row of table.rows) {
    const before = faults.errors()
    const area = readCode(file, shape, row, faults)
    const readings = shape.parts.map(part => readCells(file, part, shape, row, faults, blanks))
    if (area === null || faults.errors() > before) { out.leftOut++; continue }
    readings.forEach((cells, i) => out.readings.push({ area, part: shape.parts[i] as TpmapPart, cells, spot: { file, line: row.line, column: areaColumn } }))
  }
  for (const [column, { cells, line }] of blanks) {
    out.blankCells += cells
    faults.add('blanks', { file, line, column }, { cells })
  }
  return out
}

function readCode(file: string, shape: TpmapShape, row: CsvRow, faults: FaultBook): AreaCode | null {
  const value = (row.cells[shape.areaColumn] as string).trim()
  const spot = { file, line: row.line, column: shape.header[shape.areaColumn] as string, value }
  const digits = value.replace(/^TH(?=\d)/, '')
  if (shape.area.level !== 'nation' && digits === '') { faults.add('noCode', spot, {}); return null }
  if (!shape.area.code.test(digits)) { faults.add('wrongLevel', spot, { level: shape.area.level }); return null }
  const province = shape.provinceColumn === null ? '' : (row.cells[shape.provinceColumn] as string).trim().replace(/^TH/, '')
  if (province !== '' && shape.area.level !== 'nation' && !digits.startsWith(province)) {
    faults.add('otherProvince', { ...spot, column: shape.header[shape.provinceColumn as number] as string, value: province }, { code: value })
    return null
  }
  return AreaCode.parse(shape.area.level === 'nation' ? 'TH' : `TH${digits}`)
}

type Blanks = Map<string, { cells: number; line: number }>

function readCells(file: string, part: TpmapPart, { columns, header }: TpmapShape, row: CsvRow, faults: FaultBook, blanks: Blanks): Float64Array {
  const layout = TPMAP_COLUMNS[part]
  const cells = new Float64Array(layout.length)
  for (let i = 0; i < layout.length; i++) {
    const place = columns[part][i] as number
    if (place === NOWHERE) { cells[i] = NaN; continue }
    const text = row.cells[place] as string
    if (text === '' || text.trim() === '') { cells[i] = NaN; countBlank(blanks, header[place] as string, row.line) }
    else cells[i] = readNumber(text, (layout[i] as TpmapColumn).kind, { file, line: row.line, column: header[place] as string, value: text }, faults)
  }
  return cells
}

function countBlank(blanks: Blanks, column: string, line: number): void {
  const blank = blanks.get(column)
  if (blank) blank.cells++
  else blanks.set(column, { cells: 1, line })
}

const MAX_OF: Record<Exclude<TpmapColumn['kind'], 'count'>, number> = { score: 10, percent: 100 }
/** Digits, with a fraction or an exponent as R and spreadsheets write them. */
const PLAIN_NUMBER = /^\s*-?\d+(\.\d*)?([eE][+-]?\d+)?\s*$/

function readNumber(text: string, kind: TpmapColumn['kind'], spot: RowSpot & { value: string }, faults: FaultBook): number {
  const number = PLAIN_NUMBER.test(text) ? Number(text) : NaN
  if (!Number.isFinite(number)) faults.add('notNumber', spot, {})
  else if (number < 0) faults.add('negative', spot, {})
  else if (kind === 'count' && !Number.isSafeInteger(number)) faults.add('notWhole', spot, {})
  else if (kind !== 'count' && number > MAX_OF[kind]) faults.add('outOfRange', spot, { max: MAX_OF[kind] })
  return number
}
