import type { AreaCode } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import type { FormFault } from '../../domain/dataset/dataset.form.ts'
import { headerOf, headerToWrite, langOf, lastRow, meaningOf, sheetNamed } from './edit.columns.ts'
import type { Sheet, SheetRow, Workbook } from './workbook.ts'

/** Whose addition it is; its name is what people read above the questions. */
export type AddingPlace = { code: AreaCode; name: Text }
type Rename = (sheet: string, cells: SheetRow['cells']) => SheetRow['cells']

/**
 * The form that a place offers: the base as it is, and behind it the place's own questions in one group. Their lists of choices get the
 * place's name before theirs; a list that only the base has is shared. Every other sheet is the base's.
 */
export function mergeAddition(base: Workbook, addition: Workbook, place: AddingPlace): Workbook {
  const prefix = `add_${place.code.toLowerCase()}`
  const rename = renaming(prefix, ownLists(addition))
  const grown = base.sheets.map(sheet => {
    const added = sheetNamed(addition, sheet.name.toLowerCase())
    switch (sheet.name.toLowerCase()) {
      case 'survey': return !added || added.rows.length === 0 ? sheet : withGroup(append(sheet, added, rename), { prefix, place, last: lastRow(sheet), end: lastRow(sheet) + lastRow(added) + 1 })
      case 'choices': return append(sheet, added, rename)
      case 'settings': return withVersion(sheet, place.code, versionOf(addition))
      default: return sheet
    }
  })
  const choices = sheetNamed(addition, 'choices')
  const first = choices && !sheetNamed(base, 'choices') ? [append({ ...choices, rows: [] }, choices, rename)] : []
  return { sheets: [...grown, ...first] }
}

/** Faults of the merged form with the rows of the addition's own sheets; what is wrong in the base stands at no row of them. */
export function faultsOfAddition(base: Workbook, faults: readonly FormFault[]): FormFault[] {
  return faults.map(fault => {
    if (fault.row === null || (fault.sheet !== 'survey' && fault.sheet !== 'choices')) return fault
    const row = fault.row - lastRow(sheetNamed(base, fault.sheet))
    return row > 1 ? { ...fault, row } : { ...fault, sheet: null, row: null }
  })
}

/** The row `n` of the addition becomes the row `n` after the last of the base; the header's place is that of the group. */
function append(base: Sheet, added: Sheet | undefined, rename: Rename): Sheet {
  if (!added) return base
  const headers = new Map(added.columns.map(header => [header, sameHeader(base, header) ?? header]))
  const named = (cells: SheetRow['cells']) => Object.fromEntries(Object.entries(cells).map(([header, cell]) => [headers.get(header) ?? header, cell]))
  const rows = added.rows.map(({ row, cells }) => ({ row: lastRow(base) + row, cells: named(rename(added.name, cells)) }))
  return { ...base, columns: [...new Set([...base.columns, ...headers.values()])], rows: [...base.rows, ...rows] }
}

/** What the base calls the same column: `label::Thai (th)` may be its `label::ไทย (th)`. */
function sameHeader(base: Sheet, header: string): string | null {
  const { key, language } = meaningOf(base.name, header)
  const lang = langOf(language)
  return language === '' ? headerOf(base, key) : lang && headerOf(base, key, lang)
}

/** Who did not consent to the base's questions is not asked the place's either. */
function withGroup(sheet: Sheet, { prefix, place, last, end }: { prefix: string; place: AddingPlace; last: number; end: number }): Sheet {
  const [type, name, relevant] = ['type', 'name', 'relevant'].map(column => headerToWrite(sheet, column)) as [string, string, string]
  const labels = { [headerToWrite(sheet, 'label', 'th')]: place.name.th, ...headerOf(sheet, 'label', 'en') && { [headerToWrite(sheet, 'label', 'en')]: place.name.en } }
  const role = headerOf(sheet, 'bind::rakkaeo:role')
  const consent = role && sheet.rows.find(({ row, cells }) => row <= last && cells[role] === 'consent')?.cells[name]
  const begin = { row: last + 1, cells: { [type]: 'begin_group', [name]: prefix, ...labels, ...consent && { [relevant]: `\${${consent}} = 'yes'` } } }
  const rows = [...sheet.rows.filter(({ row }) => row <= last), begin, ...sheet.rows.filter(({ row }) => row > last), { row: end, cells: { [type]: 'end_group' } }]
  return { ...sheet, columns: [...new Set([...sheet.columns, ...Object.keys(begin.cells)])], rows }
}

function withVersion(sheet: Sheet, area: AreaCode, version: string): Sheet {
  const header = headerToWrite(sheet, 'version')
  const rows = sheet.rows.map((row, i) => i > 0 ? row : { ...row, cells: { ...row.cells, [header]: `${row.cells[header] ?? ''}.${area}.${version}` } })
  return { ...sheet, columns: [...new Set([...sheet.columns, header])], rows }
}

function versionOf(addition: Workbook): string {
  const settings = sheetNamed(addition, 'settings')
  return settings?.rows[0]?.cells[headerToWrite(settings, 'version')] ?? '1'
}

function ownLists(addition: Workbook): Set<string> {
  const choices = sheetNamed(addition, 'choices')
  const header = choices && headerOf(choices, 'list_name')
  return new Set(header ? choices.rows.flatMap(({ cells }) => cells[header] ?? []) : [])
}

const SELECT = /^((?:select_one|select_multiple|select one|select multiple|rank)\s+)(\S+)/i
const INSTANCE = /(instance\(\s*)(['"])([^'"]+)\2/g

/** The names of lists stand in a column of their own, after the word of a question's type, and in formulas. */
function renaming(prefix: string, own: ReadonlySet<string>): Rename {
  const named = (list: string) => own.has(list) ? `${prefix}_${list}` : list
  const renamed = (key: string, cell: string) => key === 'list_name' ? named(cell)
    : key === 'type' ? cell.replace(SELECT, (_, word: string, list: string) => word + named(list))
    : cell.replace(INSTANCE, (_, call: string, quote: string, list: string) => call + quote + named(list) + quote)
  return (sheet, cells) => Object.fromEntries(Object.entries(cells).map(([header, cell]) => [header, renamed(meaningOf(sheet, header).key, cell)]))
}
