import { readXlsx, type CellValue } from 'hucre/xlsx'
import { workbookProblems } from '../../domain/dataset/problems.workbook.ts'
import { zipEntries } from '../table/zip-entries.ts'
import type { RawSheet } from './read-workbook.sheet.ts'

/** A form of any length stays far below; what unpacks to more is a mistake or an attack. */
export const MOST_MEGABYTES = 64
const MEGABYTE = 1024 * 1024

/** Of forms the only place that knows the library of XLSX for reading. Macros are not looked at. */
export async function readXlsxSheets(name: string, bytes: Uint8Array): Promise<RawSheet[]> {
  const entries = await zipEntries(bytes)
  if (entries === null) throw workbookProblems.notWorkbook({ file: name })
  // The library holds each part to what the list of contents says.
  if (entries.reduce((sum, entry) => sum + entry.size, 0) > MOST_MEGABYTES * MEGABYTE) throw workbookProblems.tooLarge({ file: name, limitMegabytes: MOST_MEGABYTES })
  const { sheets } = await readXlsx(bytes).catch(() => { throw workbookProblems.notWorkbook({ file: name }) })
  return sheets.map(sheet => ({ name: sheet.name, rows: sheet.rows.map((cells, i) => ({ row: i + 1, cells: cells.map(textOf) })) }))
}

/** As a person typed it: whole numbers without a point, dates and times as ISO writes them, TRUE and FALSE. */
function textOf(cell: CellValue | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  if (typeof cell === 'number') return String(cell)
  return cell instanceof Date ? dateText(cell) : cell
}

/** A time alone is a date of the first day that a spreadsheet knows. */
function dateText(date: Date): string {
  const [day, time] = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(0, 19).split('T') as [string, string]
  if (date.getUTCFullYear() < 1900) return time
  return time === '00:00:00' ? day : `${day}T${time}`
}
