import { writeXlsx } from 'hucre/xlsx'
import type { Sheet, Workbook } from './workbook.ts'

/** An XLSForm as XLSX. Every cell is text, so that `007` stays what was typed; rows keep their numbers. */
export async function writeWorkbook(workbook: Workbook): Promise<Uint8Array> {
  return writeXlsx({ sheets: workbook.sheets.map(sheet => ({ name: sheet.name, rows: gridOf(sheet), freezePane: { rows: 1 } })) })
}

/** The sheet as a table without names: its header first, an empty row where one was left. */
export function gridOf({ columns, rows }: Sheet): string[][] {
  const last = rows.at(-1)?.row ?? 1
  const byNumber = new Map(rows.map(row => [row.row, row]))
  return [columns, ...Array.from({ length: last - 1 }, (_, i) => columns.map(column => byNumber.get(i + 2)?.cells[column] ?? ''))]
}
