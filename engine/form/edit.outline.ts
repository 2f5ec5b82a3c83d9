import { controlOf, findType, selectOf } from './convert.types.ts'
import { headerOf, sheetNamed } from './edit.columns.ts'
import type { Workbook } from './workbook.ts'

/** The types of question that the editor can make and change into one another. */
export const EDIT_TYPES = ['text', 'integer', 'decimal', 'select_one', 'select_multiple', 'date', 'time', 'geopoint', 'image', 'audio', 'video', 'file', 'barcode', 'note', 'acknowledge', 'calculate'] as const
export type EditType = (typeof EDIT_TYPES)[number]

/** A row of the survey as the editor shows it; a group or repeat goes on until its `end`. */
export type EditNode = {
  row: number
  end: number
  kind: 'question' | 'group' | 'repeat'
  name: string
  /** As the author wrote it. */
  written: string
  /** Null: something that the editor shows and keeps, and does not change. */
  type: EditType | null
  /** The list of choices in this workbook. */
  list: string | null
  children: EditNode[]
}

/** Questions and groups in the order of the form; null where begins and ends do not match, so that no order is sure. */
export function outlineOf(workbook: Workbook): EditNode[] | null {
  const survey = sheetNamed(workbook, 'survey')
  const typeHeader = survey && headerOf(survey, 'type'), nameHeader = survey && headerOf(survey, 'name')
  if (!survey || !typeHeader) return survey && survey.rows.length > 0 ? null : []
  const top: EditNode[] = [], open: EditNode[] = []
  for (const { row, cells } of survey.rows) {
    const written = cells[typeHeader] ?? '', control = controlOf(written)
    if (control?.side === 'end') {
      const begun = open.pop()
      if (!begun || begun.kind !== control.kind) return null
      begun.end = row
      continue
    }
    if (control?.kind === 'loop') return null
    const kind = control?.kind === 'repeat' ? 'repeat' as const : control ? 'group' as const : 'question' as const
    const node = { row, end: row, kind, name: (nameHeader && cells[nameHeader]) ?? '', written, ...typeOf(written), children: [] }
    const siblings = open.at(-1)?.children ?? top
    siblings.push(node)
    if (control) open.push(node)
  }
  return open.length === 0 ? top : null
}

function typeOf(written: string): Pick<EditNode, 'type' | 'list'> {
  const select = selectOf(written)
  if (select) {
    const isPlain = !select.fromFile && !select.other && select.list !== '' && !select.list.startsWith('${')
    return { list: isPlain ? select.list : null, type: !isPlain ? null : select.type.tag === 'select' ? 'select_multiple' : select.type.tag === 'select1' ? 'select_one' : null }
  }
  const name = findType(written)?.name, type = name === 'photo' ? 'image' : name
  return { list: null, type: EDIT_TYPES.find(known => known === type) ?? null }
}

/** All of them, from the first row to the last. */
export function flatten(nodes: readonly EditNode[]): EditNode[] {
  return nodes.flatMap(node => [node, ...flatten(node.children)])
}

/** The node at a row, with its siblings and what it stands in. */
export function findNode(nodes: readonly EditNode[], row: number, parent: EditNode | null = null): { node: EditNode; siblings: readonly EditNode[]; parent: EditNode | null } | null {
  for (const node of nodes) {
    if (node.row === row) return { node, siblings: nodes, parent }
    if (node.row < row && row <= node.end) return findNode(node.children, row, node)
  }
  return null
}
