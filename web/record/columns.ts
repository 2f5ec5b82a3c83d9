import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { Withheld } from '../../domain/record/record.ts'
import type { Keyed } from '../dataset/outline.ts'

export const MOST_COLUMNS = 6
const USUAL_COLUMNS = 3
/** What a list can show in a cell; the first few of the shorter ones stand there unless somebody chose. */
const SHOWABLE = ['choice', 'choices', 'integer', 'decimal', 'boolean', 'date', 'text', 'barcode']
const USUAL = ['choice', 'choices', 'integer', 'decimal']

/** The questions that a list may show: asked of the record itself, not withheld, and not what every list shows anyway. */
export function choosable(model: FormModel, withheld: readonly Withheld[]): Keyed[] {
  const hidden = new Set(withheld.flatMap(each => each.fields))
  return (keysOf(model)[0]?.questions ?? []).filter(question => question.asked && question.role === null && !question.choicesFile && SHOWABLE.includes(question.type) && !hidden.has(question.key))
}

export function columnsOf(model: FormModel, show: readonly string[], withheld: readonly Withheld[]): Keyed[] {
  const all = choosable(model, withheld)
  const chosen = all.filter(question => show.includes(question.key)).slice(0, MOST_COLUMNS)
  return chosen.length > 0 ? chosen : all.filter(question => USUAL.includes(question.type) && question.choices?.length !== 2).slice(0, USUAL_COLUMNS)
}
