import { readXlsx, streamXlsxRows, type CellValue } from 'hucre/xlsx'
import { tableFault } from '../../domain/table/problems.table.ts'
import type { TableCell, TableFault, TableRow } from '../../domain/table/table.ts'
import { megabytes, TABLE_LIMITS } from './limits.ts'
import { headOf, type TableSource } from './source.ts'
import { zipEntries, type ZipEntry } from './zip-entries.ts'

/** A workbook whose outside is in order. `rowBytes` of its sheets unpacked says about how long they are. */
export type Book = { bytes: Uint8Array; sheets: string[]; rowBytes: number }

const OTHER_BOOKS: [RegExp, string][] = [[/^xl\/workbook\.bin$/, 'XLSB'], [/^content\.xml$/, 'ODS'], [/^word\//, 'DOCX'], [/^ppt\//, 'PPTX'], [/^Index\/.*\.iwa$/, 'Numbers']]
const isSheet = ({ name }: ZipEntry) => /^xl\/worksheets\/[^/]+\.xml$/i.test(name)

/** Takes a workbook whole: its list of contents stands at its end. The only place, with the rows below, that knows the library of XLSX for tables. */
export async function openBook(source: TableSource): Promise<{ book: Book } | { fault: TableFault }> {
  if (source.size > TABLE_LIMITS.bookBytes) return { fault: tableFault('tooLarge', { limitMegabytes: megabytes(TABLE_LIMITS.bookBytes) }) }
  const bytes = await headOf(source, source.size), entries = zipEntries(bytes)
  const fault = entries === null ? tableFault('cut', {}) : faultOf(entries)
  if (fault) return { fault }
  const sheets: { name: string; isHidden: boolean }[] = []
  try {
    await readXlsx(bytes, { sheets: ({ name, hidden, veryHidden }) => { sheets.push({ name, isHidden: Boolean(hidden || veryHidden) }); return false } })
  } catch {
    return { fault: tableFault('cut', {}) }
  }
  const shown = sheets.filter(sheet => !sheet.isHidden)
  return { book: { bytes, sheets: (shown.length > 0 ? shown : sheets).map(sheet => sheet.name), rowBytes: Math.max(0, ...(entries ?? []).filter(isSheet).map(entry => entry.size)) } }
}

function faultOf(entries: readonly ZipEntry[]): TableFault | null {
  const names = entries.map(entry => entry.name)
  if (entries.reduce((sum, entry) => sum + entry.size, 0) > TABLE_LIMITS.unpackedBytes) return tableFault('tooLargeBook', { limitMegabytes: megabytes(TABLE_LIMITS.unpackedBytes) })
  if (names.some(name => /vbaProject\.bin$/i.test(name))) return tableFault('macro', {})
  const other = OTHER_BOOKS.find(([pattern]) => names.some(name => pattern.test(name)))
  if (other) return tableFault('otherBook', { found: other[1] })
  return names.includes('[Content_Types].xml') && entries.some(isSheet) ? null : tableFault('archive', { found: 'ZIP' })
}

/** The rows of a sheet as they stand, blank ones left out. Throws where the workbook breaks off inside. */
export async function* bookRows(bytes: Uint8Array, sheet: string): AsyncGenerator<TableRow> {
  for await (const { index, values } of streamXlsxRows(bytes, { sheet })) {
    const cells = values.map(cellOf)
    if (cells.some(cell => cell !== null)) yield { line: index + 1, cells }
  }
}

function cellOf(value: CellValue | undefined): TableCell {
  if (value instanceof Date) return dateText(value)
  return value === undefined || value === '' ? null : value
}

/** A time alone is a date of the first day that a spreadsheet knows. */
function dateText(date: Date): TableCell {
  if (Number.isNaN(date.getTime())) return null
  const [day, time] = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(0, -5).split('T') as [string, string]
  if (date.getUTCFullYear() < 1900) return time
  return time === '00:00:00' ? day : `${day}T${time}`
}
