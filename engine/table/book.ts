import { tableFault } from '../../domain/table/problems.table.ts'
import type { TableFault, TableRow } from '../../domain/table/table.ts'
import { sheetRows } from './book.rows.ts'
import { findBook, type Book, type Pointed } from './book.sheets.ts'
import { dateStyles } from './book.styles.ts'
import { BookError, sharedTexts } from './book.texts.ts'
import { megabytes, TABLE_LIMITS } from './limits.ts'
import { headOf, type TableSource } from './source.ts'
import { zipEntries, type ZipEntry } from './zip-entries.ts'

const OTHER_BOOKS: [RegExp, string][] = [[/^xl\/workbook\.bin$/, 'XLSB'], [/^content\.xml$/, 'ODS'], [/^word\//, 'DOCX'], [/^ppt\//, 'PPTX'], [/^Index\/.*\.iwa$/, 'Numbers']]

/** Takes a workbook whole, packed as it is: its list of contents stands at its end. */
export async function openBook(source: TableSource): Promise<{ book: Book } | { fault: TableFault }> {
  if (source.size > TABLE_LIMITS.bookBytes) return { fault: tableFault('tooLarge', { limitMegabytes: megabytes(TABLE_LIMITS.bookBytes) }) }
  const entries = await zipEntries(await headOf(source, source.size)), fault = entries === null ? tableFault('cut', {}) : faultIn(entries)
  if (fault) return { fault }
  const book = await findBook(entries ?? []).catch(() => null)
  return book === null || book.sheets.length === 0 ? { fault: tableFault('cut', {}) } : { book }
}

/** Those that a person sees, or all where none is shown. */
export function shownSheets({ sheets }: Book): string[] {
  const shown = sheets.filter(sheet => !sheet.isHidden)
  return (shown.length > 0 ? shown : sheets).map(sheet => sheet.name)
}

function faultIn(entries: readonly ZipEntry[]): TableFault | null {
  const names = entries.map(entry => entry.name)
  if (entries.reduce((sum, entry) => sum + entry.size, 0) > TABLE_LIMITS.unpackedBytes) return tableFault('tooLargeBook', { limitMegabytes: megabytes(TABLE_LIMITS.unpackedBytes) })
  if (entries.some(entry => entry.isLocked)) return tableFault('locked', {})
  if (names.some(name => /vbaProject\.bin$/i.test(name))) return tableFault('macro', {})
  const other = OTHER_BOOKS.find(([pattern]) => names.some(name => pattern.test(name)))
  if (other) return tableFault('otherBook', { found: other[1] })
  return names.includes('[Content_Types].xml') && names.some(name => /^xl\/worksheets\/[^/]+\.xml$/i.test(name)) ? null : tableFault('archive', { found: 'ZIP' })
}

/** The rows of a sheet as they stand, blank ones left out, some at a time. Throws where the workbook breaks off inside. */
export async function* bookRows(book: Book, name: string): AsyncGenerator<TableRow[]> {
  const sheet = book.sheets.find(sheet => sheet.name === name)
  // once, however many sheets are looked at
  book.pointed ??= pointedAt(book)
  if (sheet) yield* sheetRows(sheet.part, await book.pointed)
}

async function pointedAt({ texts, styles, isFrom1904 }: Book): Promise<Pointed> {
  return { texts: await sharedTexts(texts), isDate: await dateStyles(styles), isFrom1904 }
}

/** What is told of a workbook that broke off while it was read. */
export const faultOf = (error: unknown): TableFault => error instanceof BookError ? error.fault : tableFault('cut', {})
