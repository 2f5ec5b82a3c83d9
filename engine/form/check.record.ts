import { Problem } from '../../domain/base/problem.ts'
import { Sensitivity } from '../../domain/access/access.ts'
import type { Check } from '../../domain/dataset/dataset.check.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { checkProblems } from '../../domain/dataset/problems.check.ts'
import type { RecordFault } from '../../domain/record/record.ts'
import { Budget } from './check.budget.ts'
import { both, evaluate, givenOf, truth, type Asking } from './check.judge.ts'
import { makeTrees } from './check.refill.ts'
import { NotKnown, readRules, type RuleBook } from './check.rules.ts'
import { templateOf } from './check.tree.ts'
import { compile } from './compile.ts'
import type { Client, Compiled, FormNode } from './compile.values.ts'
import { namesFor, resolve, type Keyed } from './check.names.ts'
import { asAnswers, type Stood } from './check.stand.ts'

/** What a check may know beside the answers; null: nobody knows, and it is not judged. */
export type Beside = { figure: (indicator: string) => number | null; isInArea: (point: { lat: number; lon: number }, metres: number) => boolean | null }
export type Moment = { today: string; now: string }
type CheckFault = RecordFault & { sensitivity?: Sensitivity }
/** `asked`: questions that apply and are meant to be answered. */
export type Verdict = { faults: CheckFault[]; asked: number; answered: number }

type Ready = { check: Check; context: string; needs: Compiled[]; holds: Compiled; first: Keyed | null; kept: Sensitivity }
/** The checks of a form, compiled once. `refused`: those that this form cannot answer, and why. */
export type CheckBook = { model: FormModel; rules: RuleBook; treeOf: ReturnType<typeof makeTrees>; /** Paths of questions that are meant to be answered. */ meant: ReadonlySet<string>; ready: Ready[]; refused: { id: string; problem: Problem }[] }

/** Of all checks of a record, and of one: checks of a household of fifty take some thousand, and whoever writes one must not hold up the server. */
const MOST_STEPS = 300_000, MOST_STEPS_OF_CHECK = 200_000
const rulesOf = new WeakMap<FormModel, Pick<CheckBook, 'rules' | 'treeOf' | 'meant'>>()

export function compileChecks(model: FormModel, checks: readonly Check[]): CheckBook {
  const read = rulesOf.get(model) ?? { rules: readRules(model), treeOf: makeTrees(templateOf(model)), meant: meantIn(model) }
  rulesOf.set(model, read)
  const book: CheckBook = { model, ...read, ready: [], refused: [] }
  for (const check of checks.filter(({ on }) => on)) {
    try { book.ready.push(makeReady(model, check)) }
    catch (error) {
      if (!(error instanceof Problem)) throw error
      book.refused.push({ id: check.id, problem: error.code.startsWith('check/') ? error : checkProblems.unreadable({ id: check.id, say: error.say }) })
    }
  }
  return book
}

/** @throws `check/…`, `form/expression-…` */
function makeReady(model: FormModel, check: Check): Ready {
  const names = namesFor(model, check), at = (expression: string) => compile(resolve(expression, model, names))
  const about = check.about.map(name => ({ question: names.find(name).question, answers: at(`\${${name}}`) })), holds = at(check.expression)
  // of a fault that follows from several answers, only they are told who may see all of them
  const kept = [...names.seen].map(({ sensitivity }) => sensitivity).sort((a, b) => ORDER.indexOf(b) - ORDER.indexOf(a))[0] ?? 'open'
  return { check, context: names.context, needs: check.always ? [] : about.map(({ answers }) => answers), holds, first: about[0]?.question ?? null, kept }
}

const ORDER = Sensitivity.options

