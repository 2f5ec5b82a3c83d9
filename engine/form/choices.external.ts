import { stringify } from 'csv-stringify/sync'
import { sheetsOf } from './convert.sheets.ts'
import { makeFormFaults } from './convert.faults.ts'
import type { Workbook } from './workbook.ts'

/** The sheet external_choices as the file `itemsets.csv` that ODK Collect looks its lists up in; null where there is none. */
export function itemsetsOf(workbook: Workbook): string | null {
  const sheet = sheetsOf(workbook, makeFormFaults()).externalChoices
  if (sheet === null || sheet.rows.length === 0) return null
  const header = sheet.columns.map(column => /^list[ _]name$/i.test(column) ? 'list_name' : column)
  return stringify([header, ...sheet.rows.map(({ cells }) => sheet.columns.map(column => cells[column] ?? ''))], { quoted: true })
}
