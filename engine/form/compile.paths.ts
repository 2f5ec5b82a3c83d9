import { isAround } from './compile.nodes.ts'
import { toBoolean, type Compiled, type Context, type FormNode, type Given } from './compile.values.ts'
import type { Step } from './expression.ts'

export type CompiledStep = Omit<Step, 'where'> & { where: Compiled[] }

/** Goes the way of a path from given nodes. */
export function walk(from: FormNode[], steps: CompiledStep[], isAbsolute: boolean, context: Context): FormNode[] {
  const nodes = steps.reduce((nodes, step, i) => {
    const isOnTheWay = isAbsolute && context.given.client === 'collect' && i < steps.length - 1
    const found = nodes.flatMap(node => {
      const near = candidates(node, step, context.given)
      return filter(step.where, isOnTheWay ? narrow(near, step, context) : near, context)
    })
    return step.axis === 'child' || nodes.length < 2 ? found : [...new Set(found)]
  }, from)
  const sorted = steps.some(step => step.axis === 'within') ? inOrder(nodes) : nodes
  return context.given.client === 'collect' ? sorted.filter(node => node.answered) : sorted
}

function candidates(node: FormNode, { axis, name }: CompiledStep, given: Given): FormNode[] {
  given.spend(1 + node.children.length)
  const named = (nodes: FormNode[]) => name === '*' ? nodes : nodes.filter(node => node.name === name)
  switch (axis) {
    case 'child': return named(node.children)
    case 'parent': return named(node.parent ? [node.parent] : [])
    case 'self': return named([node])
    case 'within': return [node, ...node.children.flatMap(child => candidates(child, { axis, name: '*', where: [] }, given))]
    default: return axis satisfies never
  }
}

/** By the specification a path into one's own repeat means one's own row; Web Forms takes it for all rows, as XPath does. */
function narrow(nodes: FormNode[], { where }: CompiledStep, { current }: Context): FormNode[] {
  if (where.length > 0 || nodes[0]?.row == null) return nodes
  const own = nodes.find(node => isAround(node, current))
  return own ? [own] : nodes
}

/** Those for which every condition holds; a number is a position. */
export function filter(where: Compiled[], nodes: FormNode[], context: Context): FormNode[] {
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
