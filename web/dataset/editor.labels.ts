import type { Lang } from '../../domain/base/text.ts'
import { choicesOf } from '../../engine/form/edit.choices.ts'
import { flatten, outlineOf, type EditNode } from '../../engine/form/edit.outline.ts'
import { readCell } from '../../engine/form/edit.ts'
import type { Workbook } from '../../engine/form/workbook.ts'

/** What people read at a row: its text in their language, in the other one, or its name. */
export function labelOf(workbook: Workbook, { row, name, written }: Pick<EditNode, 'row' | 'name' | 'written'>, lang: Lang): string {
  const text = (lang: Lang) => readCell(workbook, { sheet: 'survey', row, column: 'label', lang })
  return text(lang) || text(lang === 'th' ? 'en' : 'th') || name || written
}

/** A question that a rule can ask about, with its choices. */
export type Askable = { name: string; label: string; node: EditNode; choices: { value: string; label: string }[] }

/** Of the place's own questions and of those that stand before them. */
export function askablesOf(workbooks: readonly (Workbook | null)[], lang: Lang): Askable[] {
  return workbooks.flatMap(workbook => workbook ? flatten(outlineOf(workbook) ?? []).filter(node => node.kind === 'question' && node.name !== '' && node.type !== 'note').map(node => ({
    name: node.name, node, label: labelOf(workbook, node, lang),
    choices: node.list === null ? [] : choicesOf(workbook, node.list).map(({ value, label }) => ({ value, label: label[lang] || label.th || value })),
  })) : [])
}
