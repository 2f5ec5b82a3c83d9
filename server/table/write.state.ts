import { sql } from 'kysely'
import type { Text } from '../../domain/base/text.ts'
import { FAULT_COLUMN } from '../../domain/table/rules.mapping.ts'
import type { TableColumn, TableMapping, TableReport, TableShape } from '../../domain/table/table.ts'
import { sha256 } from '../base/seal.ts'
import type { Db, Writer } from '../db/db.ts'
import { SYSTEM, writeAs } from '../db/scope.ts'
import type { KeptTable, TableJob } from './read.ts'

type Of = Pick<KeptTable, 'area' | 'id'>

export async function askFor(tx: Writer, { area, id }: Of, job: TableJob): Promise<void> {
  await sql`update raw.table_import t set job = ${JSON.stringify(job)}::jsonb, tries = 0, done = 0, total = t.bytes, trouble = null where t.area_code = ${area} and t.id = ${id}`.execute(tx)
}

/** A job is begun; beside its work, so that what kills the server is not tried for ever. */
export async function noteBegun(app: Db, { area, id }: Of): Promise<void> {
  await writeAs(app, SYSTEM, tx => sql`update raw.table_import t set tries = t.tries + 1, done = 0 where t.area_code = ${area} and t.id = ${id}`.execute(tx))
}

export async function noteProgress(app: Db, { area, id }: Of, done: number, total: number): Promise<void> {
  await writeAs(app, SYSTEM, tx => sql`update raw.table_import t set done = ${Math.round(done)}, total = ${Math.round(total)} where t.area_code = ${area} and t.id = ${id}`.execute(tx))
}

/** Where its line got another code while it was worked on, nothing is kept: it is begun anew under that one. */
export async function settle(tx: Writer, { area, id }: Of, state: KeptTable['state'], report: TableReport | null): Promise<void> {
  const { numAffectedRows } = await sql`update raw.table_import t set state = ${state}, report = coalesce(${report && JSON.stringify(report)}::jsonb, t.report), job = null, trouble = null where t.area_code = ${area} and t.id = ${id}`.execute(tx)
  if (numAffectedRows !== 1n) throw new Error(`the import ${id} does not lie in ${area} any more`)
}

/** The job did not end, and nothing of it was kept. */
export async function giveUp(app: Db, { area, id }: Of, trouble: Text): Promise<void> {
  await writeAs(app, SYSTEM, tx => sql`update raw.table_import t set job = null, trouble = ${JSON.stringify(trouble)}::jsonb where t.area_code = ${area} and t.id = ${id}`.execute(tx))
}

export async function keepShape(tx: Writer, { area, id }: Of, { shape, sheets, columns }: { shape: TableShape; sheets: string[]; columns: readonly TableColumn[] }): Promise<void> {
  const names = columns.map(({ index, name }) => ({ index, name, samples: [] }))
  await sql`update raw.table_import t set shape = ${JSON.stringify(shape)}::jsonb, sheets = ${JSON.stringify(sheets)}::jsonb, columns = ${JSON.stringify(names)}::jsonb where t.area_code = ${area} and t.id = ${id}`.execute(tx)
}

export async function keepMapping(tx: Writer, { area, id }: Of, mapping: TableMapping, remembered: boolean): Promise<void> {
  await sql`update raw.table_import t set mapping = ${JSON.stringify(mapping)}::jsonb, remembered = ${remembered}, trouble = null where t.area_code = ${area} and t.id = ${id}`.execute(tx)
}

/** Of the names of columns, without the one that we put behind faulty rows. */
export function hashOfColumns(names: readonly string[]): string {
  return sha256(JSON.stringify(names.filter((name, i) => i < names.length - 1 || !Object.values(FAULT_COLUMN).includes(name)))).toString('hex')
}

export async function rememberMapping(tx: Writer, { area, dataset, columns, mapping }: KeptTable): Promise<void> {
  await sql`insert into core.table_mapping (area_code, dataset_id, columns_hash, mapping) values (${area}, ${dataset}, ${hashOfColumns(columns.map(({ name }) => name))}, ${JSON.stringify(mapping)}::jsonb)
    on conflict (area_code, dataset_id, columns_hash) do update set mapping = excluded.mapping, kept_at = now()`.execute(tx)
}
