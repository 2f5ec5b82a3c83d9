import { tableFault } from '../../domain/table/problems.table.ts'
import type { TableCell, TableColumn, TableFault, TableRow } from '../../domain/table/table.ts'

export const isFilled = (cell: TableCell | undefined) => cell !== null && cell !== undefined && String(cell).trim() !== ''
const filled = (cells: readonly TableCell[]) => cells.filter(isFilled).length
export const isNumber = (cell: TableCell) => typeof cell === 'number' || (typeof cell === 'string' && /[\d๐-๙]/.test(cell) && /^[\s\d๐-๙.,:/+%-]+$/.test(cell))
const WIDE_ENOUGH = 0.6, SAMPLES = 5, SAMPLE_LETTERS = 80, LETTERS = 26

/** Which of the first rows names the columns: the first that is nearly as wide as the rows usually are and is made of words. Titles above it are narrow. */
export function findHeader(rows: readonly TableRow[]): TableRow | null {
  const widths = rows.map(row => filled(row.cells)).filter(width => width > 0).sort((a, b) => a - b), usual = widths[widths.length >> 1] ?? 0
  const wide = rows.filter(row => filled(row.cells) >= Math.max(1, usual * WIDE_ENOUGH))
  return wide.slice(0, SAMPLES).find(looksLikeNames) ?? wide[0] ?? null
}

const looksLikeNames = ({ cells }: TableRow) => cells.filter(cell => isFilled(cell) && isNumber(cell)).length < filled(cells) / 2

/** @example columnLetters(27) // => 'AB' */
function columnLetters(index: number): string {
  return (index >= LETTERS ? columnLetters(Math.floor(index / LETTERS) - 1) : '') + String.fromCharCode(65 + index % LETTERS)
}

/**
 * Names of columns, each once. A column that its header leaves blank is called as the header above it says, where that is no title (cells merged
 * downwards), and by its letters where there is none; blank columns at the end are none.
 */
export function nameColumns(header: TableRow, above: readonly TableRow[], below: readonly TableRow[]): { columns: TableColumn[]; warnings: TableFault[] } {
  const width = Math.max(...[header, ...below].map(({ cells }) => cells.findLastIndex(isFilled) + 1))
  const higher = above.filter(row => filled(row.cells) > 1).reverse(), seen = new Set<string>(), warnings: TableFault[] = []
  const columns = Array.from({ length: width }, (_, index) => {
    const written = plain([header, ...higher].map(row => row.cells[index]).find(isFilled) ?? null), said = written || columnLetters(index)
    const name = uniqueName(said, seen)
    if (!written) warnings.push(tableFault('columnUnnamed', { name }, { line: header.line, column: name }))
    else if (name !== said) warnings.push(tableFault('columnTwice', { name }, { line: header.line, column: said }))
    return { index, name, samples: below.map(row => row.cells[index] ?? null).filter(isFilled).slice(0, SAMPLES).map(cell => plain(cell).slice(0, SAMPLE_LETTERS)) }
  })
  if (!looksLikeNames(header)) warnings.push(tableFault('headerOfData', {}, { line: header.line }))
  return { columns, warnings }
}

export const plain = (cell: TableCell) => cell === null ? '' : String(cell).normalize('NFC').replace(/[\u200b-\u200f\u2060\ufeff]/g, '').replace(/\s+/g, ' ').trim()

function uniqueName(said: string, seen: Set<string>): string {
  let name = said
  for (let times = 2; seen.has(name); times++) name = `${said} (${times})`
  seen.add(name)
  return name
}
