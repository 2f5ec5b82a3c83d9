import { readXlsx, type CellValue } from 'hucre/xlsx'
import { workbookProblems } from '../../domain/dataset/problems.workbook.ts'
import type { RawSheet } from './read-workbook.sheet.ts'

/** A form of any length stays far below; what unpacks to more is a mistake or an attack. */
export const MOST_MEGABYTES = 64
const MEGABYTE = 1024 * 1024

/** The only place that knows the library of XLSX for reading. Macros are not looked at. */
export async function readXlsxSheets(name: string, bytes: Uint8Array): Promise<RawSheet[]> {
  if (unpackedBytes(bytes) > MOST_MEGABYTES * MEGABYTE) throw workbookProblems.tooLarge({ file: name, limitMegabytes: MOST_MEGABYTES })
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

const CENTRAL_ENTRY = 0x02014b50, END = 0x06054b50, END_BYTES = 22, ENTRY_BYTES = 46, UNKNOWN = 0xffffffff, SIZE_FOLLOWS = 8

/**
 * What the parts of a ZIP say that they unpack to, from its list of contents; the library holds each part to what it says.
 * A list that cannot be followed, or a part of unknown size, counts as endless.
 */
function unpackedBytes(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let end = bytes.length - END_BYTES
  while (end >= 0 && view.getUint32(end, true) !== END) end--
  if (end < 0) return 0
  let at = view.getUint32(end + 16, true), sum = 0
  for (let entries = view.getUint16(end + 10, true); entries > 0; entries--) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== CENTRAL_ENTRY) return Infinity
    const size = view.getUint32(at + 24, true), packed = view.getUint32(at + 20, true)
    const isUntold = size === 0 && (packed > 2 || (packed === 0 && (view.getUint16(at + 8, true) & SIZE_FOLLOWS) > 0))
    if (size === UNKNOWN || isUntold) return Infinity
    sum += size
    at += ENTRY_BYTES + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return sum
}
