import { Readable } from 'node:stream'
import type pg from 'pg'
import type { BackupManifest } from '../../domain/backup/backup.ts'
import { backupProblems } from '../../domain/backup/problems.ts'
import type { FileStore } from '../base/file-store.ts'
import { startProblems } from '../base/problems.ts'
import { apply, listMigrations, migrate, withTurn, type Migration } from '../db/migrate.ts'
import { AS_OWNER_EVERYWHERE } from '../db/scope.ts'
import { findUnfinished, UNFINISHED } from '../db/suitable.ts'
import { bytesOf, entriesOf, hashOfFile, tableOf, unpacked, type OnBytes } from './read.container.ts'
import { listApplied, OURS } from './read.snapshot.ts'
import { findContent, loadTables, type Piece } from './write.load.ts'

export type Target = { client: pg.Client; keysId: string; files: FileStore; /** Where that is, for a sentence. */ place: string }
export type OnRestore = { step(migration: string): void; load: OnBytes }

/**
 * Takes a verified backup back into an empty place: the schema as it was then, everything in one transaction, then what the program has learned
 * since, and what `afterwards` does. Broken off before that transaction ends, the place is still empty; after it, the same call goes on, and
 * until it has come to its end nothing else opens the place.
 */
export async function restore<T>(target: Target, file: string, manifest: BackupManifest, on: OnRestore, afterwards: () => Promise<T>): Promise<T> {
  const { client } = target
  if (await findUnfinished(client) !== markOf(manifest)) await restoreAsItWas(target, file, manifest, on)
  await migrate(client, undefined, on.step)
  await client.query('analyze')
  const result = await afterwards()
  await client.query('delete from meta.setting where name = $1', [UNFINISHED])
  return result
}

/** Of which backup a restore is under way. */
const markOf = ({ takenAt, keys }: BackupManifest): string => `${takenAt} ${keys}`

export async function restoreAsItWas(target: Target, file: string, manifest: BackupManifest, on: OnRestore): Promise<void> {
  const steps = stepsOf(manifest)
  await withTurn(target.client, async () => {
    await makeEmpty(target, steps, on.step)
    await loadBackup(target, file, manifest, on.load)
  })
}

/** The steps that the backup has behind it; each must be the very one that this program knows. */
export function stepsOf({ migrations }: Pick<BackupManifest, 'migrations'>, known = listMigrations()): Migration[] {
  return migrations.map(({ name, checksum }) => {
    const step = known.find(one => one.name === name)
    if (!step) throw startProblems.databaseNewer({ migration: name })
    if (step.checksum !== checksum) throw startProblems.migrationChanged({ migration: name })
    return step
  })
}

/** An empty schema at these steps. One that an interrupted start or restore left at others is made anew; one with data is refused. */
async function makeEmpty({ client, place }: Target, steps: Migration[], onStep: (name: string) => void): Promise<void> {
  const applied = await listApplied(client)
  if (applied.length > 0) await inTransaction(client, async () => {
    await client.query(AS_OWNER_EVERYWHERE)
    await showAll(client)
    const table = await findContent(client)
    if (table) throw backupProblems.notEmpty({ place, table })
    const { rows } = await client.query(`select string_agg(quote_ident(nspname), ', ') as names from pg_namespace where ${OURS}`)
    await client.query(`drop schema ${rows[0].names} cascade`)
  })
  for (const step of steps) await apply(client, step, onStep)
}

/** The policies do not hide a row from the owner, until the transaction is over. */
async function showAll(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`select c.oid::regclass as name from pg_class c join pg_namespace n on n.oid = relnamespace where ${OURS} and relforcerowsecurity`)
  for (const { name } of rows) await client.query(`alter table ${name} no force row level security`)
}

async function loadBackup({ client, keysId, files }: Target, file: string, manifest: BackupManifest, onBytes: OnBytes): Promise<void> {
  await inTransaction(client, async () => {
    await loadTables(client, manifest, piecesOf(file, files, onBytes))
    await client.query(`update meta.setting set value = $1 where name = 'keys'`, [keysId])
    await client.query('insert into meta.setting (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value', [UNFINISHED, markOf(manifest)])
    // the grants are this program's: they are given after the last step
    await client.query(`delete from meta.migration where name !~ '^[0-9]'`)
  })
}

/** Tables as pieces; files go to their store on the way, before the transaction that speaks of them is over. */
async function* piecesOf(file: string, files: FileStore, onBytes: OnBytes): AsyncGenerator<Piece> {
  const batch = files.batch()
  for await (const entry of entriesOf(file, onBytes)) {
    const table = tableOf(entry.name), hash = hashOfFile(entry.name)
    if (table) yield { table, bytes: await unpacked(await bytesOf(entry)) }
    if (!hash || await files.size(Buffer.from(hash, 'hex')) === entry.size) continue
    const kept = await batch.keep(Readable.from(entry.stream))
    if (kept.sha256.toString('hex') !== hash) throw backupProblems.damaged({ file, part: entry.name })
  }
  await batch.settle()
}

async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}
