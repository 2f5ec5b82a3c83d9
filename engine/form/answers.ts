import type { AnswerType, FormModel, Question } from '../../domain/dataset/dataset.form.ts'
import type { Answer } from '../../domain/record/record.ts'
import { formOf, SUBMISSION_LIMITS } from './answers.scan.ts'
import { readValue } from './answers.value.ts'
import { attributeOf, walkXml, type XmlEvents, type XmlTag } from './read-xml.ts'

/** Answers by path. Null: the question stands there without an answer. Absent: it does not stand there, because it does not apply. */
export type Values = Record<string, Answer | null>
/** `position` counts from 1 within the parent; `parent` is the index of the row that it stands in. */
export type AnswerRow = { repeat: string; position: number; parent: number | null; values: Values }
/** `create` and `update` as the submission asks for them. */
export type EntityAct = { list: string; id: string; create: boolean; update: boolean; baseVersion: number | null; label: string | null }

/** A submission, typed by its form. Nothing of it is lost: what does not fit stands in `unfit`, what the form does not know in `unknown`. */
export type Answers = {
  formId: string; version: string
  instanceId: string | null; deprecatedId: string | null; instanceName: string | null
  start: string | null; end: string | null; deviceId: string | null
  /** Outside repeats. */
  values: Values
  rows: AnswerRow[]
  unfit: { path: string; row: number | null; text: string; expected: AnswerType }[]
  unknown: { path: string; row: number | null; text: string }[]
  /** Names of files that belong to it. */
  files: string[]
  entity: EntityAct | null
}

/** @throws `xml/…` where the text is no submission at all */
export function readAnswers(model: FormModel, xml: string): Answers {
  const reader = new AnswerReader(model)
  walkXml(xml, SUBMISSION_LIMITS, reader)
  const { answers } = reader, { logic } = model
  answers.start ??= textAt(answers, logic.start)
  answers.end ??= textAt(answers, logic.end)
  answers.deviceId ??= textAt(answers, logic.deviceId)
  return answers
}

function textAt({ values }: Answers, path: string | null): string | null {
  const value = path === null ? null : values[path]
  return typeof value === 'string' ? value : null
}

/** What may stand at a path. */
type Slot = { question: Question } | 'repeat' | 'group'
type Open = { path: string; slot: Slot | 'meta' | undefined; text: string; hasChildren: boolean; row: number | null }

const slotsOf = new WeakMap<FormModel, Map<string, Slot>>()
/** Of the form itself, not of its answers. */
const META: Record<string, 'instanceId' | 'deprecatedId' | 'instanceName' | 'start' | 'end' | 'deviceId' | null> = {
  instanceID: 'instanceId', deprecatedID: 'deprecatedId', instanceName: 'instanceName', timeStart: 'start', timeEnd: 'end', deviceID: 'deviceId',
  userID: null, email: null, phoneNumber: null, simSerial: null, subscriberID: null, entity: null,
}
const ENTITY = 'entity'
const JAVAROSA = 'http://openrosa.org/javarosa'

function readSlots(model: FormModel): Map<string, Slot> {
  const slots = new Map<string, Slot>()
  const addGroups = (path: string) => { for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) slots.set(path.slice(0, end), 'group') }
  for (const { path } of [...model.questions, ...model.repeats]) addGroups(path)
  for (const path of Object.keys(model.logic.groups)) slots.set(path, 'group')
  for (const { path } of model.repeats) slots.set(path, 'repeat')
  for (const question of model.questions) slots.set(question.path, { question })
  slotsOf.set(model, slots)
  return slots
}

