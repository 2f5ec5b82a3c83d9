import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { PlanningClient } from './planned.ts'
import type { Tables } from './tables.ts'

const DATE = 1082, INT8 = 20, NUMERIC = 1700
const asNumber = (text: string) => Number(text)
const PARSERS: Record<number, (text: string) => unknown> = { [DATE]: text => text, [INT8]: asNumber, [NUMERIC]: asNumber }

/** Dates stay text (`YYYY-MM-DD`), whole and decimal numbers become numbers. */
const types: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text') => (format === undefined || format === 'text' ? PARSERS[oid] : undefined) ?? pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
}

export type Connection = { host: string; port: number; database: string; user: string; password: string; ssl?: pg.ClientConfig['ssl'] } | { connectionString: string }

export function makeClient(connection: Connection, name: string): pg.Client {
  return new pg.Client({ ...connection, types, application_name: name, connectionTimeoutMillis: 10_000 })
}

/** The same database, entered as another role. */
export function loginAs(connection: Connection, user: string, password: string): Connection {
  const { host, port, database = '', ssl } = new pg.Client(connection)
  return { host, port, database, ssl, user, password }
}

export type PoolOptions = { name: string; max: number; statementTimeoutMs?: number }

/** A pool of connections and the query builder over it. `destroy()` of the builder ends the pool. */
export function makeDb<T = Tables>(connection: Connection, { name, max, statementTimeoutMs }: PoolOptions): Kysely<T> {
  const pool = new pg.Pool({
    ...connection, types, max, Client: PlanningClient, application_name: name, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 60_000,
    ...(statementTimeoutMs ? { statement_timeout: statementTimeoutMs } : {}),
  })
  // A connection that breaks (the database was restarted) fails its own query and is dropped by the pool; the next query opens another.
  pool.on('error', () => {}).on('connect', client => client.on('error', () => {}))
  return new Kysely<T>({ dialect: new PostgresDialect({ pool }) })
}
