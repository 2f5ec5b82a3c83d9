import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { reasonOf } from '../base/folder.ts'
import { startProblems } from '../base/problems.ts'
import { OWNER } from './roles.ts'

const DB_FOLDER = fileURLToPath(new URL('../../db', import.meta.url))
const MIGRATION_NAME = /^\d{4}_[a-z0-9_]+\.sql$/
const GRANTS = 'roles.sql'
/** What the program notes about the database itself. */
const META = `create schema if not exists meta;
create table if not exists meta.migration (name text primary key, checksum text not null, applied_at timestamptz not null default now());
create table if not exists meta.setting (name text primary key, value text not null)`
const MIGRATING = 7254403

export type Migration = { name: string; sql: string; checksum: string }

export function listMigrations(folder = join(DB_FOLDER, 'migrations')): Migration[] {
  return readdirSync(folder).filter(name => MIGRATION_NAME.test(name)).sort().map(name => readScript(folder, name))
}

function readScript(folder: string, name: string): Migration {
  const sql = readFileSync(join(folder, name), 'utf8')
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
}

/** Whether nothing is left to do. Refuses a database that a newer or another program made, before anything is touched. */
export async function isUpToDate(client: pg.Client, migrations = listMigrations()): Promise<boolean> {
  return (await listPending(client, migrations)).length === 0
}

/** Brings the database to the schema of this checkout; gives the names of the steps that were taken. One process at a time. */
export function migrate(client: pg.Client, migrations = listMigrations(), onStep: (name: string) => void = () => {}): Promise<string[]> {
  return withTurn(client, async () => {
    const pending = await listPending(client, migrations)
    for (const step of pending) await apply(client, step, onStep)
    return pending.map(({ name }) => name)
  })
}

/** What is left to do. */
export async function listPending(client: pg.Client, migrations = listMigrations()): Promise<Migration[]> {
  const applied = await readApplied(client)
  refuseStrangers(applied, migrations)
  return pendingOf(applied, migrations)
}

/** Nobody else changes the schema meanwhile. */
export async function withTurn<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('select pg_advisory_lock($1)', [MIGRATING])
  try {
    return await work()
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATING]).catch(() => {})
  }
}

/** The grants come again after every change of the schema, and when they were changed themselves. */
function pendingOf(applied: Map<string, string>, migrations: Migration[]): Migration[] {
  const pending = migrations.filter(({ name }) => !applied.has(name))
  const grants = readScript(DB_FOLDER, GRANTS)
  return pending.length > 0 || applied.get(GRANTS) !== grants.checksum ? [...pending, grants] : []
}

async function readApplied(client: pg.Client): Promise<Map<string, string>> {
  const { rows: [found] } = await client.query(`select to_regclass('meta.migration') as place`)
  if (!found.place) return new Map()
  const { rows } = await client.query('select name, checksum from meta.migration')
  return new Map(rows.map(row => [row.name, row.checksum]))
}

/** A step we do not know was taken by a newer program; a step that reads differently now would leave two kinds of databases. */
function refuseStrangers(applied: Map<string, string>, known: Migration[]): void {
  const checksums = new Map(known.map(({ name, checksum }) => [name, checksum]))
  for (const [name, checksum] of applied) {
    if (name === GRANTS) continue
    if (!checksums.has(name)) throw startProblems.databaseNewer({ migration: name })
    if (checksums.get(name) !== checksum) throw startProblems.migrationChanged({ migration: name })
  }
}

/** One step, whole or not at all. `look`: at what it did, before it is over. */
export async function apply(client: pg.Client, { name, sql, checksum }: Migration, onStep: (name: string) => void = () => {}, look: () => Promise<void> = async () => {}): Promise<void> {
  onStep(name)
  try {
    await client.query('begin')
    await client.query(`set local role ${OWNER}`)
    await client.query(META)
    await client.query(sql)
    await look()
    await client.query('insert into meta.migration (name, checksum) values ($1, $2) on conflict (name) do update set checksum = excluded.checksum, applied_at = now()', [name, checksum])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw startProblems.migrationFailed({ migration: name, reason: (error as Error).message || reasonOf(error) })
  }
}
