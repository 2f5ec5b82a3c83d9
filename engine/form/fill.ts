import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { Answers } from './answers.ts'
import { readValue } from './answers.value.ts'
import { givenOf, judge, type CheckGiven } from './check.judge.ts'
import { makeTrees } from './check.refill.ts'
import { readRules } from './check.rules.ts'
import { templateOf } from './check.tree.ts'

/** One calculation may need another. */
const MOST_ROUNDS = 5

/** Answers that came without a telephone, with what it would have computed outside of repeats: sums, codes, what is the same everywhere. What cannot be known stays out. */
export function makeFill(model: FormModel): (answers: Answers, given: CheckGiven) => Answers {
  const wanted = new Set(model.questions.filter(({ asked, calculate, repeat }) => !asked && calculate !== null && repeat === null).map(({ path }) => path))
  if (wanted.size === 0) return answers => answers
  const book = readRules(model), treeOf = makeTrees(templateOf(model))
  return (answers, given) => {
    let filled = answers
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const before = filled.values, document = treeOf(filled)
      if (document === null) break
      const found = judge(model, book, document, givenOf(model, book, given, { client: 'web', lang: 'th' }))
        .filter(({ node, relevant, computed }) => wanted.has(node.path) && relevant === true && computed !== null && computed !== '')
        .flatMap(({ node, question, computed }) => { const value = readValue(question.type, computed as string); return value === undefined ? [] : [[node.path, value] as const] })
      if (found.every(([path, value]) => before[path] === value)) break
      filled = { ...filled, values: { ...before, ...Object.fromEntries(found) } }
    }
    return filled
  }
}
