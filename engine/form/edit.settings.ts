import { isLater } from '../../domain/dataset/rules.ts'
import { LANGUAGES, sheetNamed } from './edit.columns.ts'
import { insertRows, readCell, writeCell, type Cell } from './edit.ts'
import type { Workbook } from './workbook.ts'

/** What makes a column `bind::rakkaeo:…` known to every reader of the form. */
const NAMESPACE = 'rakkaeo="urn:rakkaeo:xforms"'

const at = (workbook: Workbook, column: string): Cell => ({ sheet: 'settings', row: sheetNamed(workbook, 'settings')?.rows[0]?.row ?? 2, column })

export const settingOf = (workbook: Workbook, column: string): string => readCell(workbook, at(workbook, column))

export function writeSetting(workbook: Workbook, column: string, text: string): Workbook {
  return (sheetNamed(workbook, 'settings')?.rows.length ?? 0) > 0 ? writeCell(workbook, at(workbook, column), text) : insertRows(workbook, 'settings', 1, [{ [column]: text }])
}

/** What every form of ours says of itself; what it says already stays. */
export function withIdentity(workbook: Workbook, { id, title }: { id: string; title: string }): Workbook {
  const wanted: Record<string, string> = { form_title: title, form_id: id, default_language: LANGUAGES.th }
  return Object.entries(wanted).reduce((known, [column, text]) => settingOf(known, column) === '' ? writeSetting(known, column, text) : known, workbook)
}

export function withNamespace(workbook: Workbook): Workbook {
  const survey = sheetNamed(workbook, 'survey'), declared = settingOf(workbook, 'namespaces')
  const isNeeded = survey?.columns.some(header => header.includes('rakkaeo:')) && !declared.includes('rakkaeo=')
  return isNeeded ? writeSetting(workbook, 'namespaces', `${declared} ${NAMESPACE}`.trim()) : workbook
}

/** Old spreadsheets separate a column from its language by a single colon; a column of ours beside them would change what theirs mean. */
export function isOldStyle({ sheets }: Workbook): boolean {
  return sheets.some(({ columns }) => columns.some(header => /^[a-z_ ]+:[^:]/i.test(header)) && !columns.some(header => header.includes('::')))
}

/** The day and a number of two digits that counts up; behind a version that is later than any of the day, one digit more. @example suggestVersion('2026-11-26', '2026112601') // => '2026112602' */
export function suggestVersion(today: string, last: string | null): string {
  const day = today.replaceAll('-', '')
  for (let number = 1; number < 100; number++) {
    const version = day + String(number).padStart(2, '0')
    if (last === null || isLater(version, last)) return version
  }
  return `${last}1`
}
