import { known, ofTexts, type Functions } from './compile.known.ts'
import { textOf, toBoolean, toNumber, toText, type Context, type FormNode, type Value } from './compile.values.ts'

/** Functions that want nodes say so by name where they are given something else. */
export const WANT_NODES: Record<string, number[]> = { count: [0], 'count-non-empty': [0], sum: [0], position: [0], randomize: [0], 'indexed-repeat': [0, 1, 3, 5] }

const words = (list: string) => list.trim().split(/\s+/)
const nodesOf = (value: Value | undefined): FormNode[] => typeof value === 'object' ? value : []

export const NODE_FUNCTIONS: Functions = {
  true: known(0, 0, () => true), false: known(0, 0, () => false),
  boolean: known(1, 1, ({ given }, value = '') => toBoolean(value, given)), not: known(1, 1, ({ given }, value = '') => !toBoolean(value, given)),
  count: known(1, 1, (_, value) => nodesOf(value).length),
  'count-non-empty': known(1, 1, ({ given }, value) => nodesOf(value).filter(node => textOf(node, given) !== '').length),
  position: known(0, 1, ({ position }, value) => value === undefined ? position : nodesOf(value)[0]?.position ?? NaN),
  last: known(0, 0, ({ size }) => size),
  current: known(0, 0, ({ current }) => [current]),
  instance: known(1, 1, ({ given }, id = '') => { const list = given.lookup(toText(id, given)); return list ? [list] : [] }),
  pulldata: known(4, 4, ({ given }, id = '', wanted = '', key = '', value = '') => {
    const [want, by, text] = [wanted, key, value].map(part => toText(part, given))
    const row = given.lookup(toText(id, given))?.children[0]?.children.find(row => { given.spend(row.children.length); return cell(row, by) === text })
    return row ? cell(row, want) ?? '' : ''
  }),
  // Whatever the order is, the nodes are the same ones.
  randomize: known(1, 2, (_, value) => nodesOf(value)),
  selected: ofTexts(2, 2, (list = '', value = '') => words(list).includes(value.trim())),
  'selected-at': known(2, 2, ({ given }, list = '', index = 0) => words(toText(list, given))[Math.trunc(toNumber(index, given))] ?? ''),
  'count-selected': ofTexts(1, 1, (list = '') => words(list).filter(word => word !== '').length),
}

function cell(row: FormNode, column: string | undefined): string | undefined {
  return row.children.find(node => node.name === column)?.text
}

/** One step of the way to a question: of a repeat, the row with the index, or the row that the question stands in. */
export function stepInto(nodes: FormNode[], name: string, index: number | null, { current, given }: Context): FormNode[] {
  return nodes.flatMap(node => {
    given.spend(node.children.length)
    const children = node.children.filter(child => child.name === name)
    if (index !== null) return children.slice(index - 1, index)
    const own = children.find(child => child.row !== null && isAround(child, current))
    return own ? [own] : children
  })
}

export function isAround(node: FormNode, inner: FormNode): boolean {
  for (let at: FormNode | null = inner; at; at = at.parent) if (at === node) return true
  return false
}
