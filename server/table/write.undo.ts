import { sql, type RawBuilder } from 'kysely'
import type { AreaCode, RecordId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { inPlaces } from '../db/scope.ts'
import type { KeptTable } from './read.ts'

const FIRST = 5

/**
 * Takes an import back whole, as if it had never been: its records, its acts, its numbers; what it updated stands as it did. Not possible
 * once something else was done to one of its records.
 */
export async function undoImport(tx: Writer, areas: readonly AreaCode[], { id }: Pick<KeptTable, 'id'>): Promise<number> {
  await mustHold(tx, areas, id)
  await hold(tx, areas, id)
  await mustBeUntouched(tx, areas, id)
  const ofImport = sql`select a.record_id from raw.act a where a.import_id = ${id} and a.kind = 'make' and ${within('a.area_code', areas)}`
  await putBack(tx, areas, id)
  // a pair lies in the smallest place that holds both
  await inPlaces(tx, [NATION], () => sql`delete from core.duplicate d where ${within('d.area_code', [NATION])} and (d.one in (${ofImport}) or d.other in (${ofImport}))`.execute(tx))
  await sql`delete from core.duplicate_turn d where ${within('d.area_code', areas)} and d.record_id in (${ofImport})`.execute(tx)
  await sql`delete from core.record r where ${within('r.area_code', areas)} and r.id in (${ofImport})`.execute(tx)
  const gone = await sql`delete from raw.act a where a.import_id = ${id} and ${within('a.area_code', areas)}`.execute(tx)
  return Number(gone.numAffectedRows)
}

const countOf = (tx: Writer, where: RawBuilder<unknown>) => sql<{ n: number }>`select count(*)::int as n from raw.act a where ${where}`.execute(tx).then(({ rows }) => rows[0]?.n ?? 0)

/** Somebody whose places hold only a part of its records cannot take back a part. */
async function mustHold(tx: Writer, areas: readonly AreaCode[], id: string): Promise<void> {
  const all = await inPlaces(tx, [NATION], () => countOf(tx, sql`a.import_id = ${id} and ${within('a.area_code', [NATION])}`))
  if (all !== await countOf(tx, sql`a.import_id = ${id} and ${within('a.area_code', areas)}`)) throw tableProblems.beyond({})
}

/** Nobody does anything to its records until it is taken back. */
async function hold(tx: Writer, areas: readonly AreaCode[], id: string): Promise<void> {
  await sql`select from core.record r where ${within('r.area_code', areas)} and r.id in (select a.record_id from raw.act a where a.import_id = ${id} and ${within('a.area_code', areas)}) order by r.id for update`.execute(tx)
}

async function mustBeUntouched(tx: Writer, areas: readonly AreaCode[], id: string): Promise<void> {
  const { rows } = await sql<{ id: RecordId }>`
    select distinct a.record_id as id from raw.act a where a.import_id = ${id} and ${within('a.area_code', areas)} and (
      exists (select from raw.act b where b.area_code = a.area_code and b.record_id = a.record_id and b.id > a.id)
      or exists (select from core.record r where ${within('r.area_code', areas)} and r.about = a.record_id and a.kind = 'make'
        and not exists (select from raw.act c where c.area_code = r.area_code and c.record_id = r.id and c.import_id = ${id})))`.execute(tx)
  if (rows.length > 0) throw tableProblems.touched({ records: rows.length, first: rows.slice(0, FIRST).map(row => row.id) })
}

/** Records that were updated stand as they did, in the place where they did. */
async function putBack(tx: Writer, areas: readonly AreaCode[], id: string): Promise<void> {
  const acts = sql`raw.act a where a.import_id = ${id} and a.kind = 'update' and ${within('a.area_code', areas)}`
  const names = await columnsOf(tx, 'record')
  await sql`update core.record r set (${names}) = (select ${names} from jsonb_populate_record(null::core.record, was.change -> 'before') b)
    from (select a.area_code, a.record_id, a.change from ${acts}) was where r.area_code = was.area_code and r.id = was.record_id and ${within('r.area_code', areas)}`.execute(tx)
  await sql`delete from core.national_id n using (select (a.change #>> '{before,area_code}') as area_code, a.record_id from ${acts}) was where n.area_code = was.area_code and n.record_id = was.record_id and ${within('n.area_code', areas)}`.execute(tx)
  await sql`insert into core.national_id select b.* from (select a.change from ${acts}) was cross join jsonb_populate_recordset(null::core.national_id, was.change -> 'numbers') b`.execute(tx)
}

async function columnsOf(tx: Writer, table: string): Promise<RawBuilder<unknown>> {
  const { rows } = await sql<{ name: string }>`select attname as name from pg_attribute where attrelid = ${`core.${table}`}::regclass and attnum > 0 and not attisdropped and attgenerated = '' order by attnum`.execute(tx)
  return sql.join(rows.map(({ name }) => sql.ref(name)))
}
