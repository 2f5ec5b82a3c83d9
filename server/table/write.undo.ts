import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, RecordId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import type { TableReport } from '../../domain/table/table.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { inPlaces } from '../db/scope.ts'
import { bringAlong } from '../record/write.standing.ts'
import { BEFORE, stoodBefore } from './read.before.ts'
import type { KeptTable } from './read.ts'

const FIRST = 5
type Undone = { acts: number; undone: NonNullable<TableReport['undone']> }

/**
 * Takes an import back whole, as if it had never been: its records, its acts, its numbers; what it updated stands as it did. All of it where it
 * lies by now, should a place have changed since. Not possible once something else was done to one of its records.
 */
export async function undoImport(tx: Writer, areas: readonly AreaCode[], { id }: Pick<KeptTable, 'id'>): Promise<Undone> {
  // a change of places waits for this, or this for it
  await sql`lock table core.record in row exclusive mode`.execute(tx)
  await mustHold(tx, areas, id)
  await hold(tx, areas, id)
  await mustBeUntouched(tx, areas, id)
  const ofImport = sql`select a.record_id from raw.act a where a.import_id = ${id} and a.kind = 'make' and ${within('a.area_code', areas)}`
  const recoded = await countRecoded(tx, areas, id), restored = await inPlaces(tx, [NATION], () => putBack(tx, id))
  // a pair lies in the smallest place that holds both
  await inPlaces(tx, [NATION], () => sql`delete from core.duplicate d where ${within('d.area_code', [NATION])} and (d.one in (${ofImport}) or d.other in (${ofImport}))`.execute(tx))
  await sql`delete from core.duplicate_turn d where ${within('d.area_code', areas)} and d.record_id in (${ofImport})`.execute(tx)
  const removed = await sql`delete from core.record r where ${within('r.area_code', areas)} and r.id in (${ofImport})`.execute(tx)
  if (recoded > 0) await sql`delete from raw.act b where b.kind = 'recode' and ${within('b.area_code', areas)} and b.record_id in (${ofImport})`.execute(tx)
  const gone = await sql`delete from raw.act a where a.import_id = ${id} and ${within('a.area_code', areas)}`.execute(tx)
  return { acts: Number(gone.numAffectedRows), undone: { removed: Number(removed.numAffectedRows), restored, recoded } }
}

const countOf = (tx: Writer, where: RawBuilder<unknown>) => sql<{ n: number }>`select count(*)::int as n from raw.act a where ${where}`.execute(tx).then(({ rows }) => rows[0]?.n ?? 0)

/** Somebody whose places hold only a part of its records, as they lie or as they lay, cannot take back a part. */
async function mustHold(tx: Writer, areas: readonly AreaCode[], id: string): Promise<void> {
  const before = stoodBefore(sql`a.import_id = ${id} and ${within('a.area_code', [NATION])}`)
  const beyond = await inPlaces(tx, [NATION], async () => await countOf(tx, sql`a.import_id = ${id} and ${within('a.area_code', [NATION])} and (not ${within('a.area_code', areas)} or a.id in (select s.id from (${before}) s where not ${within('s.area', areas)}))`))
  if (beyond > 0) throw tableProblems.beyond({})
}

/** Nobody does anything to its records until it is taken back. */
async function hold(tx: Writer, areas: readonly AreaCode[], id: string): Promise<void> {
  await sql`select from core.record r where ${within('r.area_code', areas)} and r.id in (select a.record_id from raw.act a where a.import_id = ${id} and ${within('a.area_code', areas)}) order by r.id for update`.execute(tx)
}

const later = sql`b.area_code = a.area_code and b.record_id = a.record_id and b.id > a.id`

/** That its place has another code is nothing that somebody did to a record. */
async function mustBeUntouched(tx: Writer, areas: readonly AreaCode[], id: string): Promise<void> {
  const { rows } = await sql<{ id: RecordId }>`
    select distinct a.record_id as id from raw.act a where a.import_id = ${id} and ${within('a.area_code', areas)} and (
      exists (select from raw.act b where ${later} and b.kind <> 'recode')
      or exists (select from core.record r where ${within('r.area_code', areas)} and r.about = a.record_id and a.kind = 'make'
        and not exists (select from raw.act c where c.area_code = r.area_code and c.record_id = r.id and c.import_id = ${id})))`.execute(tx)
  if (rows.length > 0) throw tableProblems.touched({ records: rows.length, first: rows.slice(0, FIRST).map(row => row.id) })
}

