import type { Text } from '../../domain/base/text.ts'
import type { AnswerType, FormModel, Question } from '../../domain/dataset/dataset.form.ts'
import type { Answers } from './answers.ts'
import { readValue } from './answers.value.ts'
import type { CheckGiven, Judged, Way } from './check.judge.ts'
import type { NotJudged } from './check.rules.ts'
import { sayViolation, type ViolationKind } from './check.say.ts'
import { faultKey, makeAsk, type Fault, type Faults } from './check.ways.ts'

/** An answer that does not keep a rule of its form. `row`: which of the submission's rows it stands in. */
export type Violation = Fault & { say: Text }
/** `tell` hears of rules that cost too much on these answers and were not judged. */
type Judge<T> = (answers: Answers, given: CheckGiven, tell?: (rule: NotJudged) => void) => T
/**
 * `mayTell`: whether Web Forms alone would tell this or it cannot be known here; another judge who tells it does not contradict us.
 * `notJudged`: rules that hold a function or a construction which is not known here.
 */
export type Check = Judge<Violation[]> & { mayTell: Judge<(fault: Fault) => boolean>; notJudged: readonly NotJudged[] }

const WAYS: Way[] = [{ client: 'web', lang: 'th' }, { client: 'collect', lang: 'th' }, { client: 'web', lang: 'en' }, { client: 'collect', lang: 'en' }]

/**
 * Checks finished submissions against the rules of their form, as the program that filled them in would. Web Forms and Collect do not
 * always agree, and a form may speak two languages: only what is wrong in every way is told.
 */
export function makeCheck(model: FormModel): Check {
  const { ask, speaks, notJudged } = makeAsk(model), ways = WAYS.filter(way => speaks || way.lang === 'th')
  const questions = new Map(model.questions.map(question => [question.path, question]))
  const check: Judge<Violation[]> = (answers, given, tell = () => {}) => {
    const asked = ask(answers, given)
    let faults: Faults | null = null
    for (const way of ways) if (faults?.size !== 0) faults = common(faults, asked.faultsBy(way, kindsOf))
    asked.notJudged().forEach(tell)
    if (!faults || faults.size === 0) return []
    return [...faults.values()].map(fault => ({ ...fault, say: sayViolation(fault.kind, questions.get(fault.path) as Question, fault.row === null ? null : answers.rows[fault.row] ?? null, model) }))
  }
  const mayTell: Check['mayTell'] = (answers, given, tell = () => {}) => {
    const asked = ask(answers, given)
    const found = ways.filter(way => way.client === 'web').map(way => asked.faultsBy(way, possibleKindsOf))
    asked.notJudged().forEach(tell)
    return fault => asked.isTooLarge || found.some(faults => faults.has(faultKey(fault)))
  }
  return Object.assign(check, { mayTell, notJudged })
}

function common(faults: Faults | null, others: Faults): Faults {
  return faults === null ? others : new Map([...faults].filter(([key]) => others.has(key)))
}

/** What is wrong, and what may be. */
function possibleKindsOf(judged: Judged, isUnfit: boolean): ViolationKind[] {
  const { relevant, required, valid, computed, allowed } = judged
  if (relevant === null) return ['not-relevant', 'calculation', 'required', 'constraint', 'choice', 'type']
  const unknown: Partial<Record<ViolationKind, unknown>> = { required, constraint: valid, calculation: computed, choice: allowed }
  return [...kindsOf(judged, isUnfit), ...(Object.keys(unknown) as ViolationKind[]).filter(kind => unknown[kind] === null)]
}

function kindsOf({ node: { text }, question: { type }, relevant, required, valid, computed, allowed }: Judged, isUnfit: boolean): ViolationKind[] {
  if (relevant === false) return text === '' ? [] : ['not-relevant']
  const kinds: ViolationKind[] = isUnfit ? ['type'] : []
  if (relevant === null) return kinds
  if (computed !== null && !isSameAnswer(text, computed, type)) kinds.push('calculation')
  if (text === '') return required === true && computed === null ? [...kinds, 'required'] : kinds
  if (isUnfit) return kinds
  if (valid === false) kinds.push('constraint')
  if (allowed !== null && SELECTS.has(type) && !(type === 'choice' ? allowed.has(text) : text.split(/\s+/).every(value => allowed.has(value)))) kinds.push('choice')
  return kinds
}

const SELECTS: ReadonlySet<AnswerType> = new Set(['choice', 'choices', 'rank'])
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
