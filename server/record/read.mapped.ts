import { createHash } from 'node:crypto'
import { AreaCode, RecordId, type DatasetId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import { Sensitivity } from '../../domain/access/access.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { questionOf } from '../../domain/dataset/rules.ts'
import type { Answer, Answers as Values, MaskedId, RecordFault } from '../../domain/record/record.ts'
import { readAnswers, type Answers, type Values as PathValues } from '../../engine/form/answers.ts'
import { makeCheck } from '../../engine/form/check.ts'
import { maskNationalId, parseNationalId } from '../../engine/form/national-id.ts'
import { isSealed, type Seal } from '../base/seal.ts'
import { clockInThailand, dayOf } from './read.day.ts'
import { keysFor, type KeptFault, type Keyed, type Keys } from './read.keys.ts'

/** What arrived, with what must be known to read it. */
export type Arrived = {
  instanceId: string; dataset: Dataset; model: FormModel; area: AreaCode; formArea: AreaCode; version: string; xml: string
  receivedAt: Date; publishedAt: Date; deprecatedId: string | null
}
export type Number = { path: string; position: number; hash: Buffer; sealed: string }
export type MappedRow = { repeat: string; position: number; parent: number | null; values: Values }
/** A submission as a record has it: answers by key, what is wrong with them, and which thing it is about. */
export type Mapped = {
  id: RecordId; action: 'make' | 'update'; baseVersion: number | null; about: RecordId | null; place: AreaCode | null; day: string
  values: Values; rows: MappedRow[]; repeats: string[]; numbers: Number[]; faults: KeptFault[]
}

/** Reads, checks and sorts. Nothing is refused: what is not as it should be is told. */
export function mapSubmission(arrived: Arrived, seal: Seal): Mapped {
  return mapAnswers(arrived, openNumbers(readAnswers(arrived.model, arrived.xml), arrived.model, seal), seal)
}

/** The same of answers that came otherwise (a row of a table): numbers as they were typed. */
export function mapAnswers(arrived: Omit<Arrived, 'xml'>, answers: Answers, seal: Seal): Mapped {
  const { model, receivedAt } = arrived
  const keys = keysFor(model), now = answers.end ?? `${clockInThailand(receivedAt)}+07:00`
  const faults: KeptFault[] = [], unlike: KeptFault[] = [], givenUp = new Set<string>(), numbers: Number[] = []
  for (const violation of checkOf(model)(answers, { now, today: now.slice(0, 10) }, rule => givenUp.add(rule.path))) faults.push(keys.toFault(violation, answers))
  const thing = thingOf(arrived, answers), mask = makeMask(keys, seal, numbers, unlike)
  const mapped = {
    ...thing.of, about: aboutOf(arrived, answers), place: placeOf(model, answers), day: dayOf(model, answers, receivedAt), numbers,
    values: mask(answers.values, 0), rows: answers.rows.map((row, i) => ({ repeat: row.repeat, position: keys.positionOf(answers, i), parent: row.parent === null ? null : keys.positionOf(answers, row.parent), values: mask(row.values, keys.positionOf(answers, i)) })),
    repeats: model.repeats.map(repeat => repeat.path), faults,
  }
  faults.push(...unlike, ...unreadOf(answers, keys), ...[...givenUp].map(path => keys.toFault({ path, row: null, kind: 'not-judged', say: TOO_MUCH }, answers)), ...thing.faults, ...clockOf(arrived, answers))
  return mapped
}

const checks = new WeakMap<FormModel, ReturnType<typeof makeCheck>>()

function checkOf(model: FormModel): ReturnType<typeof makeCheck> {
  const check = checks.get(model) ?? makeCheck(model)
  checks.set(model, check)
  return check
}

/** Numbers are checked as they were typed, and kept as they were sealed; whatever type the question is of, what is sealed is text. */
export function openNumbers(answers: Answers, model: FormModel, seal: Seal): Answers {
  const paths = new Set(model.questions.filter(question => question.role === 'national-id').map(question => question.path))
  const valuesAt = (row: number | null) => row === null ? answers.values : answers.rows[row]?.values ?? {}
  for (const { path, row, text } of answers.unfit) if (paths.has(path)) valuesAt(row)[path] = text
  answers.unfit = answers.unfit.filter(({ path }) => !paths.has(path))
  for (const values of [answers.values, ...answers.rows.map(row => row.values)]) {
    for (const path of paths) {
      const value = values[path]
      if (typeof value === 'string' && isSealed(value)) values[path] = seal.open(value)
    }
  }
  return answers
}

/** Answers by key; a number leaves its mask there and goes among the numbers. */
function makeMask(keys: Keys, seal: Seal, numbers: Number[], faults: KeptFault[]) {
  return (values: PathValues, position: number): Values => {
    const masked: Values = {}
    for (const path of Object.keys(values)) {
      const value = values[path], question = keys.at(path)
      if (value === null || value === undefined || question === undefined) continue
      masked[question.key] = question.role === 'national-id' ? sealed(question, String(value), position) : value
    }
    return masked
  }
  function sealed({ path, key, repeat, sensitivity }: Keyed, text: string, position: number): MaskedId {
    const parsed = parseNationalId(text), plain = parsed?.digits ?? text
    numbers.push({ path, position, hash: seal.hash(plain), sealed: seal.close(plain) })
    if (!parsed?.checked) faults.push({ key, repeat, row: position || null, kind: 'national-id', say: NOT_A_NUMBER, sensitivity })
    return maskOf(text)
  }
}

/** What is seen of a number; of one that is none, nothing but how long it is. */
export function maskOf(text: string): MaskedId {
  const parsed = parseNationalId(text)
  return { masked: parsed ? maskNationalId(parsed.digits) : 'x'.repeat(Math.min(text.length, 13)), checked: parsed?.checked ?? false }
}

const NOT_A_NUMBER = {
  th: 'ไม่ใช่เลขประจำตัวประชาชน: ต้องมี 13 หลัก และหลักสุดท้ายต้องตรงกับหลักอื่น โปรดเทียบกับบัตร',
  en: 'This is no citizen’s number: it has 13 digits, and the last one follows from the others. Compare it with the card.',
}

const TOO_MUCH = { th: 'กฎของข้อนี้ใช้เวลาคำนวณนานเกินไป จึงยังไม่ได้ตรวจ โปรดดูด้วยตา', en: 'The rule of this question takes too long to compute and was not checked: look at it yourself.' }
const recordFault = (kind: RecordFault['kind'], say: Text): KeptFault => ({ key: null, repeat: null, row: null, kind, say })

/** What was answered beside the form is in the submission as it came; that it is there is told. */
function unreadOf({ unknown }: Answers, keys: Keys): KeptFault[] {
  if (unknown.length === 0) return []
  const names = unknown.filter(one => !keys.at(one.path)).map(one => one.path.split('/').at(-1)).join(', ')
  return names === '' ? [] : [recordFault('unknown', { th: `มีคำตอบที่ไม่อยู่ในแบบฟอร์มรุ่นนี้: ${names}`, en: `There are answers that this version of the form does not ask for: ${names}.` })]
}

type Thing = { of: Pick<Mapped, 'id' | 'action' | 'baseVersion'>; faults: KeptFault[] }

/** Which thing it is: what lives longer than a visit has an id of its own; anything else is its first submission. */
function thingOf({ dataset, instanceId }: Omit<Arrived, 'xml'>, { entity }: Answers): Thing {
  const own = { id: idOf(dataset.id, instanceId), action: 'make', baseVersion: null } as const
  if (!dataset.lasting || !entity || entity.list !== dataset.id || (!entity.create && !entity.update)) return { of: own, faults: [] }
  const id = RecordId.safeParse(entity.id)
  if (id.success) return { of: { id: id.data, action: entity.update ? 'update' : 'make', baseVersion: entity.baseVersion }, faults: [] }
  if (entity.create && !entity.update && entity.id === '') return { of: own, faults: [] }
  return { of: own, faults: [recordFault('thing', { th: 'ไม่รู้ว่าเป็นของเดิมรายการใด จึงเก็บเป็นรายการใหม่', en: 'It is not clear which thing this is about: it was kept as a new one.' })] }
}

/** The instance's own id where it is one, else one that always follows from it. */
export function idOf(dataset: DatasetId, instanceId: string): RecordId {
  const plain = RecordId.safeParse(instanceId.replace(/^uuid:/, '').toLowerCase())
  if (plain.success) return plain.data
  const hex = createHash('sha256').update(`${dataset} ${instanceId}`).digest('hex')
  return RecordId.parse(`${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`)
}

/** The thing of another dataset that was chosen from its list. */
function aboutOf({ dataset, model }: Omit<Arrived, 'xml'>, { values }: Answers): RecordId | null {
  const file = dataset.about === null ? null : `${dataset.about}.csv`, chosen = file === null ? null : model.questions.find(question => question.repeat === null && question.choicesFile === file)
  const id = chosen && RecordId.safeParse(values[chosen.path])
  return id?.data ?? null
}

function placeOf(model: FormModel, { values }: Answers): AreaCode | null {
  const question = questionOf(model, 'place'), value = question && values[question.path]
  return typeof value === 'string' ? AreaCode.safeParse(value).data ?? null : null
}

const DAY_MS = 86_400_000

/** A telephone whose clock is wrong says that it filled in a form after we had it, or before the form was there. */
function clockOf({ receivedAt, publishedAt }: Omit<Arrived, 'xml'>, { end, start }: Answers): KeptFault[] {
  if (end === null && start === null) return []
  const said = new Date(end ?? start ?? NaN).getTime()
  const isWrong = said > receivedAt.getTime() + DAY_MS || said < publishedAt.getTime() - DAY_MS
  return isWrong ? [recordFault('clock', { th: `นาฬิกาของโทรศัพท์อาจผิด: บอกว่ากรอกเมื่อ ${end ?? start}`, en: `The clock of the telephone may be wrong: it says that the form was filled in at ${end ?? start}.` })] : []
}

/** All answers of a record, however closely they are kept. */
export const joinAnswers = ({ open, internal, personal, sensitive }: Record<Sensitivity, Values>): Values => ({ ...open, ...internal, ...personal, ...sensitive })

/** Answers apart by how closely they are kept; one that the form does not know any more stays where it was. */
export function sortAnswers(values: Values, model: FormModel, repeat: string | null, before: Record<Sensitivity, Values> = EMPTY): Record<Sensitivity, Values> {
  const keys = keysFor(model), whereWas = (key: string) => Sensitivity.options.find(sensitivity => key in before[sensitivity]) ?? 'sensitive'
  const sorted: Record<Sensitivity, Values> = { open: {}, internal: {}, personal: {}, sensitive: {} }
  for (const key of Object.keys(values)) sorted[keys.keptOf(repeat, key) ?? whereWas(key)][key] = values[key] as Answer
  return sorted
}

const EMPTY: Record<Sensitivity, Values> = { open: {}, internal: {}, personal: {}, sensitive: {} }
