import { Problem } from '../../domain/base/problem.ts'
import type { Lang } from '../../domain/base/text.ts'
import type { FormModel, Question } from '../../domain/dataset/dataset.form.ts'
import { NotKnown, type Rules, type RuleBook } from './check.rules.ts'
import { listTree } from './check.tree.ts'
import { textOf, toBoolean, toText, type Client, type Compiled, type FormNode, type Given, type Value } from './compile.values.ts'

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
/** As which program, in which language. */
export type Way = { client: Client; lang: Lang }

export function givenOf(model: FormModel, book: RuleBook, { today, now, files = {} }: CheckGiven, { client, lang }: Way): Given {
  const lookup = (id: string) => {
    const found = model.logic.lookups.find(lookup => lookup.id === id)
    if (!found) return null
    const rows = found.file === null ? found.rows : files[found.file]
    if (!rows) throw new NotKnown()
    return listTree(rows)
  }
  const given: Given = {
    client, today, now, lookup, random: () => { throw new NotKnown() }, uuid: () => { throw new NotKnown() },
    choiceName: (path, value) => {
      const choices = model.questions.find(question => question.path === path)?.choices
      if (choices) return choices.find(choice => choice.value === value)?.label[lang] ?? ''
      const file = model.logic.lookups.find(({ file }) => file !== null && file === model.questions.find(question => question.path === path)?.choicesFile)
      const row = file && lookup(file.id)?.children[0]?.children.find(item => at(book.byPath.get(path)?.itemset?.value, item, given) === value)
      return row ? at(book.byPath.get(path)?.itemset?.label, row, given) ?? '' : ''
    },
  }
  return given
}

/** Every answer of the form, where it applies or not, in the order of the document. */
export function judge(model: FormModel, book: RuleBook, document: FormNode, given: Given): Judged[] {
  const questions = new Map(model.questions.map(question => [question.path, question])), judged: Judged[] = []
  const visit = (node: FormNode, above: boolean | null, row: number | null) => {
    const rules = book.byPath.get(node.path) ?? {}, question = questions.get(node.path)
    const relevant = both(above, truth(rules.relevant, node, given, true)), own = node.row ?? row
    if (question) judged.push({ node, row: own, question, relevant, ...verdictsOf(rules, question, node, given) })
    for (const child of node.children) visit(child, relevant, own)
  }
  visit(document, true, null)
  return judged
}

function verdictsOf(rules: Rules, { choices }: Question, node: FormNode, given: Given): Pick<Judged, 'required' | 'valid' | 'computed' | 'allowed'> {
  return {
    required: truth(rules.required, node, given, false), valid: truth(rules.constraint, node, given, true), computed: at(rules.calculate, node, given),
    allowed: rules.itemset ? chosenFrom(rules.itemset, node, given) : choices && new Set(choices.map(choice => choice.value)),
  }
}

function chosenFrom({ nodes, value }: NonNullable<Rules['itemset']>, node: FormNode, given: Given): ReadonlySet<string> | null {
  const items = evaluate(nodes, node, given)
  return typeof items === 'object' && items !== null ? new Set(items.flatMap(item => at(value, item, given) ?? [])) : null
}

function both(a: boolean | null, b: boolean | null): boolean | null {
  return a === false || b === false ? false : a === null || b === null ? null : true
}

function truth(rule: Compiled | undefined, node: FormNode, given: Given, without: boolean): boolean | null {
  if (rule === undefined) return without
  const value = evaluate(rule, node, given)
  return value === null ? null : toBoolean(value, given)
}

/** A text as it is stored: what is no number is blank. */
function at(rule: Compiled | undefined, node: FormNode, given: Given): string | null {
  const value = rule === undefined ? null : evaluate(rule, node, given)
  return value === null ? null : Number.isNaN(value) ? '' : typeof value === 'object' && value[0] ? textOf(value[0]) : toText(value, given)
}

function evaluate(rule: Compiled, node: FormNode, given: Given): Value | null {
  try {
    return rule({ node, current: node, position: 1, size: 1, given })
  } catch (error) {
    // A problem: the expression made a pattern out of answers, and it is none.
    if (error instanceof NotKnown || error instanceof Problem) return null
    throw error
  }
}
