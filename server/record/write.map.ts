import { sql } from 'kysely'
import type { AreaCode, RecordId } from '../../domain/base/ids.ts'
import { isWithin } from '../../domain/area/rules.ts'
import { todaysCode } from '../../domain/area/succession.ts'
import { Sensitivity } from '../../domain/access/access.ts'
import { canUpdate } from '../../domain/record/can.ts'
import type { Answers, RecordFault } from '../../domain/record/record.ts'
import { stateAfter } from '../../domain/record/rules.state.ts'
import { listMoved, type Moved } from '../area/read.ledger.ts'
import type { Seal } from '../base/seal.ts'
import type { Db, Writer } from '../db/db.ts'
import { SYSTEM, writeAs } from '../db/scope.ts'
import { findKnown, findSurvivors, idsAbout, listArrived, placeFaults, type Turn } from './read.arrived.ts'
import { idOf, mapSubmission, sortAnswers, type Mapped } from './read.mapped.ts'
import { findVisitors, type Read, type Visitors } from './read.visitors.ts'
import { keepStanding, type Act, type Standing } from './write.standing.ts'

const READING = 7254410
const HOUR_SECONDS = 3600

/**
 * Reads what has arrived, the oldest first, into core. One process at a time, so that a thing's later visit is never read before an
 * earlier one. Gives the number that was read; what cannot be read stays in the queue, says why, and is tried again later.
 */
export async function mapWaiting(app: Db, seal: Seal, most: number, tell: (message: string) => void): Promise<number> {
  let turn: Turn[] = []
  try {
    return await writeAs(app, SYSTEM, async tx => {
      turn = await takeTurn(tx, most)
      if (turn.length > 0) await mapTurn(tx, turn, seal, tell)
      return turn.length
    })
  } catch (error) {
    const [first] = turn
    if (!first) throw error
    // one of them cannot be kept: among fewer, the others are not held up by it
    if (turn.length > 1) return mapWaiting(app, seal, turn.length >> 1, tell)
    await writeAs(app, SYSTEM, tx => delay(tx, first, error as Error, tell))
    return 1
  }
}

/** Nothing that arrives is read until the transaction ends. */
export async function lockReading(tx: Writer): Promise<void> {
  await sql`select pg_advisory_xact_lock(${READING})`.execute(tx)
}

