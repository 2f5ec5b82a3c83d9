import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { Answers } from '../../engine/form/answers.ts'
import type { Stood } from '../../engine/form/check.stand.ts'

/** What was sent, as a record has it: answers by key, rows counted through the whole record. */
export function stoodAs(model: FormModel, { values, rows }: Answers): Stood {
  const keys = new Map(keysOf(model).flatMap(({ questions }) => questions.map(({ path, key }) => [path, key])))
  const byKey = (given: Answers['values']) => Object.fromEntries(Object.entries(given).flatMap(([path, value]) => value === null ? [] : [[keys.get(path) ?? path, value]]))
  const through = rows.map((row, i) => rows.slice(0, i + 1).filter(({ repeat }) => repeat === row.repeat).length)
  return { values: byKey(values), rows: rows.map(({ repeat, parent, values }, i) => ({ repeat, position: through[i] ?? 0, parent: parent === null ? null : through[parent] ?? null, values: byKey(values) })) }
}
