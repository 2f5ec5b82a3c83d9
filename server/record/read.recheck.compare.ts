import type { FormModel, Question } from '../../domain/dataset/dataset.form.ts'
import type { AnswerRow, Answers } from '../../engine/form/answers.ts'
import { readValue, writeValue } from '../../engine/form/answers.value.ts'
import { isSameAnswer, type Check } from '../../engine/form/check.ts'
import type { CheckGiven } from '../../engine/form/check.judge.ts'
import { faultKey, type Fault } from '../../engine/form/check.ways.ts'
import type { EngineAnswer } from '../base/xforms-engine.ts'

/** A fault that only one of the two tells. */
export type Contradiction = Pick<Fault, 'path' | 'kind'> & { said: 'engine' | 'check' }
/** An answer in the engine, and as it was sent. */
type Pair = { question: Question; row: number | null; engine: EngineAnswer; sent: string }

/**
 * Compares what the engine made of a submission with what our check says. The engine leaves out what does not apply or is no answer, and
 * computes anew, one thing after another; so ours is asked about the answers as the engine has them, and then about each that the engine
 * changed, as it was sent, alone among them. Ours tells only what is wrong in every way, Collect's too, so that it may be silent where its
 * way of Web Forms alone would tell; but it may tell nothing that the engine does not.
 */
export function findContradictions(model: FormModel, sent: Answers, engine: readonly EngineAnswer[], check: Check, given: CheckGiven): Contradiction[] {
  const { answers, pairs } = settle(model, sent, engine), mayTell = check.mayTell(answers, given)
  const found = pairs.flatMap(faultsOf), keys = new Set(found.map(faultKey))
  return [
    ...check(answers, given).filter(fault => !keys.has(faultKey(fault))).map(fault => contradictionOf(fault, 'check')),
    ...found.filter(fault => !mayTell(fault)).map(fault => contradictionOf(fault, 'engine')),
    ...pairs.flatMap(pair => {
      const fault = changeOf(pair)
      return fault && !check.mayTell(withAnswer(answers, pair), given)(fault) ? [contradictionOf(fault, 'engine')] : []
    }),
  ]
}

function contradictionOf({ path, kind }: Fault, said: Contradiction['said']): Contradiction {
  return { path, kind, said }
}

/** What the engine would not let pass in the answers as it has them. */
function faultsOf({ question: { path, calculate }, row, engine: { relevant, required, keepsConstraint, text } }: Pair): Fault[] {
  if (!relevant) return []
  if (text === '') return required && calculate === null ? [{ path, row, kind: 'required' }] : []
  return keepsConstraint ? [] : [{ path, row, kind: 'constraint' }]
}

/** Why the engine did not leave an answer as it was sent; null where it did. The bounds of a range are not in our model. */
function changeOf({ question: { path, type, calculate }, row, engine: { relevant, isRange, text }, sent }: Pair): Fault | null {
  if (!relevant) return sent === '' ? null : { path, row, kind: 'not-relevant' }
  if (calculate !== null) return isSameAnswer(sent, text, type) ? null : { path, row, kind: 'calculation' }
  const isLost = text.trim() === '' ? sent.trim() !== '' : type === 'choices' && !words(sent).every(word => words(text).includes(word))
  return !isLost || isRange ? null : { path, row, kind: readValue(type, sent) === undefined ? 'type' : 'choice' }
}

/** Of rows in a reference. */
const PLACES = /\[\d+\]/g
const words = (text: string) => text.trim().split(/\s+/)

/** The answers as the engine has them, each beside what was sent. */
function settle(model: FormModel, sent: Answers, engine: readonly EngineAnswer[]): { answers: Answers; pairs: Pair[] } {
  const answers: Answers = { ...sent, values: {}, rows: [], unfit: [] }, texts = textsOf(sent), known = new Map<string, number>()
  const questions = new Map(model.questions.map(question => [question.path, question]))
  const pairs = engine.flatMap((one): Pair[] => {
    const question = questions.get(one.reference.replace(PLACES, ''))
    if (!question) return []
    const pair = { question, row: rowOf(one.reference, answers.rows, known), engine: one, sent: texts.get(one.reference) ?? '' }
    if (one.relevant) keep(answers, pair, one.text)
    return [pair]
  })
  return { answers, pairs }
}

/** The row that an answer stands in, made where it is met first. @example rowOf('/data/plot[2]/crop[1]/kind', …) // the first crop of the second plot */
function rowOf(reference: string, rows: AnswerRow[], known: Map<string, number>): number | null {
  const own = reference.slice(0, reference.lastIndexOf(']') + 1), at = own.lastIndexOf('[')
  if (own === '' || known.has(own)) return known.get(own) ?? null
  const parent = rowOf(own.slice(0, at), rows, known)
  known.set(own, rows.push({ repeat: own.replace(PLACES, ''), position: Number(own.slice(at + 1, -1)), parent, values: {} }) - 1)
  return known.get(own) as number
}

/** What was sent, by the reference that the engine has for it. */
function textsOf({ values, rows, unfit }: Answers): Map<string, string> {
  const references: string[] = []
  const referenceOf = (path: string, row: number | null): string => row === null ? path : `${references[row]}${path.slice(rows[row]?.repeat.length)}`
  for (const { repeat, position, parent } of rows) references.push(`${referenceOf(repeat, parent)}[${position}]`)
  const texts = [{ row: null, values }, ...rows.map(({ values }, row) => ({ row, values }))].flatMap(({ row, values }) => Object.entries(values).map(([path, value]) => [referenceOf(path, row), writeValue(value)] as const))
  return new Map([...texts, ...unfit.map(({ path, row, text }) => [referenceOf(path, row), text] as const)])
}

function keep(answers: Answers, { question: { path, type }, row }: Pair, text: string): void {
  const values = row === null ? answers.values : answers.rows[row]?.values ?? {}, value = text === '' ? null : readValue(type, text)
  values[path] = value ?? null
  if (value === undefined) answers.unfit.push({ path, row, text, expected: type })
}

/** The same answers with one as it was sent. */
function withAnswer(answers: Answers, pair: Pair): Answers {
  const copy: Answers = { ...answers, values: { ...answers.values }, rows: answers.rows.map(row => ({ ...row, values: { ...row.values } })), unfit: answers.unfit.filter(({ path, row }) => path !== pair.question.path || row !== pair.row) }
  keep(copy, pair, pair.sent)
  return copy
}
