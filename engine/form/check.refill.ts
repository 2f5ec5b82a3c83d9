import type { Answers } from './answers.ts'
import { writeValue } from './answers.value.ts'
import { buildTree, countNodes, type Template } from './check.tree.ts'
import type { FormNode } from './compile.values.ts'

/** Of the answers and of what stands empty beside them: more would take the memory of the server. */
export const MOST_NODES = 500_000
const META = { instanceID: 'instanceId', deprecatedID: 'deprecatedId', instanceName: 'instanceName' } as const
/** `meta`: which of them stands there, of the three that every form has. */
type Leaf = { node: FormNode; isLeaf: boolean; meta: typeof META[keyof typeof META] | null }

/**
 * Documents of a form (`buildTree`), null where one would be too large. Of answers without rows only the texts differ: of a table the same
 * document is written anew for row after row, so that each holds until the next is asked for.
 */
export function makeTrees(template: Template): (answers: Answers) => FormNode | null {
  let nodes = 0, flat: FormNode | null = null, leaves: Leaf[] = []
  return answers => {
    if (answers.rows.length > 0) return countNodes(template, answers) > MOST_NODES ? null : buildTree(template, answers)
    nodes ||= countNodes(template, answers)
    if (nodes > MOST_NODES) return null
    if (flat === null) leaves = leavesOf(template, flat = buildTree(template, answers))
    else refill(leaves, answers)
    return flat
  }
}

/** All nodes but the document itself, those inside another before it. */
function leavesOf(template: Template, document: FormNode): Leaf[] {
  const leaves: Leaf[] = [], meta = `${template.path}/meta/`
  const visit = (node: FormNode, { children }: Template) => {
    for (const child of node.children) visit(child, children.find(({ name }) => name === child.name) as Template)
    leaves.push({ node, isLeaf: children.length === 0, meta: node.path.startsWith(meta) ? META[node.name as keyof typeof META] ?? null : null })
  }
  for (const child of document.children) visit(child, template)
  return leaves
}

function refill(leaves: readonly Leaf[], answers: Answers): void {
  const { values, unfit } = answers, unfits = unfit.length === 0 ? null : new Map(unfit.map(({ path, text }) => [path, text]))
  for (const { node, isLeaf, meta } of leaves) {
    if (isLeaf) node.text = unfits?.get(node.path) ?? writeValue(meta ? answers[meta] : values[node.path])
    node.answered = meta !== null || node.path in values || node.children.some(isAnswered)
  }
}

const isAnswered = ({ answered }: FormNode) => answered
