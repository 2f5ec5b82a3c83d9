import { DATE_FUNCTIONS } from './compile.date.ts'
import type { Functions, Known } from './compile.known.ts'
import { HOUSE_FUNCTIONS } from './compile.house.ts'
import { NODE_FUNCTIONS, stepInto, WANT_NODES } from './compile.nodes.ts'
import { NUMBER_FUNCTIONS } from './compile.number.ts'
import { documentOf, filter, inOrder, walk } from './compile.paths.ts'
import { PLACE_FUNCTIONS } from './compile.place.ts'
import { patternOf, TEXT_FUNCTIONS } from './compile.text.ts'
import { compare, textOf, toBoolean, toNumber, toText, type Client, type Compiled, type Context, type FormNode, type Given, type Value } from './compile.values.ts'
import { parseExpression, type Expression } from './expression.ts'
import { expressionProblems } from './expression.problems.ts'
import { isEndless, waysToTry } from './pattern.ts'

type Of<K extends Expression['kind']> = Extract<Expression, { kind: K }>
/** So many ways to fit a pattern are tried in the time that a node takes. */
const WAYS = 64
type Special = { least: number; most: number; make: (values: Expression[], expression: string) => Compiled }

const KNOWN: Functions = { ...TEXT_FUNCTIONS, ...NUMBER_FUNCTIONS, ...DATE_FUNCTIONS, ...NODE_FUNCTIONS, ...PLACE_FUNCTIONS }
/** What the specification has and we cannot compute: digests want cryptography, the texts of the form are not in its model. */
const UNSUPPORTED = new Set(['digest', 'base64-decode', 'extract-signed', 'jr:itext', 'text', 'comment', 'processing-instruction', 'lang', 'id', 'name', 'local-name', 'namespace-uri'])

/**
 * An expression as a plain function, made of closures: nothing is evaluated as code.
 * @throws `form/expression-…`, naming the function, the character or the pattern
 */
export function compile(expression: string): Compiled {
  return make(parseExpression(expression), expression)
}

function make(tree: Expression, expression: string): Compiled {
  switch (tree.kind) {
    case 'text': case 'number': { const { value } = tree; return () => value }
    case 'negative': { const of = make(tree.of, expression); return context => -toNumber(of(context), context.given) }
    case 'binary': return makeBinary(tree, expression)
    case 'path': return makePath(tree, expression)
    case 'call': return makeCall(tree, expression)
    default: return tree satisfies never
  }
}

function makeBinary({ operator, left, right }: Of<'binary'>, expression: string): Compiled {
  const a = make(left, expression), b = make(right, expression)
  const ofNumbers = (compute: (a: number, b: number) => number): Compiled => context => compute(toNumber(a(context), context.given), toNumber(b(context), context.given))
  switch (operator) {
    case 'or': return context => toBoolean(a(context), context.given) || toBoolean(b(context), context.given)
    case 'and': return context => toBoolean(a(context), context.given) && toBoolean(b(context), context.given)
    case '+': return ofNumbers((a, b) => a + b)
    case '-': return ofNumbers((a, b) => a - b)
    case '*': return ofNumbers((a, b) => a * b)
    case 'div': return ofNumbers((a, b) => a / b)
    case 'mod': return ofNumbers((a, b) => a % b)
    case '|': {
      for (const side of [left, right]) if (!givesNodes(side)) throw expressionProblems.notNodes({ expression, name: '|' })
      return context => inOrder([...nodesOf(a(context)), ...nodesOf(b(context))])
    }
    default: return context => compare(operator, a(context), b(context), context.given)
  }
}

function makePath({ from, where, steps }: Of<'path'>, expression: string): Compiled {
  const compiled = steps.map(step => ({ ...step, where: step.where.map(condition => make(condition, expression)) }))
  if (from === 'here') return context => walk([context.node], compiled, false, context)
  // The document is that of the answers, also inside a condition on the rows of a list.
  if (from === 'document') return context => walk([documentOf(context.current)], compiled, true, context)
  if (!givesNodes(from)) throw expressionProblems.notNodes({ expression, name: '[…]' })
  const first = make(from, expression), conditions = where.map(condition => make(condition, expression))
  return context => walk(filter(conditions, nodesOf(first(context)), context), compiled, false, context)
}

function makeCall({ name, values }: Of<'call'>, expression: string): Compiled {
  const found: Known | Special | undefined = Object.hasOwn(SPECIAL, name) ? SPECIAL[name] : Object.hasOwn(KNOWN, name) ? KNOWN[name] : HOUSE_FUNCTIONS.get(name)
  if (found === undefined) throw expressionProblems[UNSUPPORTED.has(name) ? 'unsupported' : 'unknownFunction']({ expression, name: UNSUPPORTED.has(name) ? `${name}()` : name })
  const { least, most } = found
  const wanted = least === most ? String(least) : most === Infinity ? `≥ ${least}` : `${least}–${most}`
  if (values.length < least || values.length > most) throw expressionProblems.badArguments({ expression, name, given: values.length, wanted })
  for (const at of WANT_NODES[name] ?? []) if (values[at] && !givesNodes(values[at])) throw expressionProblems.notNodes({ expression, name: `${name}()` })
  if ('make' in found) return found.make(values, expression)
  const { call } = found, compiled = values.map(value => make(value, expression))
  return context => call(context, ...compiled.map(value => value(context)))
}

