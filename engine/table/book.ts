import { streamXlsxRows, type CellValue } from 'hucre/xlsx'
import { tableFault } from '../../domain/table/problems.table.ts'
import type { TableCell, TableFault, TableRow } from '../../domain/table/table.ts'
import { listSheets, type Book } from './book.sheets.ts'
import { UNSOLVED } from './formulas.ts'
import { megabytes, TABLE_LIMITS } from './limits.ts'
import { headOf, type TableSource } from './source.ts'
import { zipEntries, type ZipEntry } from './zip-entries.ts'

const OTHER_BOOKS: [RegExp, string][] = [[/^xl\/workbook\.bin$/, 'XLSB'], [/^content\.xml$/, 'ODS'], [/^word\//, 'DOCX'], [/^ppt\//, 'PPTX'], [/^Index\/.*\.iwa$/, 'Numbers']]
/** As a spreadsheet says of a number that it cannot show. */
const NO_DATE = '#NUM!'
const isSheet = ({ name }: ZipEntry) => /^xl\/worksheets\/[^/]+\.xml$/i.test(name)

/** Takes a workbook whole: its list of contents stands at its end. The only place, with the rows below, that knows the library of XLSX for tables. */
export async function openBook(source: TableSource): Promise<{ book: Book } | { fault: TableFault }> {
  if (source.size > TABLE_LIMITS.bookBytes) return { fault: tableFault('tooLarge', { limitMegabytes: megabytes(TABLE_LIMITS.bookBytes) }) }
  const bytes = await headOf(source, source.size), entries = zipEntries(bytes)
  const fault = entries === null ? tableFault('cut', {}) : faultOf(entries)
  if (fault) return { fault }
  const book = entries === null ? null : { bytes, entries, sheets: await listSheets(bytes, entries).catch(() => []), rowBytes: Math.max(0, ...entries.filter(isSheet).map(entry => entry.size)) }
  return book === null || book.sheets.length === 0 ? { fault: tableFault('cut', {}) } : { book }
}

/** Names of those that a person sees, or of all where none is shown. */
export function shownSheets({ sheets }: Book): string[] {
  const shown = sheets.filter(sheet => !sheet.isHidden)
  return (shown.length > 0 ? shown : sheets).map(sheet => sheet.name)
}

function faultOf(entries: readonly ZipEntry[]): TableFault | null {
  const names = entries.map(entry => entry.name)
  if (entries.reduce((sum, entry) => sum + entry.size, 0) > TABLE_LIMITS.unpackedBytes) return tableFault('tooLargeBook', { limitMegabytes: megabytes(TABLE_LIMITS.unpackedBytes) })
  if (entries.some(entry => entry.isLocked)) return tableFault('locked', {})
  if (names.some(name => /vbaProject\.bin$/i.test(name))) return tableFault('macro', {})
  const other = OTHER_BOOKS.find(([pattern]) => names.some(name => pattern.test(name)))
  if (other) return tableFault('otherBook', { found: other[1] })
  return names.includes('[Content_Types].xml') && entries.some(isSheet) ? null : tableFault('archive', { found: 'ZIP' })
}

/** The rows of a sheet as they stand, blank ones left out. Throws where the workbook breaks off inside. `unsolved`: columns by row of formulas without a result. */
export async function* bookRows({ bytes, sheets }: Book, sheet: string, unsolved: ReadonlyMap<number, number[]> = new Map()): AsyncGenerator<TableRow> {
  for await (const { index, values } of streamXlsxRows(bytes, { sheet: sheets.findIndex(({ name }) => name === sheet) })) {
    const cells = values.map(cellOf)
    for (const column of unsolved.get(index + 1) ?? []) cells[column] ??= UNSOLVED
    if (cells.some(cell => cell !== null)) yield { line: index + 1, cells: Array.from(cells, cell => cell ?? null) }
  }
}

function cellOf(value: CellValue | undefined): TableCell {
  if (value instanceof Date) return dateText(value)
  return value === undefined || value === '' ? null : value
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
