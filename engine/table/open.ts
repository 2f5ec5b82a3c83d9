import type { TableColumn, TableFault, TableRow, TableShape } from '../../domain/table/table.ts'
import { tableFault } from '../../domain/table/problems.table.ts'
import { bookRows, faultOf, openBook, shownSheets } from './book.ts'
import type { Book } from './book.sheets.ts'
import { makeCsvRows } from './csv-rows.ts'
import { findHeader, nameColumns } from './header.ts'
import { kindOf, writtenAs } from './kind.ts'
import { megabytes, TABLE_LIMITS } from './limits.ts'
import { scanText } from './scan-text.ts'
import { separatorOf } from './separator.ts'
import { headOf, type TableSource } from './source.ts'
import { TURNED_ROWS, turnRows } from './turn.ts'
import { lineEndOf } from './whole-lines.ts'

/** What somebody says that a file is, where it was not found out rightly. */
export type TableChoice = Partial<TableShape>
export type OpenTable = {
  shape: TableShape
  /** Of a workbook, in its order, those that are shown; empty of a text file. */
  sheets: string[]
  columns: TableColumn[]
  /** About how many rows lie below the header. */
  rows: number
  warnings: TableFault[]
}
export type Opened = { table: OpenTable } | { fault: TableFault }

const HEAD_BYTES = 256 * 1024, HEAD_ROWS = 100
/** A cell of a sheet takes about so many bytes of XML besides its text. */
const CELL_BYTES = 26

/** Finds out what a file is, or says in a sentence why it is no table and what to do. Reads a text file through once. */
export async function openTable(source: TableSource, choice: TableChoice = {}): Promise<Opened> {
  const head = await headOf(source, HEAD_BYTES), kind = kindOf(source.name, head)
  if ('fault' in kind) return kind
  return kind.kind === 'zip' ? openSheet(source, choice) : openText(source, head, choice)
}

async function openText(source: TableSource, head: Uint8Array, choice: TableChoice): Promise<Opened> {
  if (source.size > TABLE_LIMITS.textBytes) return { fault: tableFault('tooLarge', { limitMegabytes: megabytes(TABLE_LIMITS.textBytes) }) }
  const scanned = await scanText(source, head, choice.encoding ?? null)
  if ('fault' in scanned) return scanned
  const { encoding, lines } = scanned, text = textOf(head, encoding), written = writtenAs(text)
  if (written) return { fault: written }
  if (text.trim() === '') return { fault: tableFault('empty', {}) }
  const separator = choice.separator ?? separatorOf(text), rows: TableRow[] = [], broken: number[] = [], most = headOfRows(choice)
  const csv = makeCsvRows(separator, (cells, line) => { if (rows.length < most) rows.push({ line, cells }) }, line => broken.push(line))
  csv.push(source.size > head.length ? text.slice(0, text.lastIndexOf('\n') + 1) : text)
  csv.end()
  if (rows.length < 2 && broken[0] !== undefined) return { fault: tableFault('quotes', {}, { line: broken[0] }) }
  const opened = tableOf(rows, { kind: 'csv', encoding, separator, sheet: null }, choice)
  return 'fault' in opened ? opened : { table: { ...opened.table, rows: choice.turned ? opened.table.rows : Math.max(0, lines - opened.table.shape.headerRow) } }
}

/** The end of the head may be the middle of a letter. */
function textOf(head: Uint8Array, encoding: string): string {
  const text = new TextDecoder(encoding).decode(head, { stream: true })
  return lineEndOf(head) === 13 ? text.replaceAll('\r', '\n') : text
}

async function openSheet(source: TableSource, choice: TableChoice): Promise<Opened> {
  const opened = await openBook(source)
  if ('fault' in opened) return opened
  const { book } = opened, sheets = shownSheets(book), chosen = choice.sheet ?? null
  if (chosen !== null && !sheets.includes(chosen)) return { fault: tableFault('noSheet', { sheet: chosen }) }
  try {
    const first = await firstRows(book, chosen, headOfRows(choice))
    const table = tableOf(first.rows, { kind: 'xlsx', encoding: null, separator: null, sheet: first.sheet }, choice)
    return 'fault' in table ? table : { table: { ...table.table, sheets, rows: choice.turned ? table.table.rows : guessRows(book, first) } }
  } catch (error) {
    return { fault: faultOf(error) }
  }
}

type First = { sheet: string | null; rows: TableRow[] }

/** Of the chosen sheet, or of the first that has any. */
async function firstRows(book: Book, chosen: string | null, most: number): Promise<First> {
  for (const sheet of chosen === null ? shownSheets(book) : [chosen]) {
    const rows: TableRow[] = []
    for await (const some of bookRows(book, sheet)) if (rows.push(...some) >= most) break
    if (rows.length > 0) return { sheet, rows: rows.slice(0, most) }
  }
  return { sheet: chosen, rows: [] }
}

function guessRows({ sheets }: Book, { sheet, rows }: First): number {
  if (rows.length < HEAD_ROWS) return Math.max(0, rows.length - 1)
  const bytes = rows.flatMap(row => row.cells).reduce<number>((sum, cell) => sum + CELL_BYTES + String(cell ?? '').length, 0)
  return Math.max(rows.length, Math.round((sheets.find(({ name }) => name === sheet)?.part.size ?? 0) / (bytes / rows.length)))
}

const headOfRows = ({ turned }: TableChoice) => turned ? TURNED_ROWS : HEAD_ROWS

function tableOf(read: readonly TableRow[], shape: Omit<TableShape, 'headerRow'>, choice: TableChoice): Opened {
  if (read.length === 0) return { fault: tableFault('empty', {}) }
  const rows = choice.turned ? turnRows(read) : read
  if (rows === null) return { fault: tableFault('notTurned', {}) }
  const header = choice.turned ? rows[0] as TableRow : choice.headerRow === undefined ? findHeader(rows) : rows.find(row => row.line === choice.headerRow) ?? null
  if (header === null) return { fault: tableFault('noHeader', { row: choice.headerRow ?? 1 }) }
  const above = rows.filter(row => row.line < header.line), below = rows.filter(row => row.line > header.line)
  const { columns, warnings } = nameColumns(header, above, below)
  if (columns.length > TABLE_LIMITS.columns) return { fault: tableFault('tooManyColumns', { columns: columns.length, limit: TABLE_LIMITS.columns }) }
  if (below.length === 0) return { fault: tableFault('noRows', {}, { line: header.line }) }
  return { table: { shape: { ...shape, headerRow: header.line, ...choice.turned && { turned: true } }, sheets: [], columns, rows: below.length, warnings } }
}
