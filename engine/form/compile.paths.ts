import { isAround } from './compile.nodes.ts'
import { toBoolean, type Compiled, type Context, type FormNode, type Given } from './compile.values.ts'
import type { Step } from './expression.ts'

export type CompiledStep = Omit<Step, 'where'> & { where: Compiled[] }

/** Goes the way of a path from given nodes. */
export function walk(from: FormNode[], steps: CompiledStep[], isAbsolute: boolean, context: Context): FormNode[] {
  const isCollect = context.given.client === 'collect'
  let nodes = from
  for (const [i, step] of steps.entries()) {
    const isOnTheWay = isAbsolute && isCollect && i < steps.length - 1, found: FormNode[] = []
    for (const node of nodes) goOn(node, step, isOnTheWay, context, found)
    nodes = step.axis === 'child' || nodes.length < 2 ? found : [...new Set(found)]
  }
  const sorted = steps.some(step => step.axis === 'within') ? inOrder(nodes) : nodes
  return isCollect ? sorted.filter(node => node.answered) : sorted
}

function goOn(node: FormNode, step: CompiledStep, isOnTheWay: boolean, context: Context, found: FormNode[]): void {
  const near = candidates(node, step, context.given)
  const passing = filter(step.where, isOnTheWay ? narrow(near, step, context) : near, context)
  for (const one of passing) found.push(one)
}

function candidates(node: FormNode, { axis, name }: CompiledStep, given: Given): FormNode[] {
  given.spend(1 + node.children.length)
  switch (axis) {
    case 'child': return named(node.children, name)
    case 'parent': return named(node.parent ? [node.parent] : [], name)
    case 'self': return named([node], name)
    case 'within': return [node, ...node.children.flatMap(child => candidates(child, { axis, name: '*', where: [] }, given))]
    default: return axis satisfies never
  }
}

/** A loop: this is asked more often than anything else of a form. */
function named(nodes: FormNode[], name: string): FormNode[] {
  if (name === '*') return nodes
  const found: FormNode[] = []
  for (const node of nodes) if (node.name === name) found.push(node)
  return found
}

/** By the specification a path into one's own repeat means one's own row; Web Forms takes it for all rows, as XPath does. */
function narrow(nodes: FormNode[], { where }: CompiledStep, { current }: Context): FormNode[] {
  if (where.length > 0 || nodes[0]?.row == null) return nodes
  const own = nodes.find(node => isAround(node, current))
  return own ? [own] : nodes
}

/** Those for which every condition holds; a number is a position. */
export function filter(where: Compiled[], nodes: FormNode[], context: Context): FormNode[] {
  if (where.length === 0) return nodes
  return where.reduce((nodes, condition) => nodes.filter((node, i) => {
    context.given.spend(1)
    const value = condition({ ...context, node, position: i + 1, size: nodes.length })
    return typeof value === 'number' ? value === i + 1 : toBoolean(value, context.given)
  }), nodes)
}

/** In the order of the document, each once. */
export function inOrder(nodes: FormNode[]): FormNode[] {
  return [...new Set(nodes)].sort((a, b) => a.order - b.order)
}

export function documentOf(node: FormNode): FormNode {
  return node.parent === null ? node : documentOf(node.parent)
}