/** How many of its records lie under another code than they came in. */
const countRecoded = (tx: Writer, areas: readonly AreaCode[], id: string) => countOf(tx, sql`a.import_id = ${id} and ${within('a.area_code', areas)} and exists (select from raw.act b where ${later} and b.kind = 'recode')`)

/** Records that were updated stand as they did, in the place where they did, with all that lies with them. Gives how many. */
async function putBack(tx: Writer, id: string): Promise<number> {
  const was = stoodBefore(sql`a.import_id = ${id} and ${within('a.area_code', [NATION])}`), names = await columnsOf(tx, 'record')
  const moved = (await sql<{ id: RecordId; act: string }>`select w.record_id as id, w.id as act from (${was}) w where w.area <> w.area_code`.execute(tx)).rows
  const done = await sql`update core.record r set (${names}) = (select ${names} from jsonb_populate_record(null::core.record, (w.change -> 'before') || jsonb_build_object('area_code', w.area, 'form_area', w.form, 'acts', r.acts - 1)) b)
    from (${was}) w where r.area_code = w.area_code and r.id = w.record_id and ${within('r.area_code', [NATION])}`.execute(tx)
  await sql`delete from core.national_id n using (${was}) w where n.area_code = w.area and n.record_id = w.record_id and ${within('n.area_code', [NATION])}`.execute(tx)
  await sql`insert into core.national_id select b.* from (${was}) w cross join jsonb_array_elements(w.change -> 'numbers') n cross join jsonb_populate_record(null::core.national_id, n || jsonb_build_object('area_code', w.area)) b`.execute(tx)
  // what they said meanwhile was compared with others, or waits to be where they lay
  await sql`delete from core.duplicate_turn t using (${was}) w where t.record_id = w.record_id and ${within('t.area_code', [NATION])}`.execute(tx)
  await sql`insert into core.duplicate_turn (area_code, record_id, dataset_id) select w.area, w.record_id, r.dataset_id from (${was}) w join core.record r on r.area_code = w.area and r.id = w.record_id
    join core.form f on f.area_code = r.form_area and f.dataset_id = r.dataset_id and f.version = r.version where jsonb_typeof(f.model -> 'entity') = 'object'`.execute(tx)
  if (moved.length > 0) await bringBack(tx, moved)
  return Number(done.numAffectedRows)
}

/** What an update had carried elsewhere comes back with its history; a change of places since has taken along what lies in its places now, and nothing else. */
async function bringBack(tx: Writer, moved: readonly { id: RecordId; act: string }[]): Promise<void> {
  const acts = sql`any(${moved.map(({ act }) => act)})`, RECORD = 'core.record.area_code'
  const stands = sql`${within('j.area_code', [NATION])} and exists (select from core.area_act o where o.area_code = j.area_code and o.id = j.act_id and o.undone_at is null)`
  await bringAlong(tx, moved.map(({ id }) => id))
  await sql`delete from core.area_act_row j using core.area_act_row k where ${stands} and j.place = ${RECORD} and k.area_code = j.area_code and k.act_id = j.act_id
    and k.place = 'raw.act.area_code' and k.key ->> 'id' = ${acts} and k.key ->> 'record_id' = j.key ->> 'id'`.execute(tx)
  await sql`update core.area_act_row j set place = ${RECORD}, key = jsonb_build_object('id', j.key ->> 'record_id') where ${stands} and j.place = ${BEFORE} and j.key ->> 'id' = ${acts} and j.was <> j.becomes`.execute(tx)
}

async function columnsOf(tx: Writer, table: string): Promise<RawBuilder<unknown>> {
  const { rows } = await sql<{ name: string }>`select attname as name from pg_attribute where attrelid = ${`core.${table}`}::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`.execute(tx)
  return sql.join(rows.map(({ name }) => sql.ref(name)))
}
