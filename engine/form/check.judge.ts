import { Problem } from '../../domain/base/problem.ts'
import type { Lang } from '../../domain/base/text.ts'
import type { Choice, FormModel, Question } from '../../domain/dataset/dataset.form.ts'
import { Budget } from './check.budget.ts'
import { NotKnown, type Rules, type RuleBook } from './check.rules.ts'
import { listTree } from './check.tree.ts'
import { toBoolean, toText, type Client, type Compiled, type Context, type FormNode, type Given, type Value } from './compile.values.ts'

/** What the rules say of one answer. Null: it cannot be known. */
export type Judged = {
  node: FormNode
  /** The row that it stands in. */
  row: number | null
  question: Question
  relevant: boolean | null; required: boolean | null
  /** Whether its constraint holds. */
  valid: boolean | null
  /** What its calculation gives. */
  computed: string | null
  /** What may be chosen. */
  allowed: ReadonlySet<string> | null
}
export type FileRows = Record<string, readonly Record<string, string>[]>
export type CheckGiven = {
  /** The day on which the form was finished, and the moment with the offset of the place. */
  today: string; now: string
  /** Files of the dataset by name; choices in others are not judged. */
  files?: FileRows
}
/** What rules are asked with: what expressions need, and what it may cost. */
export type Asking = Given & { budget: Budget }
/** As which program, in which language. */
export type Way = { client: Client; lang: Lang }

export function givenOf(model: FormModel, book: RuleBook, { today, now, files = {} }: CheckGiven, { client, lang }: Way, budget = new Budget()): Asking {
  const lookup = (id: string) => {
    const found = model.logic.lookups.find(lookup => lookup.id === id)
    if (!found) return null
    const rows = found.file === null ? found.rows : files[found.file]
    if (!rows) throw new NotKnown()
    return listTree(rows)
  }
  const given: Asking = {
    client, today, now, lookup, budget, spend: budget.spend, random: () => { throw new NotKnown() }, uuid: () => { throw new NotKnown() },
    choiceName: (path, value) => {
      const { choices, choicesFile } = model.questions.find(question => question.path === path) ?? {}, itemset = book.byPath.get(path)?.itemset
      given.spend(model.questions.length + (choices?.length ?? 0))
      if (choices) return choices.find(choice => choice.value === value)?.label[lang] ?? ''
      const list = model.logic.lookups.find(({ file }) => file !== null && file === choicesFile)
      const row = list && itemset && lookup(list.id)?.children[0]?.children.find(item => stored(itemset.value(contextOf(item, given)), given) === value)
      return row && itemset ? stored(itemset.label(contextOf(row, given)), given) : ''
    },
  }
  return given
}

const NO_RULES: Rules = {}
const byPath = new WeakMap<FormModel, ReadonlyMap<string, Question>>()

/** Made once of each form. */
function questionsOf(model: FormModel): ReadonlyMap<string, Question> {
  const questions = byPath.get(model) ?? new Map(model.questions.map(question => [question.path, question]))
  byPath.set(model, questions)
  return questions
}

/** Every answer of the form, where it applies or not, in the order of the document. */
export function judge(model: FormModel, book: RuleBook, document: FormNode, given: Asking): Judged[] {
  const questions = questionsOf(model), judged: Judged[] = []
  const visit = (node: FormNode, above: boolean | null, row: number | null) => {
    const rules = book.byPath.get(node.path) ?? NO_RULES, question = questions.get(node.path)
    const relevant = both(above, truth(rules.relevant, node, given, true)), own = node.row ?? row
    if (question) judged.push(judgedOf({ node, row: own, question, relevant }, rules, given))
    for (const child of node.children) visit(child, relevant, own)
  }
  visit(document, true, null)
  return judged
}

function judgedOf({ node, row, question, relevant }: Pick<Judged, 'node' | 'row' | 'question' | 'relevant'>, rules: Rules, given: Asking): Judged {
  const { choices } = question
  return {
    node, row, question, relevant,
    required: truth(rules.required, node, given, false), valid: truth(rules.constraint, node, given, true), computed: at(rules.calculate, node, given),
    allowed: rules.itemset ? chosenFrom(rules.itemset, node, given) : choices && valuesOf(choices),
  }
}

function chosenFrom({ nodes, value }: NonNullable<Rules['itemset']>, node: FormNode, given: Asking): ReadonlySet<string> | null {
  const items = evaluate(nodes, node, given, value => typeof value === 'object' ? value : null)
  const values = items?.map(item => at(value, item, given))
  return values?.every(value => value !== null) ? new Set(values) : null
}

const valueSets = new WeakMap<readonly Choice[], ReadonlySet<string>>()

/** Made once of each list. */
function valuesOf(choices: readonly Choice[]): ReadonlySet<string> {
  const values = valueSets.get(choices) ?? new Set(choices.map(choice => choice.value))
  valueSets.set(choices, values)
  return values
}

export function both(a: boolean | null, b: boolean | null): boolean | null {
  return a === false || b === false ? false : a === null || b === null ? null : true
}

export function truth(rule: Compiled | undefined, node: FormNode, given: Asking, without: boolean): boolean | null {
  return rule === undefined ? without : evaluate(rule, node, given, toBoolean)
}

function at(rule: Compiled | undefined, node: FormNode, given: Asking): string | null {
  return rule === undefined ? null : evaluate(rule, node, given, stored)
}

/** A text as it is stored: what is no number is blank. */
function stored(value: Value, given: Given): string {
  return Number.isNaN(value) ? '' : toText(value, given)
}

function contextOf(node: FormNode, given: Given): Context {
  return { node, current: node, position: 1, size: 1, given }
}

export function evaluate<T>(rule: Compiled, node: FormNode, given: Asking, as: (value: Value, given: Given) => T): T | null {
  if (!given.budget.begin(rule)) return null
  try {
    return as(rule(contextOf(node, given)), given)
  } catch (error) {
    // A problem: the expression made a pattern out of answers, and it is none, or endless.
    if (error instanceof NotKnown || error instanceof Problem) return null
    throw error
  }
}
