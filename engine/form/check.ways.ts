import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { Answers } from './answers.ts'
import { Budget } from './check.budget.ts'
import { givenOf, judge, type CheckGiven, type Judged, type Way } from './check.judge.ts'
import { readRules, type NotJudged } from './check.rules.ts'
import type { ViolationKind } from './check.say.ts'
import { buildTree, countNodes, templateOf } from './check.tree.ts'
import { expressionProblems } from './expression.problems.ts'

/** Of the answers and of what stands empty beside them: more would take the memory of the server. */
const MOST_NODES = 500_000

export type Fault = { path: string; row: number | null; kind: ViolationKind }
/** By the key of the fault. */
export type Faults = Map<string, Fault>
export type KindsOf = (judged: Judged, isUnfit: boolean) => ViolationKind[]
/** One submission, to be judged by one way after another within one budget. */
export type Asked = { isTooLarge: boolean; faultsBy: (way: Way, kindsOf: KindsOf) => Faults; notJudged: () => NotJudged[] }

export function faultKey({ path, row, kind }: Fault): string {
  return `${row} ${path} ${kind}`
}

/** `speaks`: what is right may depend on the language. `notJudged`: of any submission. */
export function makeAsk(model: FormModel): { ask: (answers: Answers, given: CheckGiven) => Asked; speaks: boolean; notJudged: readonly NotJudged[] } {
  const book = readRules(model), template = templateOf(model)
  const ask = (answers: Answers, given: CheckGiven): Asked => {
    const isTooLarge = countNodes(template, answers) > MOST_NODES, budget = new Budget()
    const document = isTooLarge ? null : buildTree(template, answers), unfit = new Set(answers.unfit.map(({ row, path }) => `${row} ${path}`))
    const faultsOf = (judged: Judged, kindsOf: KindsOf): [string, Fault][] => {
      const { node: { path }, row } = judged
      return kindsOf(judged, unfit.size > 0 && unfit.has(`${row} ${path}`)).map(kind => [faultKey({ path, row, kind }), { path, row, kind }])
    }
    return {
      isTooLarge,
      faultsBy: (way, kindsOf) => new Map(document ? judge(model, book, document, givenOf(model, book, given, way, budget)).flatMap(judged => faultsOf(judged, kindsOf)) : []),
      notJudged: () => isTooLarge ? [tooLarge(template.path)] : [...budget.givenUp].flatMap(rule => tooCostly(book.source.get(rule))),
    }
  }
  return { ask, speaks: book.speaks, notJudged: book.notJudged }
}

function tooLarge(path: string): NotJudged {
  return { path, expression: '', say: expressionProblems.tooManyNodes({ most: MOST_NODES }).say }
}

function tooCostly(source: { path: string; expression: string } | undefined): NotJudged[] {
  return source ? [{ ...source, say: expressionProblems.tooCostly(source).say }] : []
}
