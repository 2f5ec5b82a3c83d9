import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { readEnvironment } from '../../server/base/environment.ts'
import { openEmbedded } from '../../server/db/embedded.ts'
import { openDatabase } from '../../server/db/open.ts'
import { loadSeeds } from '../../server/seed.ts'
import { EMPTY, hashOf, SEEDED } from './content.ts'

declare module 'vitest' {
  interface ProvidedContext { cluster: TestCluster }
}
/** What a test file needs to clone a database of its own. */
export type TestCluster = { address: string; keysFile: string; seeded: string; empty: string }

/** Kept between runs; a database in it is named by the content that it was made from. */
const FOLDER = fileURLToPath(new URL('../../node_modules/.cache/rakkaeo-test/data', import.meta.url))
const KEYS_FILE = `${FOLDER}.keys`

/** One embedded PostgreSQL for all test files. Two runs at once share it; the last one stops it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const house = await openEmbedded(FOLDER, KEYS_FILE, null)
  const admin = new pg.Client(house.admin)
  await admin.connect()
  const { user, password, host, port } = admin
  const cluster: TestCluster = {
    address: `postgres://${user}:${password}@${host}:${port}`, keysFile: KEYS_FILE,
    seeded: `seeded_${hashOf(SEEDED)}`, empty: `empty_${hashOf(EMPTY)}`,
  }
  await forgetSafety(admin)
  await dropLeftovers(admin, cluster)
  project.provide('cluster', cluster)
  return async () => { await admin.end(); await house.close() }
}

/** A power cut may cost the tests' database: it is made anew from the seed. */
async function forgetSafety(admin: pg.Client): Promise<void> {
  for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) await admin.query(`alter system set ${setting} = off`)
  await admin.query('select pg_reload_conf()')
}

/** Templates of older content, and clones whose run is over. */
async function dropLeftovers(admin: pg.Client, { seeded, empty }: TestCluster): Promise<void> {
  const { rows } = await admin.query(
    `select datname from pg_database d where datname ~ '^(seeded|empty|draft|clone)_' and datname not in ($1, $2)
     and not exists (select from pg_stat_activity a where a.datname = d.datname)`, [seeded, empty])
  for (const { datname } of rows) {
    const [, run] = datname.split('_')
    if (/^(draft|clone)_/.test(datname) && existsSync(`/proc/${run}`)) continue
    await admin.query(`drop database if exists ${datname}`).catch(() => {})
  }
}

/**
 * Makes the database that tests clone, when the first test file asks for it; others wait. Filled under a draft name and
 * renamed when whole: an interrupted run leaves no half of a template.
 */
export async function makeTemplate(admin: pg.Client, cluster: TestCluster, content: 'seeded' | 'empty'): Promise<string> {
  const name = cluster[content]
  await admin.query('select pg_advisory_lock(hashtext($1))', [name])
  const { rowCount } = await admin.query('select from pg_database where datname = $1', [name])
  if (!rowCount) await fill(admin, cluster, name, content)
  await admin.query('select pg_advisory_unlock(hashtext($1))', [name])
  return name
}

async function fill(admin: pg.Client, cluster: TestCluster, name: string, content: 'seeded' | 'empty'): Promise<void> {
  const draft = `draft_${process.pid}_${name}`
  await admin.query(`create database ${draft}`)
  const database = await openDatabase(environmentOf(cluster, draft), 'command')
  if (content === 'seeded') await loadSeeds(database.app)
  await database.close()
  await tidy(cluster, draft)
  await admin.query(`alter database ${draft} rename to ${name}`)
}

/** As autovacuum leaves the database of an installation within a minute: a copy never lives long enough to be looked after. */
async function tidy({ address }: TestCluster, name: string): Promise<void> {
  const owner = new pg.Client({ connectionString: `${address}/${name}` })
  await owner.connect()
  await owner.query('vacuum analyze').finally(() => owner.end())
}

export function environmentOf({ address, keysFile }: TestCluster, name: string, more: Record<string, string> = {}) {
  return readEnvironment({ DATABASE_URL: `${address}/${name}`, RAKKAEO_KEYS: keysFile, RAKKAEO_RATE_LIMIT: '0', RAKKAEO_DATA: filesFolderOf(name), ...more })
}

/** Where the server over a test's database keeps files. */
export function filesFolderOf(name: string): string {
  return join(tmpdir(), 'rakkaeo-test-files', name)
}
