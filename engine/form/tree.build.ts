import { familyOf, spotOf, valueOf, type FormRow } from './convert.columns.ts'
import type { FormFaults } from './convert.faults.ts'
import { isName, yesOrNo } from './convert.names.ts'
import { nearest } from './convert.near.ts'
import { controlOf, findType, selectOf, TYPE_NAMES, UNSUPPORTED_TYPES, type Control } from './convert.types.ts'
import { isReference } from './reference.tokens.ts'
import { allNodes, makeNode, type FormNode, type Open, type Surroundings } from './tree.ts'
import { bindOf, questionOf, textsIn } from './tree.question.ts'
import { expandLoops } from './tree.rows.ts'
import { selectNodes } from './tree.select.ts'

/** Makes the tree of the form from its rows; what cannot be placed is told and left out, so that all faults are found at once. */
export function buildTree(rows: FormRow[], around: Surroundings, faults: FormFaults): FormNode {
  const root = makeNode({ kind: 'root', name: around.settings.root, row: around.settings.row })
  const stack: Open[] = [{ node: root, table: null }]
  for (const row of expandLoops(rows, around.lists, faults)) if (yesOrNo(valueOf(row, 'disabled')) !== true) placeRow(row, stack, around, faults)
  for (const { node } of stack.slice(1)) faults.add('unmatchedBegin', spotOf(node.row, 'type'), { value: valueOf(node.row, 'type') })
  checkRepeatNames(root, faults)
  return root
}

function placeRow(row: FormRow, stack: Open[], around: Surroundings, faults: FormFaults): void {
  const type = valueOf(row, 'type'), control = controlOf(type), open = stack.at(-1) as Open
  if (type === '') {
    // a row with neither type nor name nor label is a remark of the author
    if (row.values['name'] || row.values['label']) faults.add('noType', spotOf(row, 'type'), {})
  } else if (control?.side === 'end') closeGroup(row, control, stack, faults)
  else if (control) {
    if (stack.length > DEEPEST) faults.add('tooDeep', spotOf(row, 'type'), { limit: DEEPEST })
    stack.push(openGroup(row, control, open, faults))
  }
  else for (const node of nodesOf(row, open, around, faults)) attach(node, open.node, faults)
}

function nodesOf(row: FormRow, open: Open, around: Surroundings, faults: FormFaults): FormNode[] {
  const written = valueOf(row, 'type'), select = selectOf(written), type = findType(written)
  if (select) return selectNodes(row, select, open, around, faults)
  if (type) return [questionOf(row, type, faults)]
  const near = nearest(written.split(/\s+/)[0] as string, TYPE_NAMES)
  if (UNSUPPORTED_TYPES.test(written)) faults.add('unsupportedType', spotOf(row, 'type'), { value: written })
  else if (near !== null) faults.add('nearType', spotOf(row, 'type'), { value: written, near })
  else faults.add('unknownType', spotOf(row, 'type'), { value: written })
  // it stays as a question of some kind, so that references to it are no further faults, and those in it are found
  return [makeNode({ kind: 'question', name: valueOf(row, 'name'), row, tag: 'input', bind: bindOf(row), texts: textsIn(row) })]
}

const DEEPEST = 50

function openGroup(row: FormRow, control: Control, open: Open, faults: FormFaults): Open {
  const kind = control.kind === 'repeat' ? 'repeat' : 'group', name = valueOf(row, 'name')
  const node = makeNode({ kind, name, row, bind: bindOf(row), control: familyOf(row, 'control'), instance: familyOf(row, 'instance'), texts: textsIn(row) })
  if (node.bind['required'] !== undefined && node.bind['required'] !== 'false()') faults.add('requiredGroup', spotOf(row, 'bind::required'), { name })
  delete node.bind['required']
  if (node.bind['entities:saveto']) faults.add('saveInGroup', spotOf(row, 'bind::entities:saveto'), {})
  if (kind === 'repeat') countNode(node, open.node, faults)
  attach(node, open.node, faults)
  const words = (node.control['appearance'] ?? '').split(/\s+/)
  if (!words.includes('table-list')) return { node, table: null }
  node.control['appearance'] = ['field-list', ...words.filter(word => word !== 'table-list')].join(' ')
  moveLabelIntoNote(node)
  return { node, table: '' }
}

/** A number of turns that is computed needs a question that computes it. */
function countNode(repeat: FormNode, parent: FormNode, faults: FormFaults): void {
  const count = repeat.control['jr:count']
  if (!count || isReference(count)) return
  const name = `${repeat.name}_count`
  attach(makeNode({ kind: 'question', name, type: 'calculate', row: repeat.row, bind: { readonly: 'true()', type: 'string', calculate: count } }), parent, faults)
  repeat.control['jr:count'] = `\${${name}}`
}

/** The label of a table stands above its columns as a note of its own. */
function moveLabelIntoNote(group: FormNode): void {
  if (Object.keys(group.texts).length === 0) return
  group.children.push(makeNode({ kind: 'question', name: `generated_table_list_label_${group.row.row}`, type: 'note', tag: 'input', row: group.row, parent: group, texts: group.texts, bind: { readonly: 'true()', type: 'string' } }))
  group.texts = {}
}

function closeGroup(row: FormRow, { kind }: Control, stack: Open[], faults: FormFaults): void {
  const { node } = stack.at(-1) as Open, value = valueOf(row, 'type'), spot = spotOf(row, 'type')
  if (stack.length === 1) { faults.add('unmatchedEnd', spot, { value }); return }
  if (node.kind !== kind) faults.add('wrongEnd', spot, { value, open: valueOf(node.row, 'type'), row: node.row.row })
  else if (node.children.length === 0) faults.add('emptyGroup', spotOf(node.row, 'name'), { name: node.name })
  stack.pop()
}

/** Hangs a node into the tree under a name that is valid and its own there. */
function attach(node: FormNode, parent: FormNode, faults: FormFaults): void {
  const spot = spotOf(node.row, 'name'), value = node.name
  if (value === '') faults.add('noName', spot, {})
  else if (!isName(value)) faults.add('badName', spot, { value })
  else if (value === 'meta' && parent.kind === 'root') faults.add('reservedName', spot, { value })
  const same = parent.children.find(({ name }) => name === value), near = parent.children.find(({ name }) => name.toLowerCase() === value.toLowerCase())
  if (same && value !== '') faults.add('nameTwice', spot, { value, first: same.row.row })
  else if (near && value !== '') faults.add('nameNearlyTwice', spot, { value, other: near.name })
  node.parent = parent
  parent.children.push(node)
}

function checkRepeatNames(root: FormNode, faults: FormFaults): void {
  const seen = new Set([root.name])
  for (const { name, row } of allNodes(root).filter(({ kind }) => kind === 'repeat')) {
    if (seen.has(name)) faults.add('repeatTwice', spotOf(row, 'name'), { value: name })
    seen.add(name)
  }
}
