import type { Sensitivity } from '../../domain/access/access.ts'
import type { FormModel, Question } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { RecordFault } from '../../domain/record/record.ts'
import type { Answers } from '../../engine/form/answers.ts'
import type { Violation } from '../../engine/form/check.ts'

/** A fault as it is kept: with how closely the answer is kept that it is about, since it is told to those alone who see the answer; absent: of the record as a whole. */
export type KeptFault = RecordFault & { sensitivity?: Sensitivity }

export type Keyed = Question & { key: string }

const known = new WeakMap<FormModel, Keys>()

export function keysFor(model: FormModel): Keys {
  const keys = known.get(model) ?? new Keys(model)
  known.set(model, keys)
  return keys
}

/** Keys of questions, and places of rows through the whole record. */
export class Keys {
  readonly #questions = new Map<string, Keyed>()
  readonly #kept = new Map<string | null, Map<string, Sensitivity>>()
  readonly #positions = new WeakMap<Answers, number[]>()

  constructor(model: FormModel) {
    for (const { repeat, questions } of keysOf(model)) {
      for (const question of questions) this.#questions.set(question.path, question)
      this.#kept.set(repeat, new Map(questions.map(({ key, sensitivity }) => [key, sensitivity])))
    }
  }

  at(path: string): Keyed | undefined {
    return this.#questions.get(path)
  }

  /** How closely an answer is kept; undefined: this form does not ask for it. */
  keptOf(repeat: string | null, key: string): Sensitivity | undefined {
    return this.#kept.get(repeat)?.get(key)
  }

  positionOf(answers: Answers, row: number): number {
    const known = this.#positions.get(answers) ?? countRows(answers)
    this.#positions.set(answers, known)
    return known[row] as number
  }

  toFault({ path, row, kind, say }: Omit<Violation, 'kind'> & Pick<RecordFault, 'kind'>, answers: Answers): KeptFault {
    const repeat = row === null ? null : answers.rows[row]?.repeat ?? null, question = this.at(path)
    return { key: question?.key ?? null, repeat, row: row === null ? null : this.positionOf(answers, row), kind, say, ...question && { sensitivity: question.sensitivity } }
  }
}

function countRows({ rows }: Answers): number[] {
  const counts = new Map<string, number>()
  return rows.map(({ repeat }) => {
    const position = (counts.get(repeat) ?? 0) + 1
    counts.set(repeat, position)
    return position
  })
}
