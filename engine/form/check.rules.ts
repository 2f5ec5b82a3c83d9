import { Problem } from '../../domain/base/problem.ts'
import type { Text } from '../../domain/base/text.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { HOUSE_FUNCTIONS } from './compile.house.ts'
import { compile } from './compile.ts'
import type { Compiled } from './compile.values.ts'
import { expressionProblems } from './expression.problems.ts'
import { parseExpression, type Expression } from './expression.ts'
import { langOf } from './read-xform.texts.ts'

/** What must hold at a node. */
export type Rules = Partial<Record<'relevant' | 'required' | 'constraint' | 'calculate', Compiled>> & { itemset?: { nodes: Compiled; value: Compiled; label: Compiled } }
/** A rule that the server cannot judge, and why. */
export type NotJudged = { path: string; expression: string; say: Text }
/** `source`: where a rule stands, and what it says. */
export type RuleBook = { byPath: Map<string, Rules>; source: Map<Compiled, { path: string; expression: string }>; notJudged: NotJudged[]; speaks: boolean }

/** Thrown where a rule cannot be judged: no verdict is given. Nobody reads where that was, and of a table it is thrown a million times. */
export class NotKnown extends Error {
  constructor() {
    const limit = Error.stackTraceLimit
    Error.stackTraceLimit = 0
    super()
    Error.stackTraceLimit = limit
  }
}

/** What nobody can compute again afterwards. Inside `once()` it need not be: what stands there is kept. */
const BY_CHANCE = ['random', 'uuid', 'now']

/** Every rule of a form, compiled once. */
export function readRules(model: FormModel): RuleBook {
  const book: RuleBook = { byPath: new Map(), source: new Map(), notJudged: [], speaks: false }
  const add = (path: string, name: Exclude<keyof Rules, 'itemset'>, expression: string | null) => {
    if (expression !== null) rulesAt(book, path)[name] = tryCompile(path, expression, name === 'calculate', model, book)
  }
  for (const [path, relevant] of Object.entries(model.logic.groups)) add(path, 'relevant', relevant)
  for (const { path, relevant, required, constraint, calculate } of model.questions) {
    add(path, 'relevant', relevant)
    add(path, 'required', required)
    add(path, 'constraint', constraint)
    add(path, 'calculate', calculate)
  }
  for (const [path, itemset] of Object.entries(model.logic.itemsets)) {
    const [nodes, value] = [itemset.nodeset, itemset.value].map(expression => tryCompile(path, expression, false, model, book)) as [Compiled, Compiled]
    // A label out of the texts of the form is known from the choices.
    const label = itemset.label.startsWith('jr:itext') ? () => '' : tryCompile(path, itemset.label, false, model, book)
    rulesAt(book, path).itemset = { nodes, value, label }
  }
  return book
}

function rulesAt({ byPath }: RuleBook, path: string): Rules {
  const rules = byPath.get(path) ?? {}
  byPath.set(path, rules)
  return rules
}

function tryCompile(path: string, expression: string, isCalculation: boolean, { languages }: FormModel, book: RuleBook): Compiled {
  try {
    const compiled = compile(expression), calls = callsIn(parseExpression(expression)), speaks = calls.has('jr:choice-name')
    const foreign = [...calls].find(name => HOUSE_FUNCTIONS.has(name))
    if (foreign !== undefined) throw expressionProblems.unknownFunction({ expression, name: foreign })
    book.speaks ||= speaks
    book.source.set(compiled, { path, expression })
    const isForeign = speaks && languages.some(language => langOf(language) === null && language !== 'default')
    return isForeign || (isCalculation && BY_CHANCE.some(name => calls.has(name))) ? notKnown : compiled
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    book.notJudged.push({ path, expression, say: error.say })
    return notKnown
  }
}

function notKnown(): never {
  throw new NotKnown()
}

/** Which functions an expression calls, but for those inside `once()`. */
function callsIn(tree: Expression): Set<string> {
  switch (tree.kind) {
    case 'text': case 'number': return new Set()
    case 'negative': return callsIn(tree.of)
    case 'binary': return union([tree.left, tree.right])
    case 'call': return tree.name === 'once' ? new Set(['once']) : new Set([tree.name, ...union(tree.values)])
    case 'path': return union([...typeof tree.from === 'object' ? [tree.from] : [], ...tree.where, ...tree.steps.flatMap(step => step.where)])
    default: return tree satisfies never
  }
}

function union(trees: Expression[]): Set<string> {
  return new Set(trees.flatMap(tree => [...callsIn(tree)]))
}
