import type { AreaCode, PersonId, RecordId } from '../../domain/base/ids.ts'
import { isWithin } from '../../domain/area/rules.ts'
import type { Dataset, FormVersion } from '../../domain/dataset/dataset.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { Answers } from '../../domain/record/record.ts'
import { severityOf } from '../../domain/record/rules.fault.ts'
import { STATE_NAMES, stateAfter, STEPS } from '../../domain/record/rules.state.ts'
import { rowFault } from '../../domain/table/problems.row.ts'
import type { RowOutcome } from '../../domain/table/rules.report.ts'
import type { TableFault } from '../../domain/table/table.ts'
import type { Answers as AnswersByPath, Values } from '../../engine/form/answers.ts'
import { asAnswers } from '../../engine/form/check.stand.ts'
import { makeFill } from '../../engine/form/fill.ts'
import type { Seal } from '../base/seal.ts'
import type { Writer } from '../db/db.ts'
import { findKnown, type Known } from '../record/read.arrived.ts'
import { listAllRows, makeJudge, type JudgeRecord } from '../record/read.checks.ts'
import { clockInThailand } from '../record/read.day.ts'
import type { KeptFault } from '../record/read.keys.ts'
import { joinAnswers, mapAnswers, sortAnswers, type Mapped } from '../record/read.mapped.ts'
import type { Standing } from '../record/write.standing.ts'
import type { ReadRow } from './read.cells.ts'

/** What must be known to make records of rows. `columnOf`: the column that goes to a field, and whether its cells may be told. */
export type Making = {
  dataset: Dataset; form: FormVersion; publishedAt: Date; areas: readonly AreaCode[]; seal: Seal; at: Date; person: PersonId; keepFaulty: boolean
  columnOf: ReadonlyMap<string, { name: string; index: number; isShown: boolean }>; nextId: () => RecordId; fill: (values: Values) => AnswersByPath
}
/** What becomes of a row: the record as it will stand, and how it stood before. */
export type Made = { read: ReadRow; outcome: RowOutcome; faults: TableFault[]; standing: Standing | null; before: Known | null }

/** Makes rows into records, judged by the form and by the checks of the dataset, as submissions are. What is asked of the database for it is asked here, once. */
export async function makerFor(tx: Writer, making: Making, rows: readonly ReadRow[]): Promise<(read: ReadRow) => Made> {
  const targets = rows.flatMap(({ target }) => target ?? []), known = targets.length > 0 ? await findKnown(tx, targets) : new Map<RecordId, Known>()
  const older = await listAllRows(tx, making.areas, [...known.keys()])
  const judge = await makeJudge(tx, rows.flatMap(({ place, target }) => place ?? (target && known.get(target)?.area) ?? []), [making.dataset.id])
  return read => {
    const made = read.target === null ? makeNew(making, read) : makeUpdate(making, read, known.get(read.target) ?? null)
    return made.standing === null || made.outcome === 'unchanged' ? made : judged(making, made, judge, older.get(made.standing.id) ?? [])
  }
}

function arrivedOf({ dataset, form, publishedAt, at }: Making, id: RecordId, area: AreaCode) {
  return { instanceId: `uuid:${id}`, dataset, model: form.model, area, formArea: form.area, version: form.version, receivedAt: at, publishedAt, deprecatedId: null }
}

/** What a row says as a form would have it, with what a telephone would have computed. */
export function makeAnswers({ model }: FormVersion, at: Date): Making['fill'] {
  const empty = asAnswers(model, { values: {}, rows: [] }), fill = makeFill(model), now = `${clockInThailand(at)}+07:00`, moment = { now, today: now.slice(0, 10) }
  return values => fill({ ...empty, values }, moment)
}

/** A table has none. */
const NO_ROWS: Standing['rows'] = new Map()

function makeNew(making: Making, read: ReadRow): Made {
  const { dataset, form: { model, area: formArea, version }, at, person } = making, { place } = read
  // what nobody can keep is judged all the same, so that all is told at once
  const id = making.nextId(), mapped = mapAnswers(arrivedOf(making, id, place ?? formArea), making.fill(read.values), making.seal)
  const faults = mapped.faults.filter(({ key }) => key === null || !read.unread.has(key))
  if (place === null) return { read, outcome: 'faulty', faults: toldOf(making, read, faults), standing: null, before: null }
  const standing: Standing = {
    id, dataset: dataset.id, was: null, area: place, about: mapped.about, formArea, version, instance: `uuid:${id}`, versions: 1, day: mapped.day, madeAt: at, madeBy: person, changedAt: at, changedBy: person,
    ...sortAnswers(mapped.values, model, null), model, faults, changed: true, anew: false, rows: NO_ROWS, numbers: mapped.numbers, state: 'received', acts: 1, mergedInto: null,
  }
  return { read, outcome: 'new', faults: [], standing, before: null }
}

