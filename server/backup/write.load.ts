import { finished } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { BackupManifest } from '../../domain/backup/backup.ts'
import { AS_OWNER_EVERYWHERE } from '../db/scope.ts'
import { listTables, OURS, PLAIN, quote } from './read.snapshot.ts'
import { feed } from './write.container.ts'

/** One thing after the other that goes into the tables: bytes of COPY, by table; parts of one table follow each other. */
export type Piece = { table: string; bytes: Buffer }
export type Contents = Pick<BackupManifest, 'sequences'> & { tables: { name: string; columns: string[]; /** How many must come, where that is known. */ rows?: number }[] }

/**
 * Fills the empty tables of a schema, as their owner, in the transaction at hand. What would hinder (foreign keys, policies of the owner, triggers,
 * indexes) is put aside and put back by the very words the catalogue has for it, which proves every key once, at the end.
 */
export async function loadTables(client: pg.Client, { tables, sequences }: Contents, pieces: AsyncIterable<Piece>): Promise<void> {
  await client.query(`${PLAIN}; ${AS_OWNER_EVERYWHERE}; set local maintenance_work_mem = '256MB'`)
  const aside = await putAside(client)
  await copyAll(client, tables, pieces)
  for (const { name, last } of sequences) if (last !== null) await client.query('select setval($1::regclass, $2)', [quote(name), last])
  for (const statement of aside) await client.query(statement)
  await provePlaces(client)
}

/** Of some tables a trigger does what a key does elsewhere (decision 0034), and no trigger is asked of what was loaded. */
async function provePlaces(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(`select tgrelid::regclass::text as name from pg_trigger where tgfoid = to_regproc('core.has_places') order by 1`)
  for (const { name } of rows) {
    const { rows: [lost] } = await client.query(`select t.area_code as place from ${name} t where not exists (select from core.area a where a.code = t.area_code) limit 1`)
    if (lost) throw new Error(`${name}: the place ${lost.place} is not there`)
  }
}

/** Puts aside what hinders loading; gives the statements that put it back, in their order. */
async function putAside(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ away: string; back: string }>(`
    with ours as (select c.oid, c.oid::regclass as name, relforcerowsecurity as forced from pg_class c join pg_namespace n on n.oid = relnamespace where ${OURS} and relkind in ('r', 'p'))
    select * from (
      select 1 as turn, format('drop index %s', indexrelid::regclass) as away, pg_get_indexdef(indexrelid) as back from pg_index join ours on indrelid = ours.oid
        where not indisprimary and not exists (select from pg_constraint where conindid = indexrelid)
      union all select 2, format('alter table %s drop constraint %I', name, conname), format('alter table %s add constraint %I %s', name, conname, pg_get_constraintdef(o.oid))
        from pg_constraint o join ours on conrelid = ours.oid where contype = 'f'
      union all select 3, format('alter table %s disable trigger %I', name, tgname), format('alter table %s enable trigger %I', name, tgname) from pg_trigger join ours on tgrelid = ours.oid where not tgisinternal and tgenabled = 'O'
      union all select 4, format('alter table %s no force row level security', name), format('alter table %s force row level security', name) from ours where forced) each
    order by turn, away`)
  for (const { away } of rows) await client.query(away)
  return rows.map(({ back }) => back)
}

async function copyAll(client: pg.Client, tables: Contents['tables'], pieces: AsyncIterable<Piece>): Promise<void> {
  // the program's own notes were made with the schema, and those of the backup take their place
  await client.query('delete from meta.migration; delete from meta.setting')
  let open: Filling | null = null
  for await (const { table, bytes } of pieces) {
    if (open?.name !== table) {
      await open?.end()
      open = fillTable(client, tables.find(({ name }) => name === table) ?? { name: table, columns: [] })
    }
    await open.write(bytes)
  }
  await open?.end()
}

export type Filling = { name: string; write(bytes: Buffer): Promise<void>; end(): Promise<void> }

/** One COPY into a table, by pieces. */
export function fillTable(client: pg.Client, { name, columns, rows }: Contents['tables'][number]): Filling {
  const stream = client.query(copyFrom(`copy ${quote(name)} (${columns.map(quote).join(', ')}) from stdin`)), done = finished(stream)
  // told when the next piece is written
  done.catch(() => {})
  return {
    name,
    write: bytes => Promise.race([feed(stream, bytes), done]),
    end: async () => {
      stream.end()
      await done
      if (rows !== undefined && stream.rowCount !== rows) throw new Error(`${name}: ${stream.rowCount} rows came of ${rows}`)
    },
  }
}

/** A table that holds something, apart from the program's notes about the database; null when there is none. Asked as an owner whom no policy hides rows from. */
export async function findContent(client: pg.Client): Promise<string | null> {
  for (const { name } of await listTables(client)) {
    if (name.startsWith('meta.')) continue
    if ((await client.query(`select from ${quote(name)} limit 1`)).rowCount) return name
  }
  return null
}
