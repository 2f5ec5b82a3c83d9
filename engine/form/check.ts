import type { Text } from '../../domain/base/text.ts'
import type { AnswerType, FormModel } from '../../domain/dataset/dataset.form.ts'
import type { Answers } from './answers.ts'
import { readValue } from './answers.value.ts'
import { givenOf, judge, type CheckGiven, type Judged, type Way } from './check.judge.ts'
import { readRules, type NotJudged } from './check.rules.ts'
import { sayViolation, type ViolationKind } from './check.say.ts'
import { buildTree, templateOf } from './check.tree.ts'

/** An answer that does not keep a rule of its form. `row`: which of the submission's rows it stands in. */
export type Violation = { path: string; row: number | null; kind: ViolationKind; say: Text }
/** `notJudged`: rules that hold a function or a construction which is not known here. */
export type Check = ((answers: Answers, given: CheckGiven) => Violation[]) & { notJudged: readonly NotJudged[] }
type Fault = Omit<Violation, 'say'> & Pick<Judged, 'question'>

const FIRST: Way = { client: 'web', lang: 'th' }
const OTHERS: Way[] = [{ client: 'collect', lang: 'th' }, { client: 'web', lang: 'en' }, { client: 'collect', lang: 'en' }]

/**
 * Checks finished submissions against the rules of their form, as the program that filled them in would. Web Forms and Collect do not
 * always agree, and a form may speak two languages: only what is wrong in every way is told.
 */
export function makeCheck(model: FormModel): Check {
  const book = readRules(model), template = templateOf(model)
  const ways = OTHERS.filter(way => book.speaks || way.lang === FIRST.lang)
  const check = (answers: Answers, given: CheckGiven) => {
    const document = buildTree(template, answers), unfit = new Set(answers.unfit.map(keyOf))
    const faultsIn = (way: Way) => new Map(judge(model, book, document, givenOf(model, book, given, way)).flatMap(judged => faultsOf(judged, unfit)).map(fault => [`${keyOf(fault)} ${fault.kind}`, fault]))
    let faults = faultsIn(FIRST)
    for (const way of ways) {
      if (faults.size === 0) break
      const also = faultsIn(way)
      faults = new Map([...faults].filter(([key]) => also.has(key)))
    }
    return [...faults.values()].map(({ question, ...fault }) => ({ ...fault, say: sayViolation(fault.kind, question, fault.row === null ? null : answers.rows[fault.row] ?? null, model) }))
  }
  return Object.assign(check, { notJudged: book.notJudged })
}

function keyOf({ path, row }: { path: string; row: number | null }): string {
  return `${row} ${path}`
}

function faultsOf(judged: Judged, unfit: ReadonlySet<string>): Fault[] {
  const { node: { path }, row, question } = judged
  return kindsOf(judged, unfit.has(keyOf({ path, row }))).map(kind => ({ path, row, kind, question }))
}

function kindsOf({ node: { text }, question: { type }, relevant, required, valid, computed, allowed }: Judged, isUnfit: boolean): ViolationKind[] {
  if (relevant === false) return text === '' ? [] : ['not-relevant']
  const kinds: ViolationKind[] = isUnfit ? ['type'] : []
  if (relevant === null) return kinds
  if (computed !== null && !isSameAnswer(text, computed, type)) kinds.push('calculation')
  if (text === '') return required === true && computed === null ? [...kinds, 'required'] : kinds
  if (isUnfit) return kinds
  if (valid === false) kinds.push('constraint')
  if (allowed !== null && ['choice', 'choices', 'rank'].includes(type) && !chosen(text, type).every(value => allowed.has(value))) kinds.push('choice')
  return kinds
}

function chosen(text: string, type: AnswerType): string[] {
  return type === 'choice' ? [text] : text.split(/\s+/)
}

const NUMBER = /^-?\d+(\.\d+)?$/
/** Of what two programs write for one number. */
const TOLERANCE = 1e-9

/** Whether a program could have stored what was computed as what was sent. */
export function isSameAnswer(sent: string, computed: string, type: AnswerType): boolean {
  if (sent === computed) return true
  // What is no answer of its type is stored as none: an infinite share of nothing.
  if (sent === '') return readValue(type, type === 'integer' ? computed.replace(/\..*$/, '') : computed) === undefined
  if (type === 'date') return sent === computed.slice(0, 10)
  if (!NUMBER.test(sent) || !NUMBER.test(computed)) return alike(sent) === alike(computed)
  const a = Number(sent), b = type === 'integer' ? Math.trunc(Number(computed)) : Number(computed)
  return Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a), Math.abs(b))
}

/** Programs write what is no number as nothing or as NaN, and a whole number with or without `.0`. */
function alike(text: string): string {
  return text.replaceAll('NaN', '').replace(/(\d)\.0+(?!\d)/g, '$1')
}