/** Types answers while the document goes by. */
class AnswerReader implements XmlEvents {
  readonly answers: Answers = {
    formId: '', version: '', instanceId: null, deprecatedId: null, instanceName: null, start: null, end: null, deviceId: null,
    values: {}, rows: [], unfit: [], unknown: [], files: [], entity: null,
  }
  private readonly stack: Open[] = []
  private readonly slots: Map<string, Slot>
  private readonly root: string
  private readonly meta: string
  /** Rows so far of each repeat in its parent. */
  private readonly counts = new Map<string, number>()
  /** Of files. */
  private readonly names = new Set<string>()
  private templates = 0

  constructor(model: FormModel) {
    this.slots = slotsOf.get(model) ?? readSlots(model)
    this.root = `/${model.root}`
    this.meta = `${this.root}/meta/`
  }

  open(tag: XmlTag): void {
    if (this.templates > 0 || attributeOf(tag, 'template', JAVAROSA) !== null) { this.templates++; return }
    const parent = this.stack.at(-1)
    // The name of the root is the form's affair; some apps write their own.
    const path = parent ? `${parent.path}/${tag.local}` : this.root
    if (parent) parent.hasChildren = true
    else Object.assign(this.answers, formOf(tag))
    const slot = path.startsWith(this.meta) ? 'meta' : this.slots.get(path)
    const row = slot === 'repeat' ? this.addRow(path, parent?.row ?? null) : parent?.row ?? null
    if (slot === 'meta' && path.length === this.meta.length + ENTITY.length && path.endsWith(ENTITY)) this.answers.entity = readEntity(tag)
    this.stack.push({ path, slot, text: '', hasChildren: false, row })
  }

  text(text: string): void {
    const open = this.stack.at(-1)
    if (open && this.templates === 0) open.text += text
  }

  close(): void {
    if (this.templates > 0) { this.templates--; return }
    const open = this.stack.pop()
    if (open?.slot === 'meta') this.takeMeta(open)
    else if (open && typeof open.slot === 'object' && !open.hasChildren) this.takeAnswer(open, open.slot.question)
    else if (open && (open.text.trim() !== '' || (open.slot === undefined && !open.hasChildren))) this.keepUnknown(open)
  }

  private keepUnknown({ path, row, text }: Open): void {
    this.answers.unknown.push({ path, row, text })
  }

  private addRow(repeat: string, parent: number | null): number {
    const key = `${parent} ${repeat}`, position = (this.counts.get(key) ?? 0) + 1
    this.counts.set(key, position)
    return this.answers.rows.push({ repeat, position, parent, values: {} }) - 1
  }

  private takeAnswer(open: Open, { type }: Question): void {
    const { path, row, text } = open
    const values: Values = row === null ? this.answers.values : this.answers.rows[row]?.values ?? {}
    if (path in values) { this.keepUnknown(open); return }
    values[path] = null
    if (text === '' || (type !== 'text' && text.trim() === '')) return
    const value = readValue(type, text)
    if (value === undefined) this.answers.unfit.push({ path, row, text, expected: type })
    else values[path] = value
    if (type === 'file' && typeof value === 'string') this.addFile(value)
  }

  private addFile(name: string): void {
    if (!this.names.has(name)) this.answers.files.push(name)
    this.names.add(name)
  }

  private takeMeta(open: Open): void {
    const name = open.path.slice(this.meta.length), plain = open.text.trim(), known = META[name], { entity } = this.answers
    if (plain === '' || known === null) return
    if (known && this.answers[known] === null) this.answers[known] = plain
    else if (name === 'audit') this.addFile(plain)
    else if (name === `${ENTITY}/label` && entity?.label === null) entity.label = open.text
    else this.keepUnknown(open)
  }
}

function readEntity(tag: XmlTag): Answers['entity'] {
  const said = (name: string) => attributeOf(tag, name)?.trim() ?? ''
  const isTrue = (name: string) => ['1', 'true'].includes(said(name))
  const baseVersion = /^\d+$/.test(said('baseVersion')) ? Number(said('baseVersion')) : null
  return { list: said('dataset'), id: said('id'), create: isTrue('create'), update: isTrue('update'), baseVersion, label: null }
}
