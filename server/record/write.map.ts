import { sql } from 'kysely'
import type { AreaCode, DatasetId, PersonId, RecordId } from '../../domain/base/ids.ts'
import { Sensitivity } from '../../domain/access/access.ts'
import type { Answers, RecordFault } from '../../domain/record/record.ts'
import type { Seal } from '../base/seal.ts'
import type { Db, Writer } from '../db/db.ts'
import { SYSTEM, writeAs } from '../db/scope.ts'
import { findKnown, idsAbout, listArrived, placeFaults, type Known, type Turn } from './read.arrived.ts'
import { mapSubmission, sortAnswers, type Mapped } from './read.mapped.ts'

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

async function takeTurn(tx: Writer, most: number): Promise<Turn[]> {
  const { rows: [lock] } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${READING}) as mine`.execute(tx)
  return lock?.mine ? listArrived(tx, most) : []
}

type Read = { one: Turn; mapped: Mapped }

async function mapTurn(tx: Writer, turn: readonly Turn[], seal: Seal, tell: (message: string) => void): Promise<void> {
  const readable: Read[] = []
  for (const one of turn) {
    try {
      readable.push({ one, mapped: mapSubmission(one, seal) })
    } catch (error) {
      await delay(tx, one, error as Error, tell)
    }
  }
  const good = await holdFollowers(tx, readable)
  if (good.length > 0) await keepRecords(tx, good)
  await sql`delete from raw.waiting w using unnest(${good.map(({ one }) => one.instanceId)}::text[], ${good.map(({ one }) => one.dataset.id)}::text[]) as done (instance_id, dataset_id)
    where w.instance_id = done.instance_id and w.dataset_id = done.dataset_id`.execute(tx)
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

/** A record as it will stand. `anew`: an edit took the place of all that stood there. */
type Standing = Known & { changed: boolean; anew: boolean; rows: Map<string, Mapped['rows']>; numbers: Mapped['numbers'] }
type Act = { area: AreaCode; record: RecordId; dataset: DatasetId; kind: 'make' | 'update'; at: Date; person: PersonId; personName: string | null; instance: string }

async function keepRecords(tx: Writer, read: readonly Read[]): Promise<void> {
  const standing = await findStanding(tx, read)
  const acts = read.map(({ one, mapped }) => applyTo(standing, one, mapped))
  const changed = [...standing.values()].filter(record => record.changed)
  for (const record of changed) if (record.was && record.was !== record.area) await move(tx, record)
  await keepAll(tx, changed)
  await keepRows(tx, changed)
  await keepNumbers(tx, changed)
  await keepActs(tx, acts)
}

async function findStanding(tx: Writer, read: readonly Read[]): Promise<Map<RecordId, Standing>> {
  const edited = await idsAbout(tx, read.flatMap(({ one }) => one.deprecatedId === null ? [] : [{ dataset: one.dataset.id, instance: one.deprecatedId }]))
  for (const { one, mapped } of read) {
    // an edit of a submission, here or in this very turn, is of the same record
    const earlier = read.find(other => one.deprecatedId !== null && other.one.instanceId === one.deprecatedId && other.one.dataset.id === one.dataset.id)
    const id = one.deprecatedId === null ? undefined : edited.get(`${one.dataset.id} ${one.deprecatedId}`) ?? earlier?.mapped.id
    if (id) Object.assign(mapped, { id, action: 'update' })
  }
  const known = await findKnown(tx, read.map(({ mapped }) => mapped.id))
  return new Map([...known].map(([id, record]) => [id, { ...record, changed: false, anew: false, rows: new Map(), numbers: [] }]))
}

/** Lays a visit over what stood there: what it answers takes the place of what was answered before, what it leaves out stays. An edit stands for itself. */
function applyTo(standing: Map<RecordId, Standing>, one: Turn, mapped: Mapped): Act {
  const before = standing.get(mapped.id), lays = before !== undefined && one.dataset.id === before.dataset
  const isEdit = one.deprecatedId !== null
  const values: Answers = lays && !isEdit ? { ...Object.assign({}, ...Sensitivity.options.map(kind => before[kind])), ...mapped.values } : mapped.values
  const area = one.home, faults = [...mapped.faults, ...placeFaults(one, mapped.place), ...lays ? conflictOf(before, mapped) : strangerOf(mapped)]
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
  })
  return { area, record: mapped.id, dataset: one.dataset.id, kind: before ? 'update' : 'make', at: one.receivedAt, person: one.person, personName: one.personName, instance: one.instanceId }
}

/** Two telephones that updated the same thing: the later one stands, and says so. */
function conflictOf(before: Standing, { baseVersion }: Mapped): RecordFault[] {
  if (baseVersion === null || baseVersion >= before.versions) return []
  return [{ key: null, repeat: null, row: null, kind: 'conflict', say: { th: 'มีคนอื่นปรับปรุงรายการนี้ก่อน โปรดเทียบในประวัติ', en: 'Somebody else had updated this in the meantime: compare in the history.' } }]
}

function strangerOf({ action }: Mapped): RecordFault[] {
  return action === 'update' ? [{ key: null, repeat: null, row: null, kind: 'thing', say: { th: 'ไม่พบรายการเดิมที่ปรับปรุง จึงเก็บเป็นรายการใหม่', en: 'The thing that this updates was not found: it was kept as a new one.' } }] : []
}

async function move(tx: Writer, { id, was, area }: Standing): Promise<void> {
  await sql`update core.record set area_code = ${area} where area_code = ${was} and id = ${id}`.execute(tx)
}

const iso = (date: Date) => date.toISOString()

function keepAll(tx: Writer, records: readonly Standing[]): Promise<unknown> {
  const rows = records.map(record => ({
    area_code: record.area, id: record.id, dataset_id: record.dataset, about: record.about, state: 'received', form_area: record.formArea, version: record.version, instance_id: record.instance,
    versions: record.versions, day: record.day, made_at: iso(record.madeAt), made_by: record.madeBy, changed_at: iso(record.changedAt), changed_by: record.changedBy,
    open: record.open, internal: record.internal, personal: record.personal, sensitive: record.sensitive, faults: record.faults,
  }))
  return sql`insert into core.record select r.* from jsonb_populate_recordset(null::core.record, ${JSON.stringify(rows)}::jsonb) r
    on conflict (area_code, id) do update set about = excluded.about, form_area = excluded.form_area, version = excluded.version, instance_id = excluded.instance_id,
      versions = excluded.versions, day = excluded.day, changed_at = excluded.changed_at, changed_by = excluded.changed_by,
      open = excluded.open, internal = excluded.internal, personal = excluded.personal, sensitive = excluded.sensitive, faults = excluded.faults`.execute(tx)
}

/** The rows of a repeat that was answered anew take the place of those before. */
async function keepRows(tx: Writer, records: readonly Standing[]): Promise<void> {
  const again = records.filter(record => record.was !== null && record.rows.size > 0)
  for (const { area, id, rows } of again) await sql`delete from core.record_row where area_code = ${area} and record_id = ${id} and repeat = any(${[...rows.keys()]})`.execute(tx)
  const all = records.flatMap(record => [...record.rows.values()].flat().map(({ repeat, position, parent, values }) => ({
    area_code: record.area, record_id: record.id, dataset_id: record.dataset, repeat, position, parent, made_by: record.madeBy, ...sortAnswers(values, record.model, repeat),
  })))
  if (all.length > 0) await sql`insert into core.record_row select r.* from jsonb_populate_recordset(null::core.record_row, ${JSON.stringify(all)}::jsonb) r`.execute(tx)
}

async function keepNumbers(tx: Writer, records: readonly Standing[]): Promise<void> {
  const again = records.filter(record => record.was !== null && (record.anew || record.rows.size > 0))
  for (const { area, id, anew, rows } of again) {
    await sql`delete from core.national_id where area_code = ${area} and record_id = ${id} and (${anew} or path ^@ any(${[...rows.keys()].map(repeat => `${repeat}/`)}))`.execute(tx)
  }
  const all = records.flatMap(({ area, id, numbers }) => [...new Map(numbers.map(number => [`${number.path} ${number.position}`, number])).values()].map(number => ({
    area_code: area, record_id: id, path: number.path, position: number.position, hash: number.hash, sealed: number.sealed,
  })))
  if (all.length === 0) return
  await tx.insertInto('core.national_id').values(all).onConflict(conflict => conflict.columns(['area_code', 'record_id', 'path', 'position'])
    .doUpdateSet(row => ({ hash: row.ref('excluded.hash'), sealed: row.ref('excluded.sealed') }))).execute()
}

async function keepActs(tx: Writer, acts: readonly Act[]): Promise<void> {
  await tx.insertInto('raw.act').values(acts.map(act => ({
    area_code: act.area, record_id: act.record, dataset_id: act.dataset, kind: act.kind, at: act.at, person_id: act.person, person_name: act.personName, instance_id: act.instance, reason: null,
  }))).execute()
}