async function takeTurn(tx: Writer, most: number): Promise<Turn[]> {
  const { rows: [lock] } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${READING}) as mine`.execute(tx)
  return lock?.mine ? listArrived(tx, most) : []
}

async function mapTurn(tx: Writer, turn: readonly Turn[], seal: Seal, tell: (message: string) => void): Promise<void> {
  const readable: Read[] = [], moved = await listMoved(tx)
  for (const one of turn) {
    try {
      readable.push(atTodays({ one, mapped: mapSubmission(one, seal) }, moved))
    } catch (error) {
      await delay(tx, one, error as Error, tell)
    }
  }
  const good = await holdFollowers(tx, readable)
  if (good.length > 0) await keepRecords(tx, good)
  await sql`delete from raw.waiting w using unnest(${good.map(({ one }) => one.instanceId)}::text[], ${good.map(({ one }) => one.dataset.id)}::text[]) as done (instance_id, dataset_id)
    where w.instance_id = done.instance_id and w.dataset_id = done.dataset_id`.execute(tx)
}

/** A telephone that knows a place by its old code means the one of today; the door, for a few seconds after the change, may not know either. */
function atTodays({ one, mapped }: Read, { moved, divided }: Moved): Read {
  const home = todaysCode(one.home, moved), now = mapped.place && todaysCode(mapped.place, moved)
  const isTheirs = now !== null && (isWithin(now, home) || isWithin(mapped.place as AreaCode, one.home)), place = isTheirs ? now : null
  // in which part of what was divided it lies only its people know
  if (mapped.place !== null && divided.has(mapped.place)) return { one: { ...one, home: place ?? home, door: one.home }, mapped: { ...mapped, place: place ?? home, faults: [...mapped.faults, dividedSince(mapped.place, place ?? home)] } }
  if (home === one.home && (place === null || place === mapped.place)) return { one, mapped }
  return { one: { ...one, home: place ?? home, door: one.home }, mapped: { ...mapped, place: place ?? mapped.place } }
}

function dividedSince(before: AreaCode, now: AreaCode): RecordFault {
  return { key: null, repeat: null, row: null, kind: 'place', say: {
    th: `พื้นที่ ${before} แยกเป็นหลายส่วนแล้ว จึงเก็บไว้ที่ ${now} โปรดดูว่าอยู่ส่วนใด`, en: `${before} was divided since, so this is kept at ${now}: see in which part it lies.`,
  } }
}

/** What edits a submission that cannot be read yet, or visits its thing again, waits for it and says so, and what follows that one as well. Gives the others. */
async function holdFollowers(tx: Writer, readable: readonly Read[]): Promise<readonly Read[]> {
  const followers = readable.map(({ one, mapped }) => ({ one, about: one.deprecatedId ?? (mapped.action === 'update' ? mapped.id : null) })).filter(({ about }) => about !== null)
  if (followers.length === 0) return readable
  const { rows: held } = await sql<{ key: string }>`
    update raw.waiting w set fault = 'waits for ' || o.instance_id || ', which cannot be read yet', not_before = greatest(o.not_before, now()) + interval '1 second'
    from unnest(${followers.map(({ one }) => one.instanceId)}::text[], ${followers.map(({ one }) => one.dataset.id)}::text[], ${followers.map(({ about }) => about)}::text[]) f (instance_id, dataset_id, about),
      raw.waiting o join raw.submission s using (instance_id, dataset_id)
    where w.instance_id = f.instance_id and w.dataset_id = f.dataset_id and o.dataset_id = f.dataset_id and o.fault is not null and o.arrived < w.arrived and position(lower(f.about) in lower(s.xml)) > 0
    returning w.instance_id || ' ' || w.dataset_id as key`.execute(tx)
  const keys = new Set(held.map(({ key }) => key))
  return held.length === 0 ? readable : holdFollowers(tx, readable.filter(({ one }) => !keys.has(`${one.instanceId} ${one.dataset.id}`)))
}

async function delay(tx: Writer, { instanceId, dataset }: Pick<Turn, 'instanceId' | 'dataset'>, { message }: Error, tell: (message: string) => void): Promise<void> {
  tell(`the submission ${instanceId} could not be read: ${message}`)
  await sql`update raw.waiting set tries = tries + 1, fault = ${message.slice(0, 500)}, not_before = now() + least(${HOUR_SECONDS}, power(2, least(tries, 12)) * 15) * interval '1 second'
    where instance_id = ${instanceId} and dataset_id = ${dataset.id}`.execute(tx)
}

async function keepRecords(tx: Writer, read: readonly Read[]): Promise<void> {
  const standing = await findStanding(tx, read), visitors = await findVisitors(tx, read, standing)
  const acts = read.map(({ one, mapped }) => applyTo(standing, one, withoutForeign(mapped, one, standing, visitors)))
  await keepStanding(tx, [...standing.values()].filter(record => record.changed), acts)
}

async function findStanding(tx: Writer, read: readonly Read[]): Promise<Map<RecordId, Standing>> {
  const edited = await idsAbout(tx, read.flatMap(({ one }) => one.deprecatedId === null ? [] : [{ dataset: one.dataset.id, instance: one.deprecatedId }]))
  for (const { one, mapped } of read) {
    // an edit of a submission, here or in this very turn, is of the same record
    const earlier = read.find(other => one.deprecatedId !== null && other.one.instanceId === one.deprecatedId && other.one.dataset.id === one.dataset.id)
    const id = one.deprecatedId === null ? undefined : edited.get(`${one.dataset.id} ${one.deprecatedId}`) ?? earlier?.mapped.id
    if (id) Object.assign(mapped, { id, action: 'update' })
  }
  await followMerged(tx, read)
  const known = await findKnown(tx, read.map(({ mapped }) => mapped.id))
  return new Map([...known].map(([id, record]) => [id, { ...record, changed: false, anew: false, rows: new Map(), numbers: [] }]))
}

/** What comes for a record that went into another goes there, and says so. */
async function followMerged(tx: Writer, read: readonly Read[]): Promise<void> {
  const survivors = await findSurvivors(tx, read.map(({ mapped }) => mapped.id)), moved = read.filter(({ mapped }) => survivors.has(mapped.id))
  for (const { mapped } of moved) Object.assign(mapped, { id: survivors.get(mapped.id), action: 'update', baseVersion: null, faults: [...mapped.faults, { key: null, repeat: null, row: null, kind: 'conflict', say: CAME_FOR_MERGED }] })
  if (moved.length > 0) await followMerged(tx, read)
}

const CAME_FOR_MERGED = {
  th: 'ข้อมูลนี้ส่งมาสำหรับรายการที่รวมเข้ากับรายการนี้แล้ว จึงปรับปรุงที่รายการนี้ โปรดดูว่าถูกต้อง',
  en: 'This was sent for a record that had been merged into this one, so it was laid over this one: see that it is right.',
}

/** What stands there under this id and is not the sender's to update, is of another dataset, or was erased, stays as it is: theirs is a new one. */
function withoutForeign(mapped: Mapped, { dataset, instanceId, person }: Turn, standing: ReadonlyMap<RecordId, Standing>, visitors: Visitors): Mapped {
  const before = standing.get(mapped.id), visitor = visitors.get(person)
  if (!before || (before.state !== 'erased' && visitor && before.dataset === dataset.id && canUpdate(visitor, { ...before, unit: dataset.unit }))) return mapped
  const own = idOf(dataset.id, instanceId)
  return { ...mapped, action: 'update', id: own === mapped.id ? idOf(dataset.id, `beside ${own}`) : own }
}

/** Lays a visit over what stood there: what it answers takes the place of what was answered before, what it leaves out stays. An edit stands for itself. */
function applyTo(standing: Map<RecordId, Standing>, one: Turn, mapped: Mapped): Act {
  const before = standing.get(mapped.id), lays = before !== undefined, isEdit = one.deprecatedId !== null
  if (before?.state === 'locked') return holdBeside(standing, before, one)
  const values: Answers = lays && !isEdit ? { ...Object.assign({}, ...Sensitivity.options.map(kind => before[kind])), ...mapped.values } : mapped.values
  const staysThere = lays && !isEdit && mapped.place !== one.home, area = staysThere ? before.area : one.home
  const faults = [...mapped.faults, ...staysThere && mapped.place === null ? [] : placeFaults(one, mapped.place), ...lays ? conflictOf(before, mapped) : strangerOf(mapped)]
  const rows = new Map(lays ? before.rows : [])
  // crops go with the plots that they stand on
  const answered = mapped.repeats.filter(repeat => isEdit || !lays || mapped.rows.some(row => `${repeat}/`.startsWith(`${row.repeat}/`)))
  for (const repeat of answered) rows.set(repeat, mapped.rows.filter(row => row.repeat === repeat))
  // the next in a row is somebody else
  const numbers = lays && !isEdit ? before.numbers.filter(({ path }) => !answered.some(repeat => path.startsWith(`${repeat}/`))) : []
  standing.set(mapped.id, {
    id: mapped.id, dataset: one.dataset.id, was: before?.was ?? null, area, about: mapped.about ?? before?.about ?? null, formArea: one.formArea, version: one.version, instance: one.instanceId,
    versions: (before?.versions ?? 0) + 1, day: mapped.day, madeAt: before?.madeAt ?? one.receivedAt, madeBy: before?.madeBy ?? one.person, changedAt: one.receivedAt, changedBy: one.person,
    ...sortAnswers(values, one.model, null, before), model: one.model, faults, changed: true, anew: isEdit || (before?.anew ?? false), rows, numbers: [...numbers, ...mapped.numbers],
    state: before ? stateAfter(before.state, 'update') : 'received', acts: (before?.acts ?? 0) + 1, mergedInto: null,
  })
  return actOf(one, mapped.id, before ? 'update' : 'make')
}

const actOf = (one: Turn, record: RecordId, kind: Act['kind']): Act => ({ home: one.door ?? one.home, record, dataset: one.dataset.id, kind, at: one.receivedAt, person: one.person, personName: one.personName, instance: one.instanceId })

/** A locked record stays as it is. What came is kept beside it, in its history, and somebody is told. */
function holdBeside(standing: Map<RecordId, Standing>, before: Standing, one: Turn): Act {
  const isTold = before.faults.some(({ say }) => say.en === HELD.en)
  standing.set(before.id, { ...before, acts: before.acts + 1, changed: true, faults: isTold ? before.faults : [...before.faults, { key: null, repeat: null, row: null, kind: 'conflict', say: HELD }] })
  return actOf(one, before.id, 'held')
}

export const HELD = {
  th: 'มีข้อมูลส่งเข้ามาขณะที่รายการนี้ล็อกอยู่ จึงพักไว้ในประวัติโดยไม่แก้รายการ เปิดรายการอีกครั้ง แล้วเลือกว่าจะรับเข้ามาหรือไม่ใช้',
  en: 'Something was sent while this record was locked: it is held in the history and changed nothing. Open the record again, then take it in or set it aside.',
}

/** Two telephones that updated the same thing: the later one stands, and says so. */
function conflictOf(before: Standing, { baseVersion }: Mapped): RecordFault[] {
  if (baseVersion === null || baseVersion >= before.versions) return []
  return [{ key: null, repeat: null, row: null, kind: 'conflict', say: { th: 'มีคนอื่นปรับปรุงรายการนี้ก่อน โปรดเทียบในประวัติ', en: 'Somebody else had updated this in the meantime: compare in the history.' } }]
}

function strangerOf({ action }: Mapped): RecordFault[] {
  return action === 'update' ? [{ key: null, repeat: null, row: null, kind: 'thing', say: { th: 'ไม่พบรายการเดิมที่ปรับปรุง จึงเก็บเป็นรายการใหม่', en: 'The thing that this updates was not found: it was kept as a new one.' } }] : []
}
