import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import { RecordId } from '../../domain/base/ids.ts'
import { commonOf } from '../../domain/area/rules.ts'
import type { duplicateApi, SplitBody } from '../../domain/duplicate/api.ts'
import { duplicateProblems } from '../../domain/duplicate/problems.ts'
import { placeOfPair } from '../../domain/duplicate/rules.ts'
import { giveBack, outerRepeats, splitValues } from '../../domain/duplicate/rules.merge.ts'
import type { Answers, RecordRow } from '../../domain/record/record.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import { STATE_NAMES } from '../../domain/record/rules.state.ts'
import { reviewProblems } from '../../domain/review/problems.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { namesIn } from '../record/read.file.ts'
import { copyFiles } from './write.files.ts'
import { findChange } from './write.undo.ts'
import { changesBetween, contentOf, holdAll, keepAside, keepDone, keepOne, standingOf, type By, type Content, type Held } from './write.whole.ts'

type Reply = ReplyOf<typeof duplicateApi.split>

/** A merged record comes out again; one that stands and is two things becomes two. */
export async function split(tx: Writer, by: By, id: RecordId, body: SplitBody): Promise<Reply> {
  const { rows: [self] } = await sql<{ into: RecordId | null }>`select r.merged_into as into from core.record r where ${within('r.area_code', by.areas)} and r.id = ${id}`.execute(tx)
  if (!self) throw reviewProblems.notYours({})
  return self.into === null ? splitInTwo(tx, by, id, body) : takeOut(tx, by, id, self.into, body)
}

/** The record stands again as it was; its survivor gives back what came from it and nobody changed since. */
async function takeOut(tx: Writer, by: By, id: RecordId, into: RecordId, { seen, reason = '' }: SplitBody): Promise<Reply> {
  const held = await holdAll(tx, by, [id, into], seen, 'split'), record = held.get(id) as Held, survivor = held.get(into) as Held, change = await findChange(tx, by, into, null, id)
  if (!change) throw duplicateProblems.notMerged({})
  // what went in with its survivor comes out after it
  if (survivor.state === 'merged') throw reviewProblems.notNow({ state: STATE_NAMES.merged })
  const { before, after, sources } = change, mine = (key: string) => sources[key] === id
  const taken = Object.fromEntries(Object.keys({ ...before.values, ...after.values }).flatMap(key => { const value = mine(key) ? after.values[key] : before.values[key]; return value === undefined ? [] : [[key, value]] })) as Answers
  const values = giveBack(survivor.values, before.values, taken), rows = giveBackRows(survivor.rows, change.rowsFrom.includes(id) ? change : null)
  const now = contentOf(survivor), given = (key: string) => mine(key) && values[key] !== survivor.values[key]
  const content: Content = { ...now, values, rows: rows ?? now.rows, numbers: numbersAfter(survivor, now, before, given, rows !== null), faults: [...now.faults.filter(({ key }) => key === null || !given(key)), ...before.faults.filter(({ key }) => key !== null && given(key))] }
  const batch = randomUUID()
  await keepOne(tx, standingOf(survivor, content, { state: 'received', acts: survivor.acts + 1, versions: survivor.versions + 1 }))
  await keepAside(tx, by, id, 'received', null)
  await keepDone(tx, by, record.dataset, [
    { record: into, area: survivor.area, kind: 'split', instance: null, change: { with: id, answers: changesBetween(survivor.values, values) } }, { record: id, area: record.area, kind: 'split', instance: null, change: { with: into } },
  ], { batch, reason: reason || null })
  await keepApart(tx, by, record, survivor)
  await note(tx, { action: 'record.split', area: commonOf([record.area, survivor.area]), target: id })
  return { stays: into, goes: id }
}

/** The rows that stood before, where those that came are still as they came; null: somebody changed them since, or none came. */
function giveBackRows(now: readonly RecordRow[], change: { before: Content; after: Content } | null): RecordRow[] | null {
  if (!change) return null
  const plain = (rows: readonly RecordRow[]) => Object.fromEntries(rows.map(row => [`${row.repeat} ${row.position}`, [row.parent, row.values]]))
  const [mine, before, after] = [now, change.before.rows, change.after.rows].map(plain) as [ReturnType<typeof plain>, ReturnType<typeof plain>, ReturnType<typeof plain>]
  return JSON.stringify(giveBack({ all: mine }, { all: before }, { all: after })) === JSON.stringify({ all: before }) ? change.before.rows : null
}

