import type { TableCell, TableRow } from '../../domain/table/table.ts'
import { isFilled, isNumber, plain } from './header.ts'

/** A form on paper that became a sheet: what is asked stands in one column, the answer beside it. More rows than these are a list. */
export const TURNED_ROWS = 1_000
const LEAST_LABELS = 4, MOST_NUMBERS = 0.5, ENOUGH = 0.3
/** Before what is asked stands its number: ๑. · 1.2 · (3) */
const NUMBERED = /^[(\s]*[\d๐-๙]+(?:\.[\d๐-๙]+)*\s*[.):\s]\s*/, INDEX = /^[(\s]*[\d๐-๙]+(?:\.[\d๐-๙]+)*[.)\s]*$/

/** The same as a list: what is asked names the columns, each column of answers is a row. Null: nothing in it is asked and answered so. */
export function turnRows(rows: readonly TableRow[]): TableRow[] | null {
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length)), at = mostOf(width, column => new Set(rows.map(row => labelOf(row.cells[column])).filter(Boolean)).size)
  const asked = rows.flatMap(({ cells }) => { const label = labelOf(cells[at]); return label === '' ? [] : [{ label, cells }] })
  if (asked.length < LEAST_LABELS) return null
  const answers = Array.from({ length: width }, (_, column) => column).filter(column => column > at && holdsAnswers(asked.map(({ cells }) => cells[column] ?? null)))
  const answered = asked.filter(({ cells }) => answers.some(column => isFilled(cells[column])))
  if (answers.length === 0 || answered.length < LEAST_LABELS) return null
  return [{ line: 1, cells: answered.map(({ label }) => label) }, ...answers.map((column, i) => ({ line: i + 2, cells: answered.map(({ cells }) => cells[column] ?? null) }))]
}

/** Words that ask for something; a number, or one that only counts, asks for nothing. */
function labelOf(cell: TableCell | undefined): string {
  const text = isFilled(cell) && typeof cell === 'string' ? plain(cell) : ''
  return INDEX.test(text) || isNumber(text) ? '' : text.replace(NUMBERED, '').replace(/\s*(?:[:：…]|\.{2,})+$/, '')
}

/** Mostly numbers, where there is anything: beside them stand units and remarks. */
function holdsAnswers(cells: readonly TableCell[]): boolean {
  const filled = cells.filter(isFilled), numbers = filled.filter(cell => /[\d๐-๙]/.test(String(cell))).length
  return filled.length >= cells.length * ENOUGH && numbers >= filled.length * MOST_NUMBERS
}

function mostOf(count: number, of: (index: number) => number): number {
  const sizes = Array.from({ length: count }, (_, i) => of(i))
  return sizes.indexOf(Math.max(...sizes))
}
