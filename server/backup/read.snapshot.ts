import type { Readable } from 'node:stream'
import pg from 'pg'
import { to as copyTo, type CopyToStreamQuery } from 'pg-copy-streams'
import type { BackupHead } from '../../domain/backup/backup.ts'
import type { Keys } from '../base/keys.ts'
import { loginAs, makeClient, type Connection } from '../db/pool.ts'
import { AUTH, OWNER, SEALER } from '../db/roles.ts'
import { AS_OWNER_EVERYWHERE } from '../db/scope.ts'

/**
 * A table of ours, with the columns that are kept (what is computed from others is not). `bytes`: what it takes on the disk, to tell how far one is; `reader`: the role
 * to whom the policies show all of its rows when it states all places.
 */
export type TableName = { name: string; columns: string[]; bytes: number; reader: string | null }
export type Copied = CopyToStreamQuery & Readable
/** Everything as it is at one moment, while people go on working. */
export type Snapshot = {
  takenAt: string
  migrations: BackupHead['migrations']
  tables: TableName[]
  /** The last number each sequence gave; at least what stands in the tables. */
  listSequences(): Promise<{ name: string; last: number | null }[]>
  /** A table as COPY writes it; asked one after the other. `rowCount` is known at the end. */
  copy(table: TableName): Copied
  close(): Promise<void>
}

/** Not PostgreSQL's own and not what extensions brought; with the notes of the program about the database. */
export const OURS = `nspname not in ('public', 'information_schema') and nspname !~ '^pg_'`
/** Text that means the same in every version of PostgreSQL and in every place. */
export const PLAIN = `set local statement_timeout = 0; set local lock_timeout = 0; set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'iso_8601'; set local bytea_output = 'hex'; set local extra_float_digits = 1; set local client_encoding = 'UTF8'`
const NAME = 'rakkaeo backup'
const BEGIN = 'begin isolation level repeatable read, read only'

/**
 * One moment, seen by three sessions: the audit and the accounts stand under policies that show all of them to the sealer and to `auth` alone,
 * everything else is the owner's.
 */
export async function openSnapshot(admin: Connection, keys: Keys): Promise<Snapshot> {
  const clients = { [OWNER]: makeClient(admin, NAME), [SEALER]: makeClient(loginAs(admin, SEALER, keys.sealer), NAME), [AUTH]: makeClient(loginAs(admin, AUTH, keys.auth), NAME) }
  const owner = clients[OWNER], close = async () => { await Promise.all(Object.values(clients).map(client => client.end().catch(() => {}))) }
  for (const client of Object.values(clients)) client.on('error', () => {})
  try {
    await owner.connect()
    await owner.query(`${BEGIN}; ${PLAIN}; ${AS_OWNER_EVERYWHERE}`)
    const { rows: [moment] } = await owner.query<{ id: string; at: Date }>('select pg_export_snapshot() as id, now() as at')
    for (const client of [clients[SEALER], clients[AUTH]]) {
      await client.connect()
      await client.query(`${BEGIN}; set transaction snapshot ${pg.escapeLiteral((moment as { id: string }).id)}; ${PLAIN}`)
    }
    const readerOf = ({ name, reader }: TableName) => {
      if (reader && reader in clients) return clients[reader as keyof typeof clients]
      throw new Error(`no policy shows all rows of ${name} to a role that backs it up`)
    }
    return {
      takenAt: (moment as { at: Date }).at.toISOString(), tables: await listTables(owner), migrations: await listApplied(owner), listSequences: () => listSequences(owner), close,
      copy: table => readerOf(table).query(copyTo(`copy (select ${table.columns.map(quote).join(', ')} from ${quote(table.name)}) to stdout`)),
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** @example quote('access.grant') // => '"access"."grant"' */
export function quote(name: string): string {
  return name.split('.').map(part => pg.escapeIdentifier(part)).join('.')
}

export async function listTables(client: pg.Client): Promise<TableName[]> {
  const { rows } = await client.query<TableName>(`
    select nspname || '.' || relname as name, array_agg(attname::text order by attnum) as columns, pg_table_size(c.oid) as bytes, case when not relrowsecurity then '${OWNER}' else (
      select coalesce(min(role) filter (where qual = 'true'), min('${OWNER}') filter (where role = 'public' and qual like '%rakkaeo.areas%'))
      from pg_policies, unnest(roles::text[]) role where schemaname = nspname and tablename = relname and cmd in ('ALL', 'SELECT') and permissive = 'PERMISSIVE') end as reader
    from pg_class c join pg_namespace n on n.oid = relnamespace join pg_attribute on attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''
    where ${OURS} and relkind in ('r', 'p') and not relispartition group by c.oid, nspname, relname order by (nspname || '.' || relname) collate "C"`)
  return rows
}

async function listSequences(client: pg.Client): Promise<{ name: string; last: number | null }[]> {
  const { rows } = await client.query(`select schemaname || '.' || sequencename as name, last_value as last from pg_sequences where ${OURS.replaceAll('nspname', 'schemaname')} order by 1`)
  return rows
}

/** What was applied, the grants left out: these follow the program. */
export async function listApplied(client: pg.Client): Promise<BackupHead['migrations']> {
  const { rows: [found] } = await client.query(`select to_regclass('meta.migration') as place`)
  if (!found.place) return []
  return (await client.query(`select name, checksum from meta.migration where name ~ '^[0-9]' order by name`)).rows
}
