import type { Lang } from '../../domain/base/text.ts'
import { headerOf, headerToWrite, lastRow, sheetNamed } from './edit.columns.ts'
import { findNode, flatten, outlineOf } from './edit.outline.ts'
import type { Sheet, SheetRow, Workbook } from './workbook.ts'

/** Changes of an XLSForm as values: each takes a workbook and gives another; what it does not speak of stays as it was. */

export type Cell = { sheet: string; row: number; column: string; lang?: Lang | undefined }
type Cells = SheetRow['cells']

export function readCell(workbook: Workbook, { sheet: name, row, column, lang }: Cell): string {
  const sheet = sheetNamed(workbook, name), header = sheet && headerOf(sheet, column, lang)
  return (header && rowAt(sheet, row)?.cells[header]) ?? ''
}

const indexes = new WeakMap<readonly SheetRow[], Map<number, SheetRow>>()

export function rowAt({ rows }: Sheet, row: number): SheetRow | undefined {
  const index = indexes.get(rows) ?? new Map(rows.map(each => [each.row, each]))
  indexes.set(rows, index)
  return index.get(row)
}

/** An empty text takes the cell away; a column that is not there comes with the first text in it. */
export function writeCell(workbook: Workbook, { sheet: name, row, column, lang }: Cell, text: string): Workbook {
  return changeSheet(workbook, name, sheet => {
    const header = headerToWrite(sheet, column, lang)
    const columns = text === '' || sheet.columns.includes(header) ? sheet.columns : [...sheet.columns, header]
    return { ...sheet, columns, rows: sheet.rows.map(each => each.row === row ? { row, cells: withCell(each.cells, header, text) } : each) }
  })
}

function withCell(cells: Cells, header: string, text: string): Cells {
  const { [header]: _, ...others } = cells
  return text === '' ? others : { ...others, [header]: text }
}

export function changeSheet(workbook: Workbook, name: string, change: (sheet: Sheet) => Sheet): Workbook {
  const known = sheetNamed(workbook, name)
  if (!known) return { sheets: [...workbook.sheets, change({ name, columns: [], rows: [] })] }
  return { sheets: workbook.sheets.map(sheet => sheet === known ? change(sheet) : sheet) }
}

/** Puts rows behind the row `after`; all further rows make room. `cells` by the columns' usual names. */
export function insertRows(workbook: Workbook, name: string, after: number, cells: readonly Cells[]): Workbook {
  return changeSheet(workbook, name, sheet => {
    const headers = new Map(cells.flatMap(Object.keys).map(column => [column, headerToWrite(sheet, column)]))
    const added = cells.map((each, i) => ({ row: after + 1 + i, cells: Object.fromEntries(Object.entries(each).map(([column, text]) => [headers.get(column) as string, text])) }))
    const moved = sheet.rows.map(row => row.row > after ? { ...row, row: row.row + cells.length } : row)
    return { ...sheet, columns: [...new Set([...sheet.columns, ...headers.values()])], rows: [...moved.filter(({ row }) => row <= after), ...added, ...moved.filter(({ row }) => row > after)] }
  })
}

/** Takes out the rows from `first` to `last`; all further rows close up. */
export function removeRows(workbook: Workbook, name: string, first: number, last = first): Workbook {
  return changeSheet(workbook, name, sheet => ({
    ...sheet, rows: sheet.rows.filter(({ row }) => row < first || row > last).map(row => row.row > last ? { ...row, row: row.row - (last - first + 1) } : row),
  }))
}

/** A new question, group or repeat behind the row `after` (1: at the very beginning; null: at the end). */
export function addQuestion(workbook: Workbook, after: number | null, type: string): { workbook: Workbook; row: number } {
  const at = after ?? lastRow(sheetNamed(workbook, 'survey'))
  const begin = { type, name: freeName(workbook, type.startsWith('begin') ? 'group' : 'question') }
  const rows = type.startsWith('begin') ? [begin, { type: type.replace('begin', 'end') }] : [begin]
  return { workbook: insertRows(workbook, 'survey', at, rows), row: at + 1 }
}

function freeName(workbook: Workbook, stem: string): string {
  const taken = new Set(flatten(outlineOf(workbook) ?? []).map(({ name }) => name))
  let number = 1
  while (taken.has(`${stem}_${number}`)) number++
  return `${stem}_${number}`
}

export function removeQuestion(workbook: Workbook, row: number): Workbook {
  const found = findNode(outlineOf(workbook) ?? [], row)
  return found ? removeRows(workbook, 'survey', found.node.row, found.node.end) : workbook
}

/** Gives a question another name, and its new name to every formula that speaks of it; not where another question has the old name too. */
export function renameQuestion(workbook: Workbook, row: number, name: string): Workbook {
  const nodes = flatten(outlineOf(workbook) ?? []), before = nodes.find(node => node.row === row)?.name ?? ''
  const renamed = writeCell(workbook, { sheet: 'survey', row, column: 'name' }, name)
  if (before === '' || name === '' || nodes.filter(node => node.name === before).length > 1) return renamed
  return changeCells(renamed, cell => cell.replace(/\$\{(\s*(?:last-saved#)?)([^{}\s]+)(\s*)\}/g, (whole, start: string, named: string, end: string) => named === before ? `\${${start}${name}${end}}` : whole))
}

export function changeCells(workbook: Workbook, change: (cell: string) => string): Workbook {
  return { sheets: workbook.sheets.map(sheet => ({ ...sheet, rows: sheet.rows.map(({ row, cells }) => ({ row, cells: Object.fromEntries(Object.entries(cells).map(([header, cell]) => [header, change(cell)])) })) })) }
}

/** Which other rows of the survey speak of a question. */
export function mentionsOf(workbook: Workbook, name: string): number[] {
  const reference = new RegExp(`\\$\\{\\s*(last-saved#)?${name.replace(/[.\-]/g, '\\$&')}\\s*\\}`)
  return name === '' ? [] : (sheetNamed(workbook, 'survey')?.rows ?? []).filter(({ cells }) => Object.values(cells).some(cell => reference.test(cell))).map(({ row }) => row)
}
