import type { ChoiceLists, ListChoice } from './choices.ts'
import { spotOf, valueOf, type FormRow, type Texts } from './convert.columns.ts'
import type { FormFaults } from './convert.faults.ts'
import { controlOf } from './convert.types.ts'

const typeOf = (row: FormRow) => valueOf(row, 'type')

/** More is a mistake, or loops in loops in loops. */
const MOST_QUESTIONS = 20_000

/** Writes loops out: a group for the loop, in it one for each choice of its list, with `%(name)s` and `%(label)s` filled in. */
export function expandLoops(rows: FormRow[], lists: ChoiceLists, faults: FormFaults): FormRow[] {
  const at = rows.findIndex(row => { const control = controlOf(typeOf(row)); return control?.side === 'begin' && control.kind === 'loop' })
  if (rows.length > MOST_QUESTIONS) { faults.add('tooManyQuestions', { sheet: 'survey' }, { limit: MOST_QUESTIONS }); return [] }
  if (at < 0) return rows
  const begin = rows[at] as FormRow, end = endOfLoop(rows, at)
  if (end < 0) { faults.add('unmatchedBegin', spotOf(begin, 'type'), { value: typeOf(begin) }); return rows.filter((_, i) => i !== at) }
  const inside = rows.slice(at + 1, end), written = (row: FormRow, type: string) => ({ ...row, values: { ...row.values, type: { '': type } } })
  const turns = choicesOf(begin, lists, faults).flatMap(choice => [openTurn(begin, choice), ...inside.map(row => fill(row, choice)), written(rows[end] as FormRow, 'end group')])
  const all = [...rows.slice(0, at), written(begin, 'begin group'), ...turns, written(rows[end] as FormRow, 'end group'), ...rows.slice(end + 1)]
  return expandLoops(all, lists, faults)
}

function endOfLoop(rows: FormRow[], at: number): number {
  let depth = 0
  for (let i = at; i < rows.length; i++) {
    const control = controlOf(typeOf(rows[i] as FormRow))
    if (control?.kind !== 'loop') continue
    depth += control.side === 'begin' ? 1 : -1
    if (depth === 0) return i
  }
  return -1
}

function choicesOf(begin: FormRow, lists: ChoiceLists, faults: FormFaults): ListChoice[] {
  const name = controlOf(typeOf(begin))?.list ?? null
  if (name === null) faults.add('loopWithoutList', spotOf(begin, 'type'), {})
  else if (!lists.has(name)) faults.add('unknownList', spotOf(begin, 'type'), { name })
  // an answer that excludes all others has nothing to be asked about
  return (lists.get(name ?? '')?.choices ?? []).filter(choice => choice.name !== 'none')
}

function openTurn({ sheet, row, headers }: FormRow, choice: ListChoice): FormRow {
  return { sheet, row, headers, values: { type: { '': 'begin group' }, name: { '': choice.name }, label: choice.label } }
}

function fill(row: FormRow, { name, label }: ListChoice): FormRow {
  const any = Object.values(label)[0] ?? name
  const fillText = (text: string, language: string) => text.replaceAll('%(name)s', name).replaceAll('%(label)s', label[language] ?? any)
  const fillTexts = (texts: Texts) => Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, fillText(text, language)]))
  return { ...row, values: Object.fromEntries(Object.entries(row.values).map(([key, texts]) => [key, fillTexts(texts)])) }
}
