import type { AnyChildNode, AnyControlNode, LoadFormResult, RepeatInstanceNode, RepeatRangeUncontrolledNode, RootNode } from '@getodk/xforms-engine'

/**
 * The only file of the site that knows the engine of ODK's form authors. It is fetched when a form is opened and not before.
 * What is shown is told anew after every act, as plain values.
 */
export type Control = 'text' | 'integer' | 'decimal' | 'date' | 'time' | 'dateTime' | 'point' | 'one' | 'many' | 'file' | 'note' | 'tick' | 'range' | 'other'
export type Option = { value: string; label: string }
export type Question = {
  kind: 'question'; id: string; /** Without the numbers of its rows: `/data/plot/rai`. */ path: string; control: Control
  label: string; hint: string; required: boolean; readonly: boolean; appearances: string[]
  /** A file's name; several choices separated by spaces; a point as `lat lon altitude accuracy`. */
  value: string; fault: string; accepts: string; options: () => Option[]
  bounds: { min: number; max: number; step: number } | null
}
export type Group = { kind: 'group'; id: string; path: string; label: string; /** Its questions belong on one screen. */ isScreen: boolean; children: Shown[] }
export type Repeat = { kind: 'repeat'; id: string; path: string; label: string; canGrow: boolean; rows: Group[] }
export type Shown = Question | Group | Repeat

export type OpenForm = {
  languages: string[]
  language: () => string
  setLanguage: (language: string) => void
  list: () => Shown[]
  answer: (id: string, value: string | File | null) => void
  addRow: (repeat: string) => void
  removeRow: (repeat: string, index: number) => void
  /** The questions that are not answered as they must be, by id. */
  validate: () => string[]
  serialise: () => Promise<{ xml: string; files: File[] }>
}

type Files = Record<string, string>

/** @throws with the engine's own words where it cannot open the form. */
export async function openForm(xform: string, files: Files): Promise<OpenForm> {
  const { loadForm } = await import('@getodk/xforms-engine')
  const form: LoadFormResult = await loadForm(xform, { missingResourceBehavior: 'BLANK', fetchFormAttachment: async url => fileOf(files, String(url)) })
  if (form.status === 'failure') throw form.error
  return handle(form.createInstance().root)
}

function fileOf(files: Files, url: string): Response {
  const text = files[decodeURIComponent(url.split('/').at(-1) ?? '')]
  return new Response(text ?? '', { status: text === undefined ? 404 : 200, headers: { 'content-type': 'text/csv' } })
}

function handle(root: RootNode): OpenForm {
  const rangeAt = (id: string) => nodeAt(root, id) as RepeatRangeUncontrolledNode
  return {
    languages: root.languages.map(each => each.language),
    language: () => root.currentState.activeLanguage.language,
    setLanguage: name => { for (const each of root.languages) if (each.language === name && !each.isSyntheticDefault) root.setLanguage(each) },
    list: () => root.currentState.children.flatMap(showNode),
    answer: (id, value) => answerNode(nodeAt(root, id) as AnyControlNode, value),
    addRow: id => { rangeAt(id).addInstances() },
    removeRow: (id, index) => { rangeAt(id).removeInstances(index) },
    validate: () => root.validationState.violations.map(each => each.nodeId),
    serialise: async () => {
      const [data] = (await root.prepareInstancePayload()).data, instance = data.get('xml_submission_file')
      return { xml: await instance.text(), files: [...data.values()].filter(part => part !== instance) }
    },
  }
}

function nodeAt(root: RootNode, id: string): AnyChildNode {
  const open: AnyChildNode[] = [...root.currentState.children]
  for (const node of open) {
    if (node.nodeId === id) return node
    open.push(...node.currentState.children ?? [])
  }
  throw new Error(`no question ${id}`)
}

/** What does not apply is not shown, nor what nobody is asked for. */
function showNode(node: AnyChildNode): Shown[] {
  if (!node.currentState.relevant) return []
  switch (node.nodeType) {
    case 'model-value': return []
    case 'group': return showGroup(node)
    case 'repeat-instance': return showGroup(node)
    case 'repeat-range:controlled': case 'repeat-range:uncontrolled': return [{
      ...namesOf(node), kind: 'repeat', canGrow: node.nodeType === 'repeat-range:uncontrolled',
      rows: (node.currentState.children as readonly RepeatInstanceNode[]).map(row => ({ ...namesOf(row), kind: 'group' as const, isScreen: true, children: row.currentState.children.flatMap(showNode) })),
    }]
    default: return [showQuestion(node)]
  }
}

function showGroup(node: Extract<AnyChildNode, { nodeType: 'group' | 'repeat-instance' }>): Group[] {
  const children = node.currentState.children.flatMap(showNode)
  return children.length === 0 ? [] : [{ ...namesOf(node), kind: 'group', isScreen: appearancesOf(node).includes('field-list'), children }]
}

function namesOf(node: AnyChildNode): { id: string; path: string; label: string } {
  return { id: node.nodeId, path: node.currentState.reference.replace(/\[\d+\]/g, ''), label: node.currentState.label?.asString ?? '' }
}

function appearancesOf(node: AnyChildNode): string[] {
  return node.appearances ? [...node.appearances] : []
}

function showQuestion(node: AnyControlNode): Question {
  const { currentState: state, validationState } = node, violation = validationState.violation
  return {
    ...namesOf(node), kind: 'question', control: controlOf(node), hint: state.hint?.asString ?? '', required: state.required, readonly: state.readonly,
    appearances: appearancesOf(node), value: state.instanceValue, fault: violation ? violation.message?.asString || violation.condition : '',
    accepts: node.nodeType === 'upload' ? node.nodeOptions.media.accept : '',
    options: () => node.nodeType === 'select' || node.nodeType === 'rank' ? node.currentState.valueOptions.map(({ value, label }) => ({ value, label: label.asString })) : [],
    bounds: node.nodeType === 'range' ? boundsOf(node.definition.bounds) : null,
  }
}

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

function answerNode(node: AnyControlNode, value: string | File | null): void {
  const text = typeof value === 'string' && value !== '' ? value : null
  switch (node.nodeType) {
    case 'upload': node.setValue(value instanceof File ? value : null); break
    case 'select': node.selectValues(text?.split(' ') ?? []); break
    case 'rank': node.setValues(text?.split(' ') ?? []); break
    case 'trigger': node.setValue(text !== null); break
    case 'range': node.setValue(text); break
    case 'input': (node as { setValue: (text: string) => unknown }).setValue(text ?? ''); break
    case 'note': break
    default: node satisfies never
  }
}
