import { sql } from 'kysely'
import type { AreaCode, PersonId } from '../../domain/base/ids.ts'
import type { PageQuery } from '../../domain/base/page.ts'
import type { Text } from '../../domain/base/text.ts'
import type { TableEntry, TableHow } from '../../domain/table/api.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import type { TableColumn, TableImport, TableImportId, TableMapping, TableReport, TableShape, TableSubject } from '../../domain/table/table.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import type { Scope } from '../db/scope.ts'

/** What is to be done with a table, in whose name, and in which places. */
export type TableJob = { does: 'try' | 'import' | 'undo'; how: TableHow; by: Pick<Scope, 'person' | 'kind' | 'areas'> & { name: string } }
/** An import as it is kept. `columns`: their names alone; what stands in them is not in the database. */
export type KeptTable = {
  area: AreaCode; id: TableImportId; dataset: TableSubject; formArea: AreaCode; version: string; file: string; bytes: number; sha256: Buffer; person: PersonId | null; personName: string; at: Date
  state: 'given' | 'tried' | 'imported' | 'refused' | 'undone'; job: TableJob | null; tries: number; done: number; total: number
  shape: TableShape | null; sheets: string[]; columns: TableColumn[]; mapping: TableMapping; remembered: boolean; report: TableReport | null; trouble: Text | null
}

const COLUMNS = sql`t.area_code as area, t.id, t.dataset_id as dataset, t.form_area as "formArea", t.version, t.file, t.bytes, t.sha256, t.person_id as person, t.person_name as "personName", t.given_at as at,
  t.state, t.job, t.tries, t.done, t.total, t.shape, t.sheets, t.columns, t.mapping, t.remembered, t.report, t.trouble`

export async function findKept(tx: Reader, areas: readonly AreaCode[], id: TableImportId): Promise<KeptTable | null> {
  const { rows: [row] } = await sql<KeptTable>`select ${COLUMNS} from raw.table_import t where t.id = ${id} and ${within('t.area_code', areas)}`.execute(tx)
  return row ?? null
}

export async function getKept(tx: Reader, areas: readonly AreaCode[], id: TableImportId): Promise<KeptTable> {
  const kept = await findKept(tx, areas, id)
  if (!kept) throw tableProblems.noImport({})
  return kept
}

/** Whose tables somebody sees: of records where they import records, of figures where they import files of numbers. */
export type Reach = { records: readonly AreaCode[]; figures: readonly AreaCode[] }

/** The newest first, by key. */
export async function listKept(tx: Reader, { records, figures }: Reach, { after, limit, dataset }: PageQuery & { dataset?: TableSubject | undefined }): Promise<{ items: TableEntry[]; next: string | null }> {
  const reached = (alias: string) => sql`(${within(`${alias}.area_code`, records)} and ${sql.ref(`${alias}.dataset_id`)} not like 'figures:%' or ${within(`${alias}.area_code`, figures)} and ${sql.ref(`${alias}.dataset_id`)} like 'figures:%')`
  const older = after === undefined ? sql`` : sql`and (t.given_at, t.id) < (select b.given_at, b.id from raw.table_import b where b.id::text = ${after} and ${reached('b')})`
  const { rows } = await sql<KeptTable>`
    select ${COLUMNS} from raw.table_import t where ${reached('t')} ${dataset === undefined ? sql`` : sql`and t.dataset_id = ${dataset}`} ${older}
    order by t.given_at desc, t.id desc limit ${limit + 1}`.execute(tx)
  const items = rows.slice(0, limit).map(row => ({ ...headOf(row), remembered: row.remembered, same: null, trouble: row.trouble, hasFaulty: false, rows: row.report?.rows.good ?? null }))
  return { items, next: rows.length > limit ? items.at(-1)?.id ?? null : null }
}

/** The same bytes in the same dataset, taken in before and not taken back. */
export async function findSame(tx: Reader, areas: readonly AreaCode[], { id, dataset, sha256 }: Pick<KeptTable, 'id' | 'dataset' | 'sha256'>): Promise<TableImport['same']> {
  const { rows: [row] } = await sql<{ id: TableImportId; at: Date; byName: string }>`
    select t.id, t.given_at as at, t.person_name as "byName" from raw.table_import t
    where ${within('t.area_code', areas)} and t.dataset_id = ${dataset} and t.sha256 = ${sha256} and t.id <> ${id} and t.state = 'imported' order by t.given_at desc limit 1`.execute(tx)
  return row ? { ...row, at: row.at.toISOString() } : null
}

export function headOf({ id, area, dataset, file, bytes, person, personName, at, state, job, done, total }: KeptTable): Pick<TableImport, 'id' | 'area' | 'dataset' | 'file' | 'bytes' | 'by' | 'byName' | 'at' | 'state' | 'progress'> {
  const doing = { try: 'reading', import: 'importing', undo: 'undoing' } as const
  return { id, area, dataset, file, bytes, by: person, byName: personName, at: at.toISOString(), state: job ? doing[job.does] : state, progress: job ? { done, of: total } : null }
}

/** Imports that somebody waits for, the oldest first. */
export async function listWaiting(tx: Reader, areas: readonly AreaCode[]): Promise<TableImportId[]> {
  const { rows } = await sql<{ id: TableImportId }>`select t.id from raw.table_import t where t.job is not null and ${within('t.area_code', areas)} order by t.given_at`.execute(tx)
  return rows.map(({ id }) => id)
}

/** Where the columns of such a table went the last time. */
export async function findMapping(tx: Reader, areas: readonly AreaCode[], dataset: TableSubject, columns: readonly string[], hash: string): Promise<TableMapping | null> {
  const { rows: [row] } = await sql<{ mapping: TableMapping }>`
    select m.mapping from core.table_mapping m where ${within('m.area_code', areas)} and m.dataset_id = ${dataset} and m.columns_hash = ${hash} order by m.kept_at desc limit 1`.execute(tx)
  return row && row.mapping.columns.every(({ column }) => column < columns.length) ? row.mapping : null
}
