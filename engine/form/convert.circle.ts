import { referenceIn, tokensOf } from './reference.tokens.ts'
import { allNodes, lineOf, type FormNode } from './tree.ts'

/** Questions whose calculations and conditions wait for one another; null where each can be known in its turn. */
export function findCircle(root: FormNode): FormNode[] | null {
  const nodes = allNodes(root), byName = Map.groupBy(nodes, ({ name }) => name)
  const needs = new Map(nodes.filter(({ kind }) => kind === 'question').map(node => [node, neededBy(node, byName)]))
  const done = new Set<FormNode>()
  for (const start of needs.keys()) {
    const circle = follow(start, needs, done)
    if (circle !== null) return circle
  }
  return null
}

/** A question needs what its calculation names, and what decides whether it and its groups are asked. */
function neededBy(node: FormNode, byName: Map<string, FormNode[]>): FormNode[] {
  const calculation = node.triggers.length > 0 ? [] : [node.bind['calculate']]
  const expressions = [...calculation, ...lineOf(node).map(({ bind }) => bind['relevant'])]
  return expressions.flatMap(expression => tokensOf(expression ?? '')).flatMap(({ kind, text }) => {
    const reference = kind === 'reference' ? referenceIn(text) : null
    const found = reference && !reference.lastSaved ? byName.get(reference.name) ?? [] : []
    return found.length === 1 && found[0]?.kind === 'question' ? found : []
  })
}

/** Walks in depth without recursion: a chain may be as long as the form. */
function follow(start: FormNode, needs: Map<FormNode, FormNode[]>, done: Set<FormNode>): FormNode[] | null {
  const waiting: { node: FormNode; next: number }[] = [{ node: start, next: 0 }]
  const path = [start]
  while (waiting.length > 0) {
    const here = waiting.at(-1) as (typeof waiting)[number], need = needs.get(here.node)?.[here.next++]
    if (need === undefined || done.has(here.node)) {
      done.add(here.node)
      waiting.pop()
      path.pop()
    } else if (path.includes(need)) return path.slice(path.indexOf(need))
    else if (!done.has(need)) { waiting.push({ node: need, next: 0 }); path.push(need) }
  }
  return null
}
