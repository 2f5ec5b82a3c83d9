import { createHash } from 'node:crypto'
import { copyFile, mkdir, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { openDatabase } from '../../server/db/open.ts'
import { rakkaeo } from './command.ts'
import { environmentOf, filesFolderOf } from './database.ts'
import type { Fresh } from './fresh.ts'
import { whenFileEnds } from './leave.ts'

/** What the release with migrations up to 0024 left in a data folder: the province of Mae Hong Son with its people and records. */
export const RELEASE_0024 = resolve(import.meta.dirname, '../upgrade/0024.rakkaeo')
let made = 0

/** An empty database of its own in the tests’ PostgreSQL, and what the command needs to work on it. */
export async function emptyDatabase(): Promise<{ name: string; url: string; env: Record<string, string> }> {
  const { address, keysFile } = inject('cluster'), name = `clone_${process.pid}_empty${++made}_${Date.now().toString(36)}`
  await atServer(address, `create database ${name}`)
  whenFileEnds(async () => {
    await atServer(address, `drop database if exists ${name} with (force)`)
    for (const left of ['', '.keys', '.keys.erasures']) await rm(filesFolderOf(name) + left, { recursive: true, force: true })
  })
  // a file of its own: what other tests erase is listed beside theirs
  const keys = `${filesFolderOf(name)}.keys`
  await mkdir(dirname(keys), { recursive: true })
  await copyFile(keysFile, keys)
  return { name, url: `${address}/${name}`, env: { DATABASE_URL: `${address}/${name}`, RAKKAEO_KEYS: keys, RAKKAEO_DATA: filesFolderOf(name) } }
}

/** A backup taken back into a database of its own, under the keys of the tests, and migrated to today. */
export async function restoredDatabase(file: string): Promise<Fresh & { env: Record<string, string> }> {
  const { name, url, env } = await emptyDatabase(), ran = await rakkaeo(['restore', file, '--other-keys'], { env })
  if (ran.code !== 0) throw new Error(ran.err)
  const database = await openDatabase(environmentOf(inject('cluster'), name), 'command')
  whenFileEnds(() => database.close())
  return { ...database, name, url, env }
}

async function atServer(address: string, statement: string): Promise<void> {
  await asOwner(`${address}/postgres`, admin => admin.query(statement))
}

export async function asOwner<T>(url: string, work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = new pg.Client({ connectionString: url })
  await owner.connect()
  try { return await work(owner) } finally { await owner.end() }
}

/** All rows of all tables, as one hash for each table; what the backup and the restore themselves noted is left out. */
export function hashTables(url: string): Promise<Record<string, string>> {
  return asOwner(url, async owner => {
    await owner.query(`set timezone = 'UTC'`)
    const { rows } = await owner.query(`select schemaname || '.' || quote_ident(tablename) as name from pg_tables where schemaname !~ '^(pg_|information_schema|public)' order by 1`)
    const hashes: Record<string, string> = {}
    for (const { name } of rows) {
      const ours = ({ 'audit.line': `where action !~ '^backup'`, 'meta.setting': `where name <> 'keys'`, 'meta.migration': `where name ~ '^[0-9]'` } as Record<string, string>)[name] ?? ''
      const { rows: lines } = await owner.query(`select t::text as line from ${name} t ${ours} order by t::text collate "C"`)
      hashes[name] = `${lines.length} rows ${lines.reduce((hash, { line }) => hash.update(line).update('\n'), createHash('sha256')).digest('hex').slice(0, 12)}`
    }
    return hashes
  })
}
