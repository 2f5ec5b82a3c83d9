import pg from 'pg'
import { compareThings, type Rehearsal, type RehearsedStep, type RowsTouched } from '../../domain/backup/backup.rehearsal.ts'
import { backupProblems } from '../../domain/backup/problems.ts'
import type { Keys } from '../base/keys.ts'
import { apply, listMigrations, listPending, type Migration } from '../db/migrate.ts'
import { loginAs, makeClient, type Connection } from '../db/pool.ts'
import { makeRoles } from '../db/roles.ts'
import { openSnapshot, type Snapshot } from './read.snapshot.ts'
import { listThings, listTouched } from './read.things.ts'
import { partsOf } from './write.container.ts'
import { loadTables, type Piece } from './write.load.ts'
import { stepsOf } from './write.restore.ts'

const PREFIX = 'rakkaeo_rehearsal_', NAME = 'rakkaeo rehearsal'
const NOT_ALLOWED = '42501'

/**
 * Takes the pending migrations on a copy of the database as it is now, and tells what each did. The copy stands beside the database in the same
 * server, filled from a snapshot, so that people go on working; it is dropped afterwards, whatever came of it.
 */
export async function rehearse(admin: Connection, keys: Keys, migrations = listMigrations()): Promise<Rehearsal> {
  return withClient(admin, async client => {
    const pending = await listPending(client, migrations)
    if (pending.length === 0) return { copy: { rows: 0, ms: 0 }, steps: [] }
    const began = performance.now(), snapshot = await openSnapshot(admin, keys)
    try {
      return await withCopy(client, admin, async copy => {
        const rows = await fill(copy, snapshot, keys, migrations), ms = performance.now() - began, steps: RehearsedStep[] = []
        for (const step of pending) steps.push(await take(copy, step))
        return { copy: { rows, ms: Math.round(ms) }, steps }
      })
    } finally {
      await snapshot.close()
    }
  })
}

async function take(copy: pg.Client, step: Migration): Promise<RehearsedStep> {
  // what was done before is told apart from what the step does
  await copy.query('select pg_stat_force_next_flush()')
  const before = await listThings(copy), began = performance.now()
  let rows: RowsTouched[] = [], looked = 0
  await apply(copy, step, undefined, async () => {
    const since = performance.now()
    rows = await listTouched(copy)
    looked = performance.now() - since
  })
  return { name: step.name, ms: Math.round(performance.now() - began - looked), ...compareThings(before, await listThings(copy)), rows }
}

/** The schema as it is now, and all rows. Gives how many. */
async function fill(copy: pg.Client, snapshot: Snapshot, keys: Keys, migrations: Migration[]): Promise<number> {
  let rows = 0
  async function* pieces(): AsyncGenerator<Piece> {
    for (const table of snapshot.tables) {
      const stream = snapshot.copy(table)
      for await (const bytes of partsOf(stream)) yield { table: table.name, bytes }
      rows += stream.rowCount
    }
  }
  await makeRoles(copy, keys)
  for (const step of stepsOf(snapshot, migrations)) await apply(copy, step)
  await copy.query('begin')
  await loadTables(copy, { tables: snapshot.tables, sequences: await snapshot.listSequences() }, pieces())
  await copy.query('commit; analyze')
  return rows
}

async function withCopy<T>(client: pg.Client, admin: Connection, work: (copy: pg.Client) => Promise<T>): Promise<T> {
  const name = `${PREFIX}${process.pid}`
  await sweep(client)
  await client.query(`create database ${name} encoding 'UTF8' template template0`).catch(error => {
    throw error.code === NOT_ALLOWED ? backupProblems.noCopy({ user: new pg.Client(admin).user ?? '' }) : error
  })
  try {
    const { user = '', password } = new pg.Client(admin)
    return await withClient({ ...loginAs(admin, user, password ?? ''), database: name } as Connection, work)
  } finally {
    await client.query(`drop database if exists ${name} with (force)`)
  }
}

/** Copies of a rehearsal that was killed. */
async function sweep(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`select datname from pg_database d where starts_with(datname, '${PREFIX}') and not exists (select from pg_stat_activity a where a.datname = d.datname)`)
  for (const { datname } of rows) await client.query(`drop database if exists ${pg.escapeIdentifier(datname)}`)
}

async function withClient<T>(connection: Connection, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = makeClient(connection, NAME)
  client.on('error', () => {})
  await client.connect()
  return work(client).finally(() => client.end().catch(() => {}))
}