function numbersAfter({ model }: Held, now: Content, before: Content, given: (key: string) => boolean, rowsGiven: boolean): Content['numbers'] {
  const keys = new Map(keysOf(model)[0]?.questions.map(({ path, key }) => [path, key])), isBack = ({ path, position }: { path: string; position: number }) => position > 0 ? rowsGiven : given(keys.get(path) ?? '')
  return [...now.numbers.filter(number => !isBack(number)), ...before.numbers.filter(isBack)]
}

/** The new one is of the same hands and place; what is shared out is said for each answer and each repeat. */
async function splitInTwo(tx: Writer, by: By, id: RecordId, { ways, seen, reason = '' }: SplitBody): Promise<Reply> {
  const record = (await holdAll(tx, by, [id], seen, 'split')).get(id) as Held, batch = randomUUID(), instance = `split:${batch}`, goes = RecordId.parse(randomUUID())
  const values = splitValues(record.values, ways), outer = outerRepeats(record.model), wayOf = (repeat: string) => ways[outer.find(path => `${repeat}/`.startsWith(`${path}/`)) ?? ''] ?? 'both'
  const part = (not: 'goes' | 'stays', of: Answers): Content => partOf(by, record, of, row => wayOf(row.repeat) !== not)
  const [rest, copy] = [part('goes', values.stays), part('stays', values.goes)]
  if (Object.keys(copy.values).length === 0) throw duplicateProblems.oneSided({})
  const made = { ...record, id: goes, was: null, instance, about: record.about, rows: [], numbers: [] }
  await keepOne(tx, standingOf(record, rest, { state: 'received', acts: record.acts + 1, versions: record.versions + 1 }))
  await keepOne(tx, standingOf(made, copy, { state: 'received', acts: 1, versions: 1 }))
  await keepDone(tx, by, record.dataset, [
    { record: id, area: record.area, kind: 'split', instance: null, change: { with: goes, answers: changesBetween(record.values, rest.values) } }, { record: goes, area: record.area, kind: 'split', instance, change: { with: id, answers: changesBetween({}, copy.values) } },
  ], { batch, reason: reason || null })
  await copyFiles(tx, record, [...namesIn(record.model, copy.values, copy.rows).keys()].filter(Boolean).map(name => ({ from: id, name, as: name })), instance)
  await keepApart(tx, by, record, { id: goes, area: record.area })
  await note(tx, { action: 'record.split', area: record.area, target: id })
  return { stays: id, goes }
}

function partOf({ viewer }: By, record: Held, values: Answers, keeps: (row: RecordRow) => boolean): Content {
  const whole = contentOf(record), rows = record.rows.filter(keeps), levels = new Map(keysOf(record.model).flatMap(({ repeat, questions }) => questions.map(({ path, key }) => [path, { repeat, key }])))
  const has = (repeat: string | null | undefined, key: string, position: number) => repeat ? rows.some(row => row.repeat === repeat && row.position === position) : key in values
  return {
    ...whole, values, rows, changedAt: new Date().toISOString(), changedBy: viewer.person.id,
    numbers: whole.numbers.filter(({ path, position }) => has(levels.get(path)?.repeat, levels.get(path)?.key ?? '', position)), faults: whole.faults.filter(({ key, repeat, row }) => key === null || has(repeat, key, row ?? 0)),
  }
}

/** They were one record: nobody is asked whether they are the same. */
async function keepApart(tx: Writer, { viewer: { person } }: By, { id, area, dataset }: Held, from: Pick<Held, 'id' | 'area'>): Promise<void> {
  const [one, other] = [id, from.id].sort() as [RecordId, RecordId]
  await sql`insert into core.duplicate (area_code, dataset_id, one, other, score, reasons, state, said_at, said_by, said_by_name)
    values (${placeOfPair(area, from.area)}, ${dataset}, ${one}, ${other}, 1, '[]', 'different', now(), ${person.id}::uuid, ${person.name})
    on conflict (area_code, one, other) do update set state = excluded.state, said_at = excluded.said_at, said_by = excluded.said_by, said_by_name = excluded.said_by_name`.execute(tx)
}
