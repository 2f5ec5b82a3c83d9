import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { Answers } from './answers.ts'
import { Budget } from './check.budget.ts'
import { givenOf, judge, type CheckGiven, type Judged, type Way } from './check.judge.ts'
import { makeTrees, MOST_NODES } from './check.refill.ts'
import { readRules, type NotJudged } from './check.rules.ts'
import type { ViolationKind } from './check.say.ts'
import { templateOf } from './check.tree.ts'
import { expressionProblems } from './expression.problems.ts'

export type Fault = { path: string; row: number | null; kind: ViolationKind }
/** By the key of the fault. */
export type Faults = ReadonlyMap<string, Fault>
export type KindsOf = (judged: Judged, isUnfit: boolean) => ViolationKind[]
/** One submission, to be judged by one way after another within one budget. */
export type Asked = { isTooLarge: boolean; faultsBy: (way: Way, kindsOf: KindsOf) => Faults; notJudged: () => NotJudged[] }

export function faultKey({ path, row, kind }: Fault): string {
  return `${row} ${path} ${kind}`
}

/** `speaks`: what is right may depend on the language. `notJudged`: of any submission. */
export function makeAsk(model: FormModel): { ask: (answers: Answers, given: CheckGiven) => Asked; speaks: boolean; notJudged: readonly NotJudged[] } {
  const book = readRules(model), template = templateOf(model), treeOf = makeTrees(template)
  const ask = (answers: Answers, given: CheckGiven): Asked => {
    const document = treeOf(answers), budget = new Budget(), unfit = answers.unfit.length === 0 ? NONE : new Set(answers.unfit.map(({ row, path }) => `${row} ${path}`))
    const faultsBy: Asked['faultsBy'] = (way, kindsOf) => {
      let faults: Map<string, Fault> | null = null
      for (const judged of document ? judge(model, book, document, givenOf(model, book, given, way, budget)) : []) {
        const { node: { path }, row } = judged
        for (const kind of kindsOf(judged, unfit.size > 0 && unfit.has(`${row} ${path}`))) (faults ??= new Map()).set(faultKey({ path, row, kind }), { path, row, kind })
      }
      return faults ?? NO_FAULTS
    }
    return { isTooLarge: document === null, faultsBy, notJudged: () => document === null ? [tooLarge(template.path)] : budget.givenUp.size === 0 ? [] : [...budget.givenUp].flatMap(rule => tooCostly(book.source.get(rule))) }
  }
  return { ask, speaks: book.speaks, notJudged: book.notJudged }
}

const NONE: ReadonlySet<string> = new Set(), NO_FAULTS: Faults = new Map()

function tooLarge(path: string): NotJudged {
  return { path, expression: '', say: expressionProblems.tooManyNodes({ most: MOST_NODES }).say }
}

function tooCostly(source: { path: string; expression: string } | undefined): NotJudged[] {
  return source ? [{ ...source, say: expressionProblems.tooCostly(source).say }] : []
}