/** Functions that do not want all their values, or want one as it is written. */
const SPECIAL: Record<string, Special> = {
  if: { least: 3, most: 3, make: (values, expression) => {
    const [condition, yes, no] = values.map(value => make(value, expression)) as [Compiled, Compiled, Compiled]
    return context => (toBoolean(condition(context), context.given) ? yes : no)(context)
  } },
  coalesce: { least: 2, most: 2, make: (values, expression) => {
    const [first, second] = values.map(value => make(value, expression)) as [Compiled, Compiled]
    return context => { const value = first(context); return toText(value, context.given) === '' || Number.isNaN(value) ? second(context) : value }
  } },
  once: { least: 1, most: 1, make: ([value], expression) => {
    const compute = make(value as Expression, expression)
    return context => textOf(context.node, context.given) || compute(context)
  } },
  regex: { least: 2, most: 2, make: makeRegex },
  'indexed-repeat': { least: 3, most: 7, make: makeIndexedRepeat },
  'jr:choice-name': { least: 2, most: 2, make: makeChoiceName },
}

/** A pattern that is written out is read once, and told if it is wrong or endless. */
function makeRegex([value, pattern]: Expression[], expression: string): Compiled {
  const text = make(value as Expression, expression)
  if (pattern?.kind === 'text') {
    const fits = readPattern(pattern.value, expression)
    return context => fits(toText(text(context), context.given), context.given)
  }
  const computed = make(pattern as Expression, expression)
  return context => {
    const pattern = toText(computed(context), context.given)
    context.given.spend(pattern.length)
    return readPattern(pattern, expression)(toText(text(context), context.given), context.given)
  }
}

function readPattern(pattern: string, expression: string): (text: string, given: Given) => boolean {
  let patterns: Record<Client, RegExp>
  try { patterns = { web: patternOf(pattern, 'web'), collect: patternOf(pattern, 'collect') } }
  catch { throw expressionProblems.badPattern({ expression, pattern }) }
  if (isEndless(pattern)) throw expressionProblems.endlessPattern({ expression, pattern })
  const ways = { web: waysToTry(pattern), collect: waysToTry(`^(?:${pattern})$`) }
  return (text, { client, spend }) => {
    spend(ways[client](text.length) / WAYS)
    return patterns[client].test(text)
  }
}

/** `indexed-repeat(question, repeat, index, …)`: the answer in the row with the index. */
function makeIndexedRepeat([question, ...pairs]: Expression[], expression: string): Compiled {
  const pathOf = (tree: Expression) => staticPath(tree) ?? firstPath(make(tree, expression))
  const target = pathOf(question as Expression), compiled = pairs.map((tree, i) => i % 2 === 0 ? { path: pathOf(tree) } : { index: make(tree, expression) })
  if (pairs.length % 2 !== 0) throw expressionProblems.badArguments({ expression, name: 'indexed-repeat', given: pairs.length + 1, wanted: '3, 5, 7' })
  return context => {
    const indices = new Map<string, number>()
    for (let i = 0; i < compiled.length; i += 2) indices.set(compiled[i]?.path?.(context) ?? '', toNumber(compiled[i + 1]?.index?.(context) ?? NaN, context.given))
    let nodes = [documentOf(context.current)], path = ''
    for (const name of target(context).split('/').slice(1)) {
      path += `/${name}`
      nodes = stepInto(nodes, name, indices.get(path) ?? null, context)
    }
    return nodes
  }
}

/** A path that is written out from the document, without conditions. */
function staticPath(tree: Expression): ((context: Context) => string) | null {
  const isPlain = tree.kind === 'path' && tree.from === 'document' && tree.steps.every(step => step.axis === 'child' && step.name !== '*' && step.where.length === 0)
  const path = isPlain ? tree.steps.map(step => `/${step.name}`).join('') : ''
  return isPlain ? () => path : null
}

function firstPath(compiled: Compiled): (context: Context) => string {
  return context => nodesOf(compiled(context))[0]?.path ?? ''
}

/** The second value is the path of the question, as text. */
function makeChoiceName([value, path]: Expression[], expression: string): Compiled {
  if (path?.kind !== 'text') throw expressionProblems.unsupported({ expression, name: 'jr:choice-name()' })
  const chosen = make(value as Expression, expression), question = firstPath(compile(path.value))
  return context => context.given.choiceName(question(context), toText(chosen(context), context.given))
}

function nodesOf(value: Value): FormNode[] {
  return typeof value === 'object' ? value : []
}

/** Whether an expression can give nodes at all. */
function givesNodes(tree: Expression): boolean {
  if (tree.kind === 'path') return true
  if (tree.kind === 'binary') return tree.operator === '|'
  return tree.kind === 'call' && ['instance', 'current', 'randomize', 'indexed-repeat', 'if', 'coalesce'].includes(tree.name)
}

/** Every function that can be computed. */
export const KNOWN_FUNCTIONS: readonly string[] = [...Object.keys(KNOWN), ...Object.keys(SPECIAL)].sort()
