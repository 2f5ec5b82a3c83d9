import type { ChoiceLists } from './choices.ts'
import type { FormRow, Texts } from './convert.columns.ts'
import type { Settings } from './convert.settings.ts'

/** Where the choices of a question come from, and which of them. */
export type Select = {
  from: 'list' | 'file' | 'answers' | 'external'
  /** Name of the list or file, or `${question}` whose answers are the choices. */
  list: string
  filter: string
  value: string
  label: string
  isRandom: boolean
  seed: string | null
}

/** A place in the form: a question, or what holds questions. Its attributes hold expressions as the author wrote them. */
export type FormNode = {
  kind: 'root' | 'group' | 'repeat' | 'question'
  name: string
  type: string
  row: FormRow
  parent: FormNode | null
  children: FormNode[]
  /** The element of its control; null: it is not shown. */
  tag: string | null
  bind: Record<string, string>
  control: Record<string, string>
  /** Attributes of its element in the instance. */
  instance: Record<string, string>
  /** By column: `label`, `hint`, `guidance_hint`, `media::image`, `bind::jr:constraintMsg`. */
  texts: Record<string, Texts>
  default: string
  select: Select | null
  /** Names of the questions whose change computes it. */
  triggers: string[]
}

/** What the rows of the survey are read against. */
export type Surroundings = { settings: Settings; lists: ChoiceLists; external: ChoiceLists | null; hasChoices: boolean }
/** A group that is being filled. `table`: the list that all selects of a `table-list` share; '' until the first one says it, null where there is none. */
export type Open = { node: FormNode; table: string | null }

export function makeNode(given: Pick<FormNode, 'kind' | 'name' | 'row'> & Partial<FormNode>): FormNode {
  return { type: given.kind, parent: null, children: [], tag: null, bind: {}, control: {}, instance: {}, texts: {}, default: '', select: null, triggers: [], ...given }
}

/** From the root: `/data/person/name`. */
export function pathOf(node: FormNode): string {
  return `${node.parent ? pathOf(node.parent) : ''}/${node.name}`
}

/** From the outermost down to the node itself. */
export function lineOf(node: FormNode): FormNode[] {
  return [...node.parent ? lineOf(node.parent) : [], node]
}

/** The node and all that it holds, in the order of the form. */
export function allNodes(node: FormNode): FormNode[] {
  return [node, ...node.children.flatMap(allNodes)]
}

/** The innermost repeat that the node stands in, itself not counted. */
export function repeatOf(node: FormNode): FormNode | null {
  return node.parent === null || node.parent.kind === 'repeat' ? node.parent : repeatOf(node.parent)
}