/** What does not hold of a record, without an end to the list; and how much of it was answered. */
export function judgeRecord(book: CheckBook, stood: Stood, moment: Moment, beside: Beside): Verdict {
  const { model, rules, treeOf, ready } = book, document = treeOf(asAnswers(model, stood)), way = { client: 'web', lang: 'th' } as const
  if (document === null) return { faults: ready.map(notJudged), asked: 0, answered: 0 }
  const counted = countAnswered(book, document, givenOf(model, rules, moment, way))
  if (ready.length === 0) return { faults: [], ...counted }
  const budget = new Budget(MOST_STEPS, MOST_STEPS_OF_CHECK), house = houseOf(beside)
  const ask = (client: Client): Asking => ({ ...givenOf(model, rules, moment, { ...way, client }, budget), house })
  const given = ask('web'), other = ask('collect')
  // the two programs that fill in forms differ in places: what does not hold in both is told
  const faults = ready.flatMap(one => nodesAt(document, one.context).filter(node => isAnswered(one, node, given) && [given, other].every(way => truth(one.holds, node, way, true) === false))
    .map(node => faultOf(one, node.row === null ? null : stood.rows[node.row]?.position ?? null)))
  return { faults: [...faults, ...ready.filter(({ holds }) => budget.givenUp.has(holds)).map(notJudged)], ...counted }
}

/** @throws NotKnown where nobody knows */
function houseOf({ figure, isInArea }: Beside): NonNullable<Asking['house']> {
  const must = <T>(value: T | null): T => { if (value === null) throw new NotKnown(); return value }
  return { figure: indicator => must(figure(indicator)), isInArea: (point, metres) => must(isInArea(point, metres)) }
}

function nodesAt(document: FormNode, path: string): FormNode[] {
  return path.split('/').slice(1).reduce<FormNode[]>((nodes, name) => nodes.flatMap(node => node.children.filter(child => child.name === name)), [document])
}

function isAnswered({ needs }: Ready, node: FormNode, given: Asking): boolean {
  return needs.every(answers => evaluate(answers, node, given, value => typeof value === 'object' && value.some(isFilled)) === true)
}

const isFilled = ({ text, children }: FormNode): boolean => children.length > 0 || text !== ''

function faultOf({ check, context, first, kept }: Ready, position: number | null): CheckFault {
  const { say, remedy, severity, id } = check, label = first?.label, isBeside = first !== null && (first.repeat === null || first.repeat === context)
  const tell = (lang: 'th' | 'en') => `${label ? `“${label[lang]}”: ` : ''}${say[lang]} ${remedy[lang]}`.trim()
  return { key: isBeside ? first.key : null, repeat: isBeside ? first.repeat : null, row: isBeside && first.repeat !== null ? position : null, kind: 'check', say: { th: tell('th'), en: tell('en') }, check: id, severity, sensitivity: kept }
}

/** Given up because it takes too long on this record: told, not passed over. */
function notJudged({ check: { id, say }, kept }: Ready): CheckFault {
  return { key: null, repeat: null, row: null, kind: 'not-judged', say: { th: `กฎตรวจ “${id}” ใช้เวลานานเกินไปกับรายการนี้ จึงไม่ได้ตรวจ โปรดดูเอง: ${say.th}`, en: `The check “${id}” takes too long on this record and was not judged. Look yourself: ${say.en}` }, check: id, sensitivity: kept }
}

/** Neither what is only confirmed nor the choice of what is there already. */
function meantIn({ questions }: FormModel): ReadonlySet<string> {
  return new Set(questions.filter(({ asked, type, role, choicesFile }) => asked && type !== 'trigger' && (!choicesFile || role === 'place')).map(({ path }) => path))
}

/** Of the questions that are asked and apply by the other answers. */
function countAnswered({ rules, meant }: CheckBook, document: FormNode, given: Asking): Pick<Verdict, 'asked' | 'answered'> {
  const count = { asked: 0, answered: 0 }
  const visit = (node: FormNode, above: boolean | null) => {
    const applies = both(above, truth(rules.byPath.get(node.path)?.relevant, node, given, true))
    if (applies !== true) return
    if (meant.has(node.path)) { count.asked++; if (node.text !== '') count.answered++ }
    for (const child of node.children) visit(child, applies)
  }
  visit(document, true)
  return count
}
