import type { Text } from '../../domain/base/text.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { Spot } from '../../domain/privacy/privacy.ts'
import { redactJson } from '../../domain/privacy/rules.redact.ts'
import type { Answers } from '../../domain/record/record.ts'
import { redactSubmission } from '../../engine/form/redact.ts'
import type { Seal } from '../base/seal.ts'
import type { Held } from '../duplicate/write.whole.ts'
import { keysGone, meantOf, redactionOf, rowsOf, type Somebody } from './write.meant.ts'
import type { Attached, KeptAct, Visit } from './read.visits.ts'

/** What an erasure leaves of a record, of what arrived for it and of what was done to it. */
export type Plan = {
  held: Held; whole: boolean; along: boolean; values: Answers; rows: Held['rows']; numbers: Held['numbers']; faults: Held['faults']
  visits: { instance: string; dataset: string; xml: string; files: string[] }[]; attached: Attached[]; acts: Omit<KeptAct, 'record' | 'kind' | 'import'>[]
  /** For whoever looks before: rows that become empty, and the questions whose answers go. */
  rowsGone: number; questions: Text[]
}
export type Found = { held: Held; unit: DatasetUnit; along: boolean; visits: readonly Visit[]; attached: readonly Attached[]; acts: readonly KeptAct[]; chosen: readonly Spot[] }

/** Nothing that the record says stays. Its acts do: who did what when, without why and without what. */
export function planWhole({ held, along, visits, attached, acts }: Found): Plan {
  const asked = keysOf(held.model).flatMap(({ repeat, questions }) => questions.filter(({ key }) => repeat === null ? key in held.values : held.rows.some(row => row.repeat === repeat && key in row.values)))
  return {
    held, whole: true, along, values: {}, rows: [], numbers: [], faults: [], attached: [...attached], rowsGone: held.rows.length, questions: labelsOf(asked),
    visits: visits.map(({ instance, dataset, xml, model }) => ({ instance, dataset, files: [], xml: redactSubmission(xml, model ?? held.model, 'all').xml })),
    acts: acts.map(({ id, kind, reason, change }) => ({ id, reason: isErasure(kind) || kind === 'recode' ? reason : null, fields: null, change: bareOf(change), answers: null })),
  }
}

/** One person's part goes; the rows stay in their places, empty, and everybody else's answers as they were. */
export function planPart(somebody: Somebody, found: Found, seal: Seal): Plan {
  const { held, unit, along, chosen, acts } = found, rows = rowsOf(somebody, held, chosen), keys = new Set([...keysGone(held, unit, chosen), ...numberKeys(somebody, held)])
  const redactBy = (model: FormModel) => redactionOf(somebody, model, keys, rows, seal), meant = meantOf(somebody, redactBy(held.model), held, keys)
  const values = redacted(held.values, somebody, keys), emptied = held.rows.map(row => ({ ...row, values: rows.includes(row) ? {} : textsOf(row.values, somebody) }))
  const visits = found.visits.map(({ instance, dataset, xml, files, model }) => ({ instance, dataset, files, model: model ?? held.model, ...redactSubmission(xml, model ?? held.model, redactBy(model ?? held.model)) }))
  const filesGone = new Set([...visits.flatMap(({ model, gone }) => gone.filter(({ path }) => isFile(model, path)).map(({ text }) => text)), ...filesIn(held.model, held, values, emptied)])
  const isSame = (row: Held['rows'][number]) => rows.includes(row)
  return {
    held, whole: false, along, values, rows: emptied, rowsGone: rows.length,
    numbers: held.numbers.filter(({ path, position, hash }) => !somebody.hashes.has(hash.toString('base64')) && !rows.some(row => row.position === position && path.startsWith(`${row.repeat}/`)) && !(position === 0 && keys.has(keyOf(held.model, path)))),
    faults: held.faults.filter(fault => !held.rows.some(row => isSame(row) && row.repeat === fault.repeat && row.position === fault.row) && !(fault.repeat === null && fault.key !== null && keys.has(fault.key)) && !somebody.calls(`${fault.say.th} ${fault.say.en}`)),
    attached: found.attached.filter(({ name }) => filesGone.has(name)),
    visits: visits.map(({ instance, dataset, xml, files }) => ({ instance, dataset, xml, files: files.filter(name => !filesGone.has(name)) })),
    acts: acts.map(({ id, kind, reason, fields, change, answers }) => ({
      id, reason: reason !== null && !isErasure(kind) && somebody.touches(reason) ? null : reason, fields: fields?.filter(({ say }) => !somebody.touches(say)) ?? null, change: redactJson(change, meant), answers: redactJson(answers, meant),
    })),
    questions: labelsOf([...questionsOf(held, rows, values), ...visits.flatMap(({ model, gone }) => gone.flatMap(({ path }) => model.questions.filter(question => question.path === path)))]),
  }
}

const isErasure = (kind: KeptAct['kind']): boolean => kind === 'erase' || kind === 'forget'
const isFile = ({ questions }: FormModel, path: string): boolean => questions.some(question => question.path === path && question.type === 'file')
const keyOf = (model: FormModel, path: string): string => keysOf(model)[0]?.questions.find(question => question.path === path)?.key ?? ''
const labelsOf = (questions: readonly { label: Text }[]): Text[] => [...new Map(questions.map(({ label }) => [label.en, label])).values()]

/** Questions outside of rows that were answered with their number. */
const numberKeys = ({ hashes }: Somebody, { model, numbers }: Held): string[] => numbers.filter(({ position, hash }) => position === 0 && hashes.has(hash.toString('base64'))).map(({ path }) => keyOf(model, path))

function redacted(values: Answers, somebody: Somebody, keys: ReadonlySet<string>): Answers {
  return Object.fromEntries(Object.entries(values).filter(([key, value]) => !keys.has(key) && !(typeof value === 'string' && somebody.calls(value))))
}

function textsOf(values: Answers, { mentions }: Somebody): Answers {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => !(typeof value === 'string' && mentions(value))))
}

/** Names of files that answers named before and none names after. */
function filesIn(model: FormModel, held: Held, values: Answers, rows: Held['rows']): string[] {
  const named = (of: Answers, ofRows: Held['rows']) => keysOf(model).flatMap(({ repeat, questions }) => questions.filter(({ type }) => type === 'file').flatMap(({ key }) => repeat === null ? [of[key]] : ofRows.filter(row => row.repeat === repeat).map(row => row.values[key])))
  const left = new Set(named(values, rows))
  return named(held.values, held.rows).filter((name): name is string => typeof name === 'string' && !left.has(name))
}

function questionsOf({ model, values: before }: Held, rows: Held['rows'], values: Answers) {
  return keysOf(model).flatMap(({ repeat, questions }) => questions.filter(({ key }) => repeat === null ? key in before && !(key in values) : rows.some(row => row.repeat === repeat && key in row.values)))
}

const IS_ID = /^(TH[0-9A-Z]*|[a-z]+:?[0-9a-f-]{36}|[0-9a-f]{8}-[0-9a-f-]{27})$/

/** Of what an act changed only which records, places and visits it was about. */
function bareOf(change: unknown): unknown {
  if (change === null || typeof change !== 'object') return null
  const isBare = (value: unknown): boolean => Array.isArray(value) ? value.every(isBare) : typeof value === 'string' && IS_ID.test(value)
  return Object.fromEntries(Object.entries(change).filter(([key, value]) => ['with', 'into', 'held', 'from', 'to', 'area', 'rowsFrom'].includes(key) && isBare(value)))
}
