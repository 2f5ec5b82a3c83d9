import type { FormSpot } from '../../domain/dataset/problems.form.ts'
import { FAMILIES, isSms, SURVEY_COLUMNS, TRANSLATED, usualName } from './convert.aliases.ts'
import type { FormFaults } from './convert.faults.ts'
import { nearest } from './convert.near.ts'
import type { Sheet } from './workbook.ts'

/** A text by language; '' is without one. */
export type Texts = Record<string, string>

/** A row whose columns have their one name; `headers` are those of its author, for faults. */
export type FormRow = { sheet: string; row: number; values: Record<string, Texts>; headers: Record<string, string> }

/** `open`: columns of other names keep theirs (choices) instead of being left out. */
export type Reading = { columns: Record<string, string>; open: boolean; clean: boolean }
type Column = { header: string; key: string; language: string }

export const valueOf = (row: FormRow, key: string): string => row.values[key]?.[''] ?? ''
export const textsOf = (row: FormRow, key: string): Texts => row.values[key] ?? {}
/** A value by the rest of its column: `bind::relevant` as `relevant`. */
export function familyOf(row: FormRow, family: string): Record<string, string> {
  const keys = Object.keys(row.values).filter(key => key.startsWith(`${family}::`) && !TRANSLATED.has(key))
  return Object.fromEntries(keys.map(key => [key.slice(family.length + 2), valueOf(row, key)]).filter(([, value]) => value !== ''))
}
export const spotOf = ({ sheet, row, headers }: FormRow, key: string): FormSpot => ({ sheet, row, column: headers[key] ?? usualName(key) })

/** A table whose names an author chooses: without what every object has. */
const blank = <T>(): Record<string, T> => Object.create(null) as Record<string, T>

/** Brings the columns of a sheet under their one name. */
export function rowsOf(sheet: Sheet, reading: Reading, faults: FormFaults): FormRow[] {
  const columns = columnsOf(sheet, reading, faults)
  const headers = blank<string>()
  for (const { key, header } of columns) headers[key] ??= header
  return sheet.rows.map(({ row, cells }) => {
    const values = blank<Texts>()
    for (const { header, key, language } of columns) {
      const cell = cells[header]
      if (cell !== undefined) (values[key] ??= blank<string>())[language] = cleaned(cell, key, reading.clean)
    }
    return { sheet: sheet.name.toLowerCase(), row, values, headers }
  })
}

function columnsOf(sheet: Sheet, reading: Reading, faults: FormFaults): Column[] {
  const isDouble = sheet.columns.some(header => header.includes('::')), seen = new Map<string, string>()
  return sheet.columns.flatMap(header => {
    const spot = { sheet: sheet.name.toLowerCase(), row: 1, column: header }
    const column = columnOf(header, isDouble, reading)
    if (column === null) {
      const near = isSms(normal(header)) ? null : nearest(normal(header.split(':')[0] as string), Object.keys(reading.columns))
      if (near !== null) faults.add('nearColumn', spot, { near })
      return []
    }
    const name = `${column.key}::${column.language}`, other = seen.get(name)
    if (other !== undefined) faults.add('columnTwice', spot, { other })
    seen.set(name, header)
    return other === undefined ? [column] : []
  })
}

/** The languages of a sheet, in the order of its columns. @example a sheet with label::ไทย (th) has 'ไทย (th)' */
export function languagesOf({ columns }: Sheet): string[] {
  const isDouble = columns.some(header => header.includes('::'))
  const found = columns.map(header => columnOf(header, isDouble, { columns: SURVEY_COLUMNS, open: false, clean: false })?.language ?? '')
  return [...new Set(found.filter(language => language !== ''))]
}

const normal = (header: string) => header.trim().toLowerCase().split(/\s+/).join('_')

/** Single colons separate too, where no header of the sheet has a double one. */
function columnOf(header: string, isDouble: boolean, { columns, open }: Reading): Column | null {
  const find = (name: string) => Object.hasOwn(columns, normal(name)) ? columns[normal(name)] : undefined
  const [first = '', ...rest] = header.split(isDouble ? '::' : ':').map(part => part.trim())
  const known = find(header) ?? find(first), parts = find(header) === undefined ? rest : []
  const family = known !== undefined && FAMILIES.has(known)
  const name = parts.splice(0, !family ? 0 : isDouble || known === 'media' ? 1 : 2)
  const key = family ? `${known}::${name.join(':')}` : known ?? header, language = parts[0] ?? ''
  const isUnknown = known === undefined || (family && name.length === 0) || (language !== '' && !TRANSLATED.has(key))
  return !isUnknown ? { header, key, language } : open ? { header, key: header, language: '' } : null
}

const QUOTES: Record<string, string> = { '‘': "'", '’': "'", '“': '"', '”': '"' }

/** Word processors bend the quotation marks of a formula; texts for people keep theirs. */
function cleaned(cell: string, key: string, clean: boolean): string {
  const straight = TRANSLATED.has(key) ? cell : cell.replace(/[‘’“”]/g, mark => QUOTES[mark] as string)
  return clean ? straight.replace(/ {2,}/g, ' ') : straight
}
