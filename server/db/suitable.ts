import type pg from 'pg'
import { startProblems } from '../base/problems.ts'

const OLDEST_VERSION = 150000

/** Refuses a server that is too old or does not hold Thai text. */
export async function checkServer(client: pg.Client): Promise<void> {
  const { rows: [server] } = await client.query(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as version, pg_encoding_to_char(encoding) as encoding
     from pg_database where datname = current_database()`)
  if (server.number < OLDEST_VERSION) throw startProblems.databaseTooOld({ version: server.version })
  if (server.encoding !== 'UTF8') throw startProblems.databaseEncoding({ encoding: server.encoding })
}

/** The id of the keys that this database was set up with; null for a database that is still empty. */
export const findKeysId = (client: pg.Client): Promise<string | null> => findSetting(client, 'keys')

export const UNFINISHED = 'restoring'
/** Of which backup a restore did not come to its end; null in any other database. */
export const findUnfinished = (client: pg.Client): Promise<string | null> => findSetting(client, UNFINISHED)

async function findSetting(client: pg.Client, name: string): Promise<string | null> {
  const { rows: [found] } = await client.query(`select to_regclass('meta.setting') as place`)
  if (!found.place) return null
  const { rows } = await client.query('select value from meta.setting where name = $1', [name])
  return rows[0]?.value ?? null
}

export async function keepKeysId(client: pg.Client, id: string): Promise<void> {
  await client.query(`insert into meta.setting (name, value) values ('keys', $1) on conflict do nothing`, [id])
}
