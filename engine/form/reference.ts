import type { FormSpot } from '../../domain/dataset/problems.form.ts'
import type { FormFaults } from './convert.faults.ts'
import { nearest } from './convert.near.ts'
import { findSyntaxFault } from './reference.syntax.ts'
import { hasReference, referenceIn, REFERENCES, tokensOf, type Token } from './reference.tokens.ts'
import { allNodes, lineOf, pathOf, type FormNode } from './tree.ts'

export const LAST_SAVED = '__last-saved'

/** `context`: the node that an expression belongs to. `isFilter`: it stands inside `[…]` of a choice list. `candidate`: the node that is filtered, when answers are choices. */
export type Context = { context: FormNode | null; spot: FormSpot; isFilter?: boolean; candidate?: FormNode }

export type Resolver = {
  /** An expression with paths for names, checked. */
  expression: (text: string, where: Context) => string
  /** A text with paths for names, in which no expression is expected. */
  attribute: (text: string, where: Context) => string
  /** Tells what is meant as a reference in a text and cannot be read. */
  checkText: (text: string, spot: FormSpot) => void
  /** The node of a name; a fault when there is none, or more than one. */
  find: (name: string, spot: FormSpot) => FormNode | null
  path: (target: FormNode, context: FormNode | null) => string
  /** What expressions asked for beside the form: lists by `instance('…')`, files by `pulldata('…')`, and the answers of last time. */
  asked: { instances: Map<string, FormSpot>; files: Map<string, FormSpot>; lastSaved: boolean }
}

export function makeResolver(root: FormNode, faults: FormFaults): Resolver {
  const byName = Map.groupBy(allNodes(root).filter(node => node !== root && !node.type.endsWith('-external')), ({ name }) => name)
  const asked: Resolver['asked'] = { instances: new Map(), files: new Map(), lastSaved: false }
  const find = (name: string, spot: FormSpot) => findNode(name, byName, spot, faults)
  const replace = (tokens: Token[], where: Context) => {
    const places = placesOf(tokens)
    return tokens.map((token, i) => token.kind === 'reference' ? pathFor(token.text, places[i] as Place, where) : token.text).join('')
  }
  const pathFor = (text: string, place: Place, where: Context) => {
    const reference = referenceIn(text), target = reference && find(reference.name, where.spot)
    if (!target) return text
    if (reference.lastSaved) asked.lastSaved = true
    return ` ${reference.lastSaved ? `instance('${LAST_SAVED}')${pathOf(target)}` : pathFrom(target, place, where)} `
  }
  return {
    find, path: relativePath, asked,
    checkText: (text, spot) => checkText(text, spot, faults),
    attribute: (text, where) => {
      checkText(text, where.spot, faults)
      return text.replace(REFERENCES, found => pathFor(found, NOWHERE, where))
    },
    expression: (text, where) => {
      const tokens = tokensOf(text)
      checkSyntax(text, tokens, where.spot, faults)
      noteInstances(tokens, where.spot, asked)
      return replace(tokens, where)
    },
  }
}

function findNode(name: string, byName: Map<string, FormNode[]>, spot: FormSpot, faults: FormFaults): FormNode | null {
  const found = byName.get(name) ?? []
  if (found.length === 1) return found[0] as FormNode
  const near = nearest(name, byName.keys())
  if (found.length > 1) faults.add('ambiguousReference', spot, { name, rows: found.map(({ row }) => row.row).join(', ') })
  else if (near !== null) faults.add('nearReference', spot, { name, near })
  else faults.add('unknownReference', spot, { name })
  return null
}

const NEARBY = 20

function checkSyntax(text: string, tokens: Token[], spot: FormSpot, faults: FormFaults): void {
  const fault = findSyntaxFault(tokens)
  if (fault === null) return
  if (fault.code === 'unknownFunction') faults.add('unknownFunction', spot, { name: fault.name })
  else faults.add(fault.code, spot, { value: text.slice(Math.max(0, fault.at - NEARBY), fault.at + NEARBY).trim() })
}

function checkText(text: string, spot: FormSpot, faults: FormFaults): void {
  const rest = text.replace(REFERENCES, found => referenceIn(found) === null ? found : '')
  if (hasReference(rest)) faults.add('badReference', spot, { value: rest.slice(rest.indexOf('${')).slice(0, NEARBY) })
}

function noteInstances(tokens: Token[], spot: FormSpot, asked: Resolver['asked']): void {
  const solid = tokens.filter(({ kind }) => kind !== 'space')
  solid.forEach(({ kind, text }, i) => {
    const argument = solid[i + 2]
    if (kind !== 'function' || argument?.kind !== 'string') return
    const name = argument.text.slice(1, -1)
    if (text === 'instance') asked.instances.set(name, spot)
    if (text === 'pulldata') asked.files.set(name.replace(/\.csv$/, ''), spot)
  })
}

/** Where in an expression a reference stands: in how many predicates, and as which argument of `indexed-repeat`. */
type Place = { predicates: number; isIndexed: boolean }
const NOWHERE: Place = { predicates: 0, isIndexed: false }
/** `indexed-repeat` looks a question up by its whole path, and so its repeats. */
const WHOLE_PATHS = [0, 1, 3, 5]

function placesOf(tokens: Token[]): Place[] {
  const open: { text: string; calls: string; argument: number }[] = []
  let called = ''
  return tokens.map(({ kind, text }) => {
    const inner = open.at(-1)
    if (kind === 'open') open.push({ text, calls: text === '(' ? called : '', argument: 0 })
    if (kind === 'close') open.pop()
    if (kind === 'comma' && inner) inner.argument++
    if (kind !== 'space') called = kind === 'function' ? text : ''
    return { predicates: open.filter(({ text }) => text === '[').length, isIndexed: inner?.calls === 'indexed-repeat' && WHOLE_PATHS.includes(inner.argument) }
  })
}

function pathFrom(target: FormNode, { predicates, isIndexed }: Place, { context, isFilter, candidate }: Context): string {
  if (candidate && lineOf(target).includes(candidate) && target !== candidate) return `./${below(candidate, target)}`
  const path = isIndexed ? pathOf(target) : relativePath(target, context)
  return path.startsWith('..') && (isFilter || predicates > 0) ? `current()/${path}` : path
}

/** From the root; but relative where both stand in the same repeat, so that each turn of it sees its own answers. */
function relativePath(target: FormNode, context: FormNode | null): string {
  if (context === null) return pathOf(target)
  const above = lineOf(target).slice(0, -1), around = lineOf(context).slice(0, -1)
  const shared = above.filter(node => around.includes(node))
  if (!shared.some(({ kind }) => kind === 'repeat')) return pathOf(target)
  const last = shared.at(-1) as FormNode
  return `${'../'.repeat(around.length - around.indexOf(last))}${below(last, target)}`
}

/** The names from a node down to one that it holds. */
export function below(ancestor: FormNode, node: FormNode): string {
  const line = lineOf(node)
  return line.slice(line.indexOf(ancestor) + 1).map(({ name }) => name).join('/')
}
