import type { Lang } from '../../domain/base/text.ts'
import { headerOf, lastRow, sheetNamed } from './edit.columns.ts'
import { changeCells, changeSheet, insertRows, readCell, removeRows, writeCell } from './edit.ts'
import { flatten, outlineOf, type EditNode, type EditType } from './edit.outline.ts'
import type { Workbook } from './workbook.ts'
import type { Way } from './edit.move.ts'

export type EditChoice = { row: number; value: string; label: Record<Lang, string> }

export function choicesOf(workbook: Workbook, list: string): EditChoice[] {
  const sheet = sheetNamed(workbook, 'choices'), header = sheet && headerOf(sheet, 'list_name')
  if (!sheet || !header) return []
  const text = (row: number, column: string, lang?: Lang) => readCell(workbook, { sheet: 'choices', row, column, lang })
  return sheet.rows.filter(({ cells }) => cells[header] === list)
    .map(({ row }) => ({ row, value: text(row, 'name'), label: { th: text(row, 'label', 'th'), en: text(row, 'label', 'en') } }))
}

/** The questions that share a list. */
export function usersOf(workbook: Workbook, list: string): EditNode[] {
  return flatten(outlineOf(workbook) ?? []).filter(node => node.list === list)
}

/** Behind the last of its list. */
export function addChoice(workbook: Workbook, list: string): Workbook {
  const choices = choicesOf(workbook, list), taken = new Set(choices.map(({ value }) => value))
  let number = choices.length + 1
  while (taken.has(`choice_${number}`)) number++
  const after = choices.at(-1)?.row ?? lastRow(sheetNamed(workbook, 'choices'))
  return insertRows(workbook, 'choices', after, [{ list_name: list, name: `choice_${number}` }])
}

export const removeChoice = (workbook: Workbook, row: number): Workbook => removeRows(workbook, 'choices', row)

/** Changes places with its neighbour of the same list. */
export function moveChoice(workbook: Workbook, list: string, row: number, way: Way): Workbook {
  const choices = choicesOf(workbook, list), at = choices.findIndex(choice => choice.row === row)
  const other = choices[way === 'up' ? at - 1 : at + 1]
  if (at < 0 || !other) return workbook
  return changeSheet(workbook, 'choices', sheet => {
    const cellsAt = (number: number) => sheet.rows.find(each => each.row === number)?.cells ?? {}
    return { ...sheet, rows: sheet.rows.map(each => each.row === row ? { row, cells: cellsAt(other.row) } : each.row === other.row ? { row: other.row, cells: cellsAt(row) } : each) }
  })
}

/** Gives a choice another value, in the rules too that ask for it. */
export function renameChoice(workbook: Workbook, list: string, row: number, value: string): Workbook {
  const before = choicesOf(workbook, list).find(choice => choice.row === row)?.value ?? ''
  const names = new Set(usersOf(workbook, list).map(({ name }) => name))
  const renamed = writeCell(workbook, { sheet: 'choices', row, column: 'name' }, value)
  if (before === '' || value === '') return renamed
  return changeCells(renamed, cell => cell.replace(ASKED, (whole, start: string, name: string, middle: string, quote: string, asked: string) =>
    asked === before && names.has(name) ? `${start}${name}${middle}${quote}${value}${quote}` : whole))
}
/** `${crop} = 'rice'`, `${crop} != 'rice'`, `selected(${crop}, 'rice')`. */
const ASKED = /(\$\{\s*)([^{}\s]+)(\s*\}\s*(?:!?=|,)\s*)(['"])([^'"]*)\4/g

/** Another type for a question; one with choices gets a list of its own with the first choice in it, unless it has one. */
export function changeType(workbook: Workbook, node: EditNode, type: EditType): Workbook {
  const write = (workbook: Workbook, written: string) => writeCell(workbook, { sheet: 'survey', row: node.row, column: 'type' }, written)
  if (!type.startsWith('select')) return write(workbook, type)
  if (node.list !== null) return write(workbook, `${type} ${node.list}`)
  const list = freeList(workbook, node.name)
  return addChoice(write(workbook, `${type} ${list}`), list)
}

function freeList(workbook: Workbook, stem: string): string {
  let name = stem || 'list', number = 2
  while (choicesOf(workbook, name).length > 0) name = `${stem}_${number++}`
  return name
}
