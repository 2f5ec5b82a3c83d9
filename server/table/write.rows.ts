import { sql } from 'kysely'
import type { TableImportId } from '../../domain/table/table.ts'
import { copyInto, type Cell } from '../db/copy.ts'
import type { Writer } from '../db/db.ts'
import { compareLater, keepNumbers, keepStanding, rowOf, type Standing } from '../record/write.standing.ts'
import type { Made } from './write.records.ts'

/** Whose import it is. */
export type Bringing = { id: TableImportId; personName: string | null }
type New = Made & { standing: Standing }

/** The way in: rows travel by COPY into a table of this transaction (one under a policy takes none) and go from there to where they belong. */
export async function openWay(tx: Writer): Promise<void> {
  await sql`create temporary table table_row (like core.record) on commit drop`.execute(tx)
  await sql`alter table table_row add column line int, alter column merged_into drop not null`.execute(tx)
}

/** Keeps what a few thousand rows came to, in a handful of statements. */
export async function keepMade(tx: Writer, bringing: Bringing, made: readonly Made[]): Promise<void> {
  const kept = made.filter((one): one is New => one.standing !== null)
  await keepNew(tx, bringing, kept.filter(({ outcome }) => outcome === 'new'))
  await keepUpdates(tx, bringing, kept.filter(({ outcome }) => outcome === 'updated'))
}

async function keepNew(tx: Writer, { id, personName }: Bringing, made: readonly New[]): Promise<void> {
  if (made.length === 0) return
  const rows = made.map(({ standing, read }) => ({ ...rowOf(standing), line: read.row.line })), columns = Object.keys(rows[0] as object).filter(name => name !== 'line')
  await copyInto(tx, 'table_row', [...columns, 'line'], rows.map(row => Object.values(row).map(cellOf)))
  const names = sql.join(columns.map(name => sql.ref(name)))
  await sql`insert into core.record (${names}) select ${names} from table_row`.execute(tx)
  await sql`
    insert into raw.act (area_code, record_id, dataset_id, kind, at, person_id, person_name, instance_id, import_id, line, form_area, version, answers)
      select area_code, id, dataset_id, 'make', made_at, made_by, ${personName}, instance_id, ${id}::uuid, line, form_area, version,
        jsonb_build_object('open', open, 'internal', internal, 'personal', personal, 'sensitive', sensitive) from table_row order by line`.execute(tx)
  await sql`truncate table_row`.execute(tx)
  const standing = made.map(one => one.standing)
  await keepNumbers(tx, standing)
  await compareLater(tx, standing)
}

function cellOf(value: unknown): Cell {
  return value === undefined || value === null ? null : typeof value === 'object' ? JSON.stringify(value) : value as Cell
}

/** An update is kept as a visit is; its act says how the record stood before, so that it can be taken back. */
async function keepUpdates(tx: Writer, { id, personName }: Bringing, made: readonly New[]): Promise<void> {
  if (made.length === 0) return
  const before = await listBefore(tx, made)
  await keepStanding(tx, made.map(({ standing }) => standing), [])
  const acts = made.map(({ standing, read }) => ({
    area_code: standing.area, record_id: standing.id, dataset_id: standing.dataset, kind: 'update', at: standing.changedAt.toISOString(), person_id: standing.changedBy, person_name: personName, instance_id: standing.instance,
    import_id: id, line: read.row.line, form_area: standing.formArea, version: standing.version, change: before.get(standing.id),
    answers: { open: standing.open, internal: standing.internal, personal: standing.personal, sensitive: standing.sensitive },
  }))
  const columns = sql.join(Object.keys(acts[0] as object).map(name => sql.ref(name)))
  await sql`insert into raw.act (${columns}) select ${columns} from jsonb_populate_recordset(null::raw.act, ${JSON.stringify(acts)}::jsonb) order by line`.execute(tx)
}

/** Records as they stand, with their citizens' numbers, sealed. */
async function listBefore(tx: Writer, made: readonly New[]): Promise<Map<string, unknown>> {
  const areas = [...new Set(made.flatMap(({ before }) => before?.area ?? []))], ids = made.map(({ standing }) => standing.id)
  const { rows } = await sql<{ id: string; before: unknown }>`
    select r.id, jsonb_build_object('before', to_jsonb(r), 'numbers', coalesce((select jsonb_agg(to_jsonb(n)) from core.national_id n where n.area_code = r.area_code and n.record_id = r.id), '[]')) as before
    from core.record r where r.area_code = any(${areas}) and r.id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map(({ id, before }) => [id, before]))
}
