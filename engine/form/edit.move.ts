import { changeSheet } from './edit.ts'
import { findNode, outlineOf, type EditNode } from './edit.outline.ts'
import type { Workbook } from './workbook.ts'

export type Way = 'up' | 'down'

/**
 * Moves a question one step: into a group that it meets, and out of its own at the edge. A group steps over others as a whole.
 * Rows keep their numbers; only what stands in them changes. Null: there is nowhere to go.
 */
export function moveQuestion(workbook: Workbook, row: number, way: Way): { workbook: Workbook; row: number } | null {
  const found = findNode(outlineOf(workbook) ?? [], row)
  const before = found && (way === 'up' ? rowAbove(found) : rowBelow(found))
  return found && before !== null ? placeBefore(workbook, found.node, before) : null
}

/** Moves a question or group to stand before the row `before`, outside of itself. */
export function placeBefore(workbook: Workbook, { row, end }: EditNode, before: number): { workbook: Workbook; row: number } | null {
  if (before >= row && before <= end + 1) return null
  let landed = row
  const moved = changeSheet(workbook, 'survey', sheet => {
    const isOwn = (each: { row: number }) => each.row >= row && each.row <= end
    const others = sheet.rows.filter(each => !isOwn(each)), own = sheet.rows.filter(isOwn)
    const order = [...others.filter(each => each.row < before), ...own, ...others.filter(each => each.row >= before)]
    landed = sheet.rows[order.findIndex(each => each.row === row)]?.row ?? row
    return { ...sheet, rows: sheet.rows.map(({ row }, i) => ({ row, cells: order[i]?.cells ?? {} })) }
  })
  return { workbook: moved, row: landed }
}

type Found = NonNullable<ReturnType<typeof findNode>>

function rowAbove({ node, siblings, parent }: Found): number | null {
  const above = siblings[siblings.indexOf(node) - 1]
  if (!above) return parent && parent.row
  return above.kind !== 'question' && node.kind === 'question' ? above.end : above.row
}

function rowBelow({ node, siblings, parent }: Found): number | null {
  const below = siblings[siblings.indexOf(node) + 1]
  if (!below) return parent && parent.end + 1
  return below.kind !== 'question' && node.kind === 'question' ? below.row + 1 : below.end + 1
}
