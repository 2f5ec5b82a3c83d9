import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { Answers, Values } from './answers.ts'
import { writeValue } from './answers.value.ts'
import type { FormNode } from './compile.values.ts'

/** The form as a tree of names: what stands there however little was answered. */
export type Template = { name: string; path: string; isRepeat: boolean; children: Template[] }

export function templateOf(model: FormModel): Template {
  const root: Template = { name: model.root, path: `/${model.root}`, isRepeat: false, children: [] }
  const repeats = new Set(model.repeats.map(repeat => repeat.path))
  const meta = ['instanceID', 'deprecatedID', 'instanceName'].map(name => `${root.path}/meta/${name}`)
  for (const path of [...model.questions.map(question => question.path), ...repeats, ...meta]) addPath(root, path.split('/').slice(2), repeats)
  return root
}

function addPath(at: Template, [name, ...rest]: string[], repeats: ReadonlySet<string>): void {
  if (name === undefined) return
  const path = `${at.path}/${name}`
  let child = at.children.find(child => child.name === name)
  if (!child) at.children.push(child = { name, path, isRepeat: repeats.has(path), children: [] })
  addPath(child, rest, repeats)
}

/** How large the document of these answers is. */
export function countNodes(template: Template, { rows }: Answers): number {
  const rowsOf = Map.groupBy(rows, row => row.repeat)
  const count = ({ path, isRepeat, children }: Template, around: number): number => {
    const times = isRepeat ? rowsOf.get(path)?.length ?? 0 : around
    return times + children.reduce((sum, child) => sum + count(child, times), 0)
  }
  return count(template, 1)
}

const ONCE = [null]

/** The answers as a document that expressions can be asked at. */
export function buildTree(template: Template, answers: Answers): FormNode {
  const document = nodeOf('', null)
  const unfit = new Map(answers.unfit.map(({ path, row, text }) => [`${row} ${path}`, text]))
  const { instanceId, deprecatedId, instanceName } = answers, meta = `${template.path}/meta/`
  const values: Values = { ...answers.values, [`${meta}instanceID`]: instanceId, [`${meta}deprecatedID`]: deprecatedId, [`${meta}instanceName`]: instanceName }
  const rowsIn = Map.groupBy(answers.rows.keys(), i => `${answers.rows[i]?.parent} ${answers.rows[i]?.repeat}`)
  const grow = (parent: FormNode, { name, path, isRepeat, children }: Template, row: number | null) => {
    for (const [i, own] of (isRepeat ? rowsIn.get(`${row} ${path}`) ?? [] : ONCE).entries()) {
      const node = nodeOf(name, parent, { path, row: own, position: i + 1 }), at = own ?? row, said = at === null ? values : answers.rows[at]?.values ?? {}
      node.text = children.length > 0 ? '' : (unfit.size > 0 ? unfit.get(`${at} ${path}`) : undefined) ?? writeValue(said[path])
      for (const child of children) grow(node, child, at)
      node.answered = own !== null || path in said || node.children.some(child => child.answered)
    }
  }
  grow(document, template, null)
  return inNumbers(document)
}

function nodeOf(name: string, parent: FormNode | null, { path = '', text = '', row = null, position = 1 }: Partial<FormNode> = {}): FormNode {
  const node: FormNode = { name, text, path, parent, children: [], order: 0, position, row, answered: true }
  parent?.children.push(node)
  return node
}

function inNumbers(document: FormNode): FormNode {
  let order = 0
  const number = (node: FormNode) => { node.order = order++; node.children.forEach(number) }
  number(document)
  return document
}

const lists = new WeakMap<readonly Record<string, string>[], FormNode>()

/** Rows as `root/item/column`, made once of each list. */
export function listTree(rows: readonly Record<string, string>[]): FormNode {
  const made = lists.get(rows)
  if (made) return made
  const document = nodeOf('', null), root = nodeOf('root', document)
  for (const [i, row] of rows.entries()) {
    const item = nodeOf('item', root, { position: i + 1 })
    for (const [column, text] of Object.entries(row)) nodeOf(column, item, { text })
  }
  lists.set(rows, inNumbers(document))
  return document
}
