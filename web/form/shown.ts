import type { AnyChildNode, AnyControlNode, RepeatInstanceNode } from '@getodk/xforms-engine'

/** What of a form is asked now. Texts and values are looked up when they are read: a large form has hundreds, a screen shows five. */
export type Control = 'text' | 'integer' | 'decimal' | 'date' | 'time' | 'dateTime' | 'point' | 'one' | 'many' | 'file' | 'note' | 'tick' | 'range' | 'other'
export type Option = { value: string; label: string }
export type Question = {
  readonly kind: 'question'; readonly id: string; /** Without the numbers of its rows: `/data/plot/rai`. */ readonly path: string; readonly control: Control
  readonly label: string; readonly hint: string; readonly required: boolean; readonly readonly: boolean; readonly appearances: string[]
  /** A file's name; several choices separated by spaces; a point as `lat lon altitude accuracy`. */
  readonly value: string; readonly fault: string; readonly accepts: string; readonly options: () => Option[]
  readonly bounds: { min: number; max: number; step: number } | null
}
export type Group = { readonly kind: 'group'; readonly id: string; readonly path: string; readonly label: string; /** Its questions belong on one screen. */ isScreen: boolean; children: Shown[] }
export type Repeat = { readonly kind: 'repeat'; readonly id: string; readonly path: string; readonly label: string; canGrow: boolean; rows: Group[] }
export type Shown = Question | Group | Repeat

type GroupNode = Extract<AnyChildNode, { nodeType: 'group' | 'repeat-instance' }>
type RangeNode = Extract<AnyChildNode, { nodeType: 'repeat-range:controlled' | 'repeat-range:uncontrolled' }>

/** What does not apply is not shown, nor what nobody is asked for. */
export function showNode(node: AnyChildNode): Shown[] {
  if (!node.currentState.relevant) return []
  switch (node.nodeType) {
    case 'model-value': return []
    case 'group': case 'repeat-instance': return showGroup(node)
    case 'repeat-range:controlled': case 'repeat-range:uncontrolled': return [showRepeat(node)]
    default: return [new Asked(node)]
  }
}

function showGroup(node: GroupNode): Group[] {
  const children = node.currentState.children.flatMap(showNode)
  return children.length === 0 ? [] : [groupOf(node, appearancesOf(node).includes('field-list'), children)]
}

/** An empty row is a row all the same. */
function showRepeat(node: RangeNode): Repeat {
  const rows = (node.currentState.children as readonly RepeatInstanceNode[]).map(row => groupOf(row, true, row.currentState.children.flatMap(showNode)))
  return { kind: 'repeat', id: node.nodeId, get path() { return pathOf(node) }, get label() { return labelOf(node) }, canGrow: node.nodeType === 'repeat-range:uncontrolled', rows }
}

function groupOf(node: GroupNode, isScreen: boolean, children: Shown[]): Group {
  return { kind: 'group', id: node.nodeId, get path() { return pathOf(node) }, get label() { return labelOf(node) }, isScreen, children }
}

class Asked implements Question {
  readonly kind = 'question'
  readonly id: string
  readonly #node: AnyControlNode
  constructor(node: AnyControlNode) {
    this.#node = node
    this.id = node.nodeId
  }
  get path() { return pathOf(this.#node) }
  get control() { return controlOf(this.#node) }
  get label() { return labelOf(this.#node) }
  get hint() { return this.#node.currentState.hint?.asString ?? '' }
  get required() { return this.#node.currentState.required }
  get readonly() { return this.#node.currentState.readonly }
  get appearances() { return appearancesOf(this.#node) }
  get value() { return this.#node.currentState.instanceValue }
  get fault() {
    const { violation } = this.#node.validationState
    return violation ? violation.message?.asString || violation.condition : ''
  }
  get accepts() { return this.#node.nodeType === 'upload' ? this.#node.nodeOptions.media.accept : '' }
  options = (): Option[] => this.#node.nodeType === 'select' || this.#node.nodeType === 'rank' ? this.#node.currentState.valueOptions.map(({ value, label }) => ({ value, label: label.asString })) : []
  get bounds() { return this.#node.nodeType === 'range' ? boundsOf(this.#node.definition.bounds) : null }
}

const pathOf = (node: AnyChildNode) => node.currentState.reference.replace(/\[\d+\]/g, '')
const labelOf = (node: AnyChildNode) => node.currentState.label?.asString ?? ''
const appearancesOf = (node: AnyChildNode) => node.appearances ? [...node.appearances] : []

function boundsOf({ start, end, step }: { start: unknown; end: unknown; step: unknown }): Question['bounds'] {
  return { min: Number(start), max: Number(end), step: Number(step) }
}

const INPUTS: Record<string, Control> = { string: 'text', barcode: 'text', int: 'integer', decimal: 'decimal', date: 'date', time: 'time', dateTime: 'dateTime', geopoint: 'point' }

function controlOf(node: AnyControlNode): Control {
  switch (node.nodeType) {
    case 'note': return 'note'
    case 'trigger': return 'tick'
    case 'range': return 'range'
    case 'upload': return 'file'
    case 'rank': return 'other'
    case 'select': return node.selectType === 'select' ? 'many' : 'one'
    case 'input': return INPUTS[node.valueType] ?? 'other'
    default: return node satisfies never
  }
}