/** Lays a row over the record that it names: what it leaves blank stays, and where nothing differs nothing is done. */
function makeUpdate(making: Making, read: ReadRow, before: Known | null): Made {
  const { areas, dataset, form: { model, area: formArea, version }, at, person } = making
  const stop = (fault: TableFault): Made => ({ read, outcome: 'faulty', faults: [...read.faults, fault], standing: null, before: null })
  if (!before || before.dataset !== dataset.id || !areas.some(area => isWithin(before.area, area))) return stop(rowFault('noRecord', {}, { line: read.row.line, value: read.target }))
  if (!STEPS.update.from.includes(before.state)) return stop(rowFault('setAside', { state: STATE_NAMES[before.state] }, { line: read.row.line, value: read.target }))
  const stood = joinAnswers(before), plain = Object.fromEntries(Object.entries(stood).filter(([, answer]) => !(typeof answer === 'object' && 'masked' in answer)))
  const id = making.nextId(), mapped = mapAnswers(arrivedOf(making, id, before.area), making.fill({ ...asAnswers(model, { values: plain, rows: [] }).values, ...read.values }), making.seal)
  const values: Answers = { ...stood, ...mapped.values }, said = keysSaid(making, read), area = read.place ?? before.area
  const isSame = area === before.area && [...said].every(key => JSON.stringify(values[key]) === JSON.stringify(stood[key]))
  const faults = [...before.faults.filter(({ key, repeat }) => repeat !== null || key === null || !said.has(key)), ...mapped.faults.filter(({ key }) => key !== null && said.has(key) && !read.unread.has(key))]
  const keepsForm = [...said].every(key => keysOf(before.model)[0]?.questions.some(question => question.key === key)), form = keepsForm ? {} : { formArea, version, model }
  const standing: Standing = {
    ...before, ...form, ...sortAnswers(values, keepsForm ? before.model : model, null, before), area, day: mapped.day, instance: `uuid:${id}`, versions: before.versions + 1, changedAt: at, changedBy: person,
    faults, changed: true, anew: false, rows: new Map(), numbers: mapped.numbers.filter(isBrought(making, said)), state: stateAfter(before.state, 'update'), acts: before.acts + 1,
  }
  return { read, outcome: isSame && read.faults.every(({ weight }) => weight === 'warning') ? 'unchanged' : 'updated', faults: read.faults, standing, before }
}

function keysSaid({ form: { model } }: Making, { values }: ReadRow): Set<string> {
  return new Set((keysOf(model)[0]?.questions ?? []).filter(({ path }) => values[path] !== undefined && values[path] !== null).map(({ key }) => key))
}

/** Numbers that the row brought, not those that the record has. */
function isBrought({ form: { model } }: Making, said: ReadonlySet<string>): (number: Mapped['numbers'][number]) => boolean {
  const keys = new Map((keysOf(model)[0]?.questions ?? []).map(({ path, key }) => [path, key]))
  return ({ path }) => said.has(keys.get(path) ?? '')
}

function judged(making: Making, made: Made, judge: JudgeRecord, rows: Parameters<JudgeRecord>[0]['rows']): Made {
  const standing = made.standing as Standing, { area, dataset, model, changedAt, open, internal, personal, sensitive } = standing
  const verdict = judge({ area, dataset, model, changedAt, open, internal, personal, sensitive, rows })
  const own: KeptFault[] = standing.faults.filter(({ check }) => check === undefined).concat(verdict.faults)
  standing.faults = own
  standing.asked = verdict.asked
  standing.answered = verdict.answered
  const stood = made.before && new Set(made.before.faults.map(nameOf)), faults = toldOf(making, made.read, stood ? own.filter(fault => !stood.has(nameOf(fault))) : own)
  const cannot = made.read.faults.some(({ weight }) => weight === 'error'), breaks = faults.some(({ weight }) => weight === 'error')
  return { ...made, outcome: cannot || (breaks && !making.keepFaulty) ? 'faulty' : made.outcome, faults }
}

/** What was wrong with a record before is no fault of the row that updates it. */
const nameOf = ({ key, repeat, row, kind, check }: KeptFault) => [key, repeat, row, kind, check].join(' ')

/** Everything that is wrong with a row, by its column. */
function toldOf({ columnOf }: Making, { row, faults }: ReadRow, kept: readonly KeptFault[]): TableFault[] {
  return kept.length === 0 ? faults : [...faults, ...kept.map((fault): TableFault => {
    const column = fault.key === null ? undefined : columnOf.get(fault.key), cell = column ? row.cells[column.index] ?? null : null
    return { line: row.line, column: column?.name ?? fault.key, value: column?.isShown && cell !== null ? String(cell) : null, code: `record/${fault.check ?? fault.kind}`, weight: severityOf(fault), say: fault.say }
  })]
}
