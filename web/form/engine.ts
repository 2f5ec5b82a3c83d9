import type { AnyChildNode, AnyControlNode, LoadFormResult, RepeatRangeUncontrolledNode, RestoreFormInstanceInput, RootNode } from '@getodk/xforms-engine'
import { showNode, type Shown } from './shown.ts'

/**
 * The only room of the site that knows the engine of ODK's form authors. It is fetched when a form is opened and not before.
 * What is shown is told anew after every act.
 */
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
  /** The answers as they would be sent, and as they are kept meanwhile. */
  save: () => string
  /** The answers with the files that belong to them; `missing`: named by an answer, and not there. */
  handOver: () => Promise<Saved & { missing: string[] }>
}

/** What was answered before, with its photographs by the names that the answers give them. */
export type Saved = { xml: string; files: File[] }
export type Files = Record<string, string>

/** Opens a form, empty or as it was saved. @throws with the engine's own words where it cannot. */
export async function openForm(xform: string, files: Files, saved?: Saved): Promise<OpenForm> {
  const form = await warmForm(xform, files)
  if (form.status === 'failure') throw form.error
  const { root } = saved ? await form.restoreInstance({ data: [partsOf(saved)] }) : form.createInstance()
  if (saved) giveFilesAgain(root, saved.files)
  return handle(root)
}

let warm: { xform: string; files: Files; form: Promise<LoadFormResult> } | null = null

/** Reading a form is half of the wait on a cheap telephone: it can begin while one still chooses the place. */
export async function warmForm(xform: string, files: Files): Promise<LoadFormResult> {
  if (warm?.xform !== xform || warm.files !== files) warm = { xform, files, form: read(xform, files) }
  return warm.form
}

async function read(xform: string, files: Files): Promise<LoadFormResult> {
  const { loadForm } = await import('@getodk/xforms-engine')
  return loadForm(xform, { missingResourceBehavior: 'BLANK', fetchFormAttachment: async url => fileOf(files, String(url)) })
}

function fileOf(files: Files, url: string): Response {
  const text = files[decodeURIComponent(url.split('/').at(-1) ?? '')]
  return new Response(text ?? '', { status: text === undefined ? 404 : 200, headers: { 'content-type': 'text/csv' } })
}

function partsOf({ xml, files }: Saved): RestoreFormInstanceInput['data'][0] {
  const parts = new FormData()
  parts.set('xml_submission_file', new File([xml], 'xml_submission_file', { type: 'text/xml' }))
  for (const file of files) parts.set(file.name, file)
  return parts as unknown as RestoreFormInstanceInput['data'][0]
}

/** The engine leaves restored files out of what it hands over, silently: each is given to it again. */
function giveFilesAgain(root: RootNode, files: readonly File[]): void {
  for (const node of nodesOf(root)) {
    if (node.nodeType !== 'upload') continue
    const file = files.find(({ name }) => name === node.currentState.instanceValue)
    if (file) node.setValue(file)
  }
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
    save: () => root.instanceState.instanceXML,
    handOver: () => handOver(root),
  }
}

async function handOver(root: RootNode): Promise<Saved & { missing: string[] }> {
  const [data] = (await root.prepareInstancePayload()).data, instance = data.get('xml_submission_file')
  const files = [...data.values()].filter(part => part !== instance)
  const named = [...nodesOf(root)].flatMap(node => node.nodeType === 'upload' && node.currentState.relevant && node.currentState.instanceValue ? [node.currentState.instanceValue] : [])
  return { xml: await instance.text(), files, missing: named.filter(name => !files.some(file => file.name === name)) }
}

function* nodesOf(root: RootNode): Generator<AnyChildNode> {
  const open: AnyChildNode[] = [...root.currentState.children]
  for (const node of open) {
    yield node
    open.push(...node.currentState.children ?? [])
  }
}

function nodeAt(root: RootNode, id: string): AnyChildNode {
  for (const node of nodesOf(root)) if (node.nodeId === id) return node
  throw new Error(`no question ${id}`)
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
