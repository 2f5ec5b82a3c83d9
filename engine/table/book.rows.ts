import { serialToDate } from 'hucre'
import { tableFault } from '../../domain/table/problems.table.ts'
import type { TableCell, TableRow } from '../../domain/table/table.ts'
import type { Pointed } from './book.sheets.ts'
import { BookError, makeSaying, plain } from './book.texts.ts'
import { walkPart, type Attributes, type XmlEvents } from './book.xml.ts'
import { UNSOLVED } from './cell.result.ts'
import { TABLE_LIMITS } from './limits.ts'
import type { ZipEntry } from './zip-entries.ts'

type Cell = { column: number; type: string; style: number; isFormula: boolean; value: string }

const LAST_ROW = 1_048_576
/** As a spreadsheet says of a number that it cannot show. */
const NO_DATE = '#NUM!'

/** The rows of a sheet as they stand, blank ones left out, some at a time. Throws where it breaks off or is no sheet. */
export async function* sheetRows(part: ZipEntry, pointed: Pointed): AsyncGenerator<TableRow[]> {
  let rows: TableRow[] = []
  for await (const _piece of walkPart(part, makeSheet(pointed, row => rows.push(row)))) if (rows.length > 0) { yield rows; rows = [] }
}

function makeSheet(pointed: Pointed, onRow: (row: TableRow) => void): XmlEvents {
  const say = makeSaying()
  let line = 0, next = 0, cells: TableCell[] = [], cell: Cell | null = null, isValue = false
  return {
    open: (name, attributes, depth) => {
      if (name === 'row') { line = lineOf(attributes, line); cells = []; next = 0 }
      else if (name === 'c') cell = cellOf(attributes, next)
      else if (cell && name === 'v') { isValue = true; cell.value = '' }
      else if (cell && name === 'f') cell.isFormula = true
      else say.open(name, attributes, depth)
    },
    text: text => { if (cell && isValue) cell.value += text; else say.text(text) },
    close: name => {
      if (name === 'v') isValue = false
      else if (name === 'c' && cell) {
        put(cells, cell.column, valueOf(cell, say.take(), pointed))
        next = cell.column + 1
        cell = null
      } else if (name === 'row') { if (cells.some(value => value !== null)) onRow({ line, cells }) }
      else say.close(name)
    },
  }
}

/** Beyond the columns that are taken a cell may have a colour, and nothing else. */
function put(cells: TableCell[], column: number, value: TableCell): void {
  if (column < TABLE_LIMITS.columns) {
    while (cells.length < column) cells.push(null)
    cells[column] = value
  } else if (value !== null) throw new BookError(tableFault('tooManyColumns', { columns: column + 1, limit: TABLE_LIMITS.columns }))
}

function lineOf({ r }: Attributes, before: number): number {
  const line = r === undefined ? before + 1 : Number(r)
  if (!(Number.isInteger(line) && line > before && line <= LAST_ROW)) throw new Error(`row ${r} after ${before}`)
  return line
}

function cellOf({ r, t = 'n', s = '0' }: Attributes, next: number): Cell {
  return { column: r === undefined ? next : columnOf(r), type: t, style: Number(s), isFormula: false, value: '' }
}

/** @example columnOf('AB12') // => 27 */
function columnOf(cell: string): number {
  let column = 0
  for (let i = 0, letter; i < cell.length && (letter = (cell.charCodeAt(i) & 0xdf) - 64) > 0; i++) column = column * 26 + letter
  if (column < 1) throw new Error(`cell ${cell}`)
  return column - 1
}

function valueOf({ type, style, isFormula, value }: Cell, said: string, { texts, isDate, isFrom1904 }: Pointed): TableCell {
  if (type === 'inlineStr') return said || null
  if (type === 'str') return plain(value) || null
  // programs write formulas without computing them; Excel computes when it saves
  if (value === '') return isFormula ? UNSOLVED : null
  if (type === 's') return textAt(texts, value)
  if (type === 'b') return value === '1' || value.toLowerCase() === 'true'
  const number = Number(value)
  if (type === 'e' || Number.isNaN(number)) return value
  return isDate[style] ? dateText(serialToDate(number, isFrom1904)) : number
}

function textAt(texts: readonly string[], index: string): string | null {
  const text = texts[Number(index)]
  if (text === undefined) throw new Error(`no text ${index}`)
  return text || null
}

/** Before its first day a spreadsheet knows no dates. */
const FIRST_YEAR = 1899, LAST_YEAR = 9999

/** A time alone is a date of the first day that a spreadsheet knows. Where it shows ##### there is no date. */
function dateText(date: Date): TableCell {
  const year = date.getUTCFullYear()
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return NO_DATE
  const [day, time] = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(0, -5).split('T') as [string, string]
  if (year === FIRST_YEAR) return time
  return time === '00:00:00' ? day : `${day}T${time}`
}
