import { sql } from 'kysely'
import type { AreaCode, DatasetId, PersonId, RecordId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import { Sensitivity, type Viewer } from '../../domain/access/access.ts'
import type { Ladder } from '../../domain/dataset/dataset.ts'
import { canJudge } from '../../domain/duplicate/can.ts'
import type { Answers, RecordRow } from '../../domain/record/record.ts'
import { ladderOf } from '../../domain/record/rules.public.ts'
import { STATE_NAMES, STEPS } from '../../domain/record/rules.state.ts'
import { reviewProblems } from '../../domain/review/problems.ts'
import { findDataset } from '../dataset/read.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import type { Looking } from '../record/read.answers.ts'
import { findKnown, type Known } from '../record/read.arrived.ts'
import type { KeptFault } from '../record/read.keys.ts'
import { sortAnswers, type Mapped } from '../record/read.mapped.ts'
import { isSeenEver } from '../record/read.near.ts'
import { keepStanding, type Standing } from '../record/write.standing.ts'

export type By = { viewer: Viewer; areas: readonly AreaCode[] }
/** A record with all that belongs to it, however closely it is kept, held until the act is done. */
export type Held = Known & { values: Answers; rows: RecordRow[]; numbers: Mapped['numbers'] }
/** What a record is but for its acts: what an act changes, and what comes back when it is taken back. */
export type Content = { area: AreaCode; values: Answers; rows: RecordRow[]; numbers: { path: string; position: number; hash: string; sealed: string }[]; faults: KeptFault[]; day: string | null; changedAt: string; changedBy: PersonId }

/** Records that may be seen and judged, in the order of their ids, as those that arrive are held. Whatever changed since it was looked at, or may not be touched now, is refused. */
export async function holdAll(tx: Writer, { viewer, areas }: By, ids: readonly RecordId[], seen: Record<string, number> | undefined, act: 'merge' | 'split'): Promise<Map<RecordId, Held>> {
  const looking: Looking = { viewer, areas, purpose: null }
  const { rows } = await sql<{ id: RecordId }>`select r.id from core.record r where r.id = any(${ids}::uuid[]) and ${isSeenEver('r', looking)}`.execute(tx)
  const known = await findKnown(tx, rows.map(({ id }) => id)), records = [...known.values()]
  if (new Set(ids).size !== records.length) throw reviewProblems.notYours({})
  const ladder = await ladderFor(tx, records[0]?.dataset as DatasetId)
  if (!canJudge(viewer, records, ladder)) throw reviewProblems.notYours({})
  for (const record of records) {
    if (seen?.[record.id] !== undefined && seen[record.id] !== record.acts) throw reviewProblems.changed({})
    if (record.state === 'locked') throw reviewProblems.locked({})
    if (!STEPS[act].from.includes(record.state)) throw reviewProblems.notNow({ state: STATE_NAMES[record.state] })
  }
  return withParts(tx, known)
}

export async function ladderFor(tx: Writer, id: DatasetId): Promise<Ladder> {
  return ladderOf((await findDataset(tx, id))?.dataset ?? {})
}

export async function withParts(tx: Writer, known: ReadonlyMap<RecordId, Known>): Promise<Map<RecordId, Held>> {
  const ids = [...known.keys()]
  const { rows } = await sql<RecordRow & { id: RecordId }>`
    select w.record_id as id, w.repeat, w.position, w.parent, w.open || w.internal || w.personal || w.sensitive as values from core.record_row w where ${within('w.area_code', [NATION])} and w.record_id = any(${ids}::uuid[]) order by w.repeat, w.position`.execute(tx)
  const { rows: numbers } = await sql<Mapped['numbers'][number] & { id: RecordId }>`
    select n.record_id as id, n.path, n.position, n.hash, n.sealed from core.national_id n where ${within('n.area_code', [NATION])} and n.record_id = any(${ids}::uuid[])`.execute(tx)
  return new Map([...known].map(([id, record]) => [id, {
    ...record, values: Object.assign({}, ...Sensitivity.options.map(kind => record[kind])), rows: rows.filter(row => row.id === id).map(({ id: _, ...row }) => row), numbers: numbers.filter(number => number.id === id).map(({ id: _, ...number }) => number),
  }]))
}

export function contentOf({ area, values, rows, numbers, faults, day, changedAt, changedBy }: Held): Content {
  return { area, values, rows, faults, day, changedBy, changedAt: changedAt.toISOString(), numbers: numbers.map(number => ({ ...number, hash: number.hash.toString('base64') })) }
}

/** A record as it will stand with other content; every row and number anew. */
export function standingOf(record: Held, content: Content, change: Pick<Known, 'state' | 'acts'> & { versions?: number }): Standing {
  const before = Object.fromEntries(Sensitivity.options.map(kind => [kind, record[kind]])) as Record<Sensitivity, Answers>
  const repeats = new Set([...record.model.repeats.map(({ path }) => path), ...record.rows.map(row => row.repeat)])
  return {
    ...record, ...sortAnswers(content.values, record.model, null, before), area: content.area, faults: content.faults, day: content.day, changedAt: new Date(content.changedAt), changedBy: content.changedBy, ...change,
    changed: true, anew: true, rows: new Map([...repeats].map(repeat => [repeat, content.rows.filter(row => row.repeat === repeat)])),
    numbers: content.numbers.map(number => ({ ...number, hash: Buffer.from(number.hash, 'base64') })),
  }
}

export type Done = { record: RecordId; area: AreaCode; kind: 'merge' | 'join' | 'split' | 'undo'; instance: string | null; change: object }

/** The acts, as one. */
export async function keepDone(tx: Writer, { viewer: { person } }: By, dataset: DatasetId, acts: readonly Done[], { batch, reason }: { batch: string; reason: string | null }): Promise<void> {
  await tx.insertInto('raw.act').values(acts.map(({ record, area, kind, instance, change }) => ({
    area_code: area, record_id: record, dataset_id: dataset, kind, at: new Date(), person_id: person.id, person_name: person.name, instance_id: instance, reason, fields: null, batch, change: JSON.stringify(change),
  }))).execute()
}

/** Where a record goes that is merged, or comes back from; its content stays whole. */
export async function keepAside(tx: Writer, { areas }: By, id: RecordId, state: string, into: RecordId | null): Promise<void> {
  await sql`update core.record r set state = ${state}, merged_into = ${into}::uuid, acts = r.acts + 1, acted_at = clock_timestamp() where ${within('r.area_code', areas)} and r.id = ${id}`.execute(tx)
}

export const keepOne = (tx: Writer, standing: Standing): Promise<void> => keepStanding(tx, [standing], [])

/** What is said of the pairs among these records. */
export async function keepJudged(tx: Writer, { viewer: { person } }: By, ids: readonly RecordId[], state: 'open' | 'different' | 'merged'): Promise<void> {
  await sql`update core.duplicate d set state = ${state}, said_at = now(), said_by = ${person.id}::uuid, said_by_name = ${person.name}
    where ${within('d.area_code', [NATION])} and d.one = any(${ids}::uuid[]) and d.other = any(${ids}::uuid[])`.execute(tx)
}

/** Which answers became others: as a history tells them. */
export function changesBetween(before: Answers, after: Answers): Record<string, unknown> {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return Object.fromEntries([...keys].filter(key => JSON.stringify(before[key]) !== JSON.stringify(after[key])).map(key => [key, after[key] ?? null]))
}
