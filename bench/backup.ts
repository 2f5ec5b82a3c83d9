import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { BackupManifest } from '../domain/backup/backup.ts'
import { bytesOf, entriesOf, tableOf, unpacked } from '../server/backup/read.container.ts'
import { quote } from '../server/backup/read.snapshot.ts'
import { verifyBackup } from '../server/backup/read.verify.ts'
import { fillTable, type Filling } from '../server/backup/write.load.ts'
import { openHouse } from '../cli/database.ts'
import { makeApp } from '../server/app.ts'
import { readEnvironment } from '../server/base/environment.ts'
import { openFileStore, type StoredFile } from '../server/base/file-store.ts'
import { openEmbedded } from '../server/db/embedded.ts'
import { ownerOf } from './database.ts'
import { measure, median } from './measure.ts'
import { inMs, type Result } from './results.ts'
import { fillTo } from './review.ts'

/** `BENCH_MOST`: no more records than so many, on a machine that has something else to do. */
const SIZES = [25_000, 250_000, 2_500_000].filter(size => size <= Number(process.env['BENCH_MOST'] ?? Infinity))
const RUNS = 3, BLOCK = 1 << 20
const PHOTOS = 2000, PHOTO_BYTES = 100_000

/** The whole commands, at three sizes, in MB of COPY text per second; beside COPY of the same tables into nothing, and out of nothing into bare tables. */
export async function benchBackup(): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-backup-')), data = join(folder, 'data'), environment = readEnvironment({ RAKKAEO_DATA: data, RAKKAEO_KEYS: `${data}.keys` })
  const database = await openHouse(environment, 'server', { step: () => {}, count: () => {} }), server = await makeApp(environment, database)
  await server.ready()
  const owner = new pg.Client({ connectionString: ownerOf(data) })
  await owner.connect()
  try {
    const results = await benchPhotos(folder)
    for (const size of SIZES) {
      await fillTo(owner, size)
      results.push(...await benchSize(folder, owner, size))
    }
    return results
  } finally {
    await owner.end()
    await server.close()
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Many photographs, beside the same bytes as bare files and one wait for the disk. They are taken away again. */
async function benchPhotos(folder: string): Promise<Result[]> {
  const data = join(folder, 'data'), store = openFileStore(join(data, 'files')), batch = store.batch(), kept: StoredFile[] = []
  for (let n = 0; n < PHOTOS; n++) kept.push(await batch.keep(Readable.from([randomBytes(PHOTO_BYTES)])))
  await batch.settle()
  const file = join(folder, 'photos'), back = join(folder, 'back-photos'), bare = join(folder, 'bare-photos')
  await copyFile(`${data}.keys`, `${back}.keys`)
  const made = await measure(1, () => run(['backup', file], data), 0), restored = await measure(1, () => run(['restore', file], back), 0), written = await measure(1, () => writeFiles(bare), 0)
  for (const { sha256 } of kept) await store.remove(sha256, new Date())
  for (const left of [file, back, bare]) await rm(left, { recursive: true, force: true })
  const size = `${PHOTOS.toLocaleString('en')} photographs, ${PHOTOS * PHOTO_BYTES / 1e6} MB, and the rows of a first start`, told = speedOf(PHOTOS * PHOTO_BYTES), beside = `the same bytes as bare files, synced once: ${told(median(written))}`
  return [{ task: 'backup of photographs, read back', size, ours: told(median(made)), beside }, { task: 'restore of photographs', size, ours: told(median(restored)), beside, budget: 'making the database included' }]
}

async function writeFiles(folder: string): Promise<void> {
  const block = randomBytes(PHOTO_BYTES)
  await mkdir(folder)
  for (let n = 0; n < PHOTOS; n++) await writeFile(join(folder, String(n)), block)
  await once(spawn('sync', ['-f', folder]), 'exit')
}

async function benchSize(folder: string, owner: pg.Client, size: number): Promise<Result[]> {
  const file = join(folder, 'backup'), data = join(folder, 'data')
  let memory = 0
  const made = await measure(RUNS, async () => { memory = Math.max(memory, await run(['backup', file, '--force'], data)) }, 1)
  const manifest = await verifyBackup(file), bytes = manifest.tables.reduce((sum, table) => sum + table.bytes, 0), told = speedOf(bytes)
  const packed = manifest.tables.reduce((sum, { parts }) => sum + parts.reduce((all, part) => all + part.packed, 0), 0) + manifest.files.bytes
  const bare = await measure(RUNS, () => copyAway(owner, manifest), 1), disk = await measure(RUNS, () => writeBare(join(folder, 'bare'), packed), 0)
  const back = join(folder, `back-${size}`)
  await copyFile(`${data}.keys`, `${back}.keys`)
  const restored = await measure(1, async () => { memory = Math.max(memory, await run(['restore', file], back)) }, 0)
  const plain = await copyBack(back, file, manifest)
  await rm(back, { recursive: true, force: true })
  const at = `${size.toLocaleString('en')} records, ${Math.round(bytes / 1e6)} MB of rows`, budget = `memory at most ${memory} MB at this size`
  return [
    { task: 'backup, read back', size: `${at}, ${Math.round(packed / 1e6)} MB written`, ours: told(median(made)), beside: `COPY to nothing ${told(median(bare))}; the bare disk ${inMs(median(disk))}`, budget },
    { task: 'restore into an empty folder', size: at, ours: told(median(restored)), beside: `COPY into bare tables ${told(plain)}`, budget: 'with keys, indexes and foreign keys; making the database included' },
  ]
}

const speedOf = (bytes: number) => (ms: number) => `${inMs(ms)}, ${Math.round(bytes / 1000 / ms)} MB/s`

/** Gives the most memory that the command had, in MB. */
async function run(args: string[], data: string): Promise<number> {
  const env = { ...process.env, DATABASE_URL: '', RAKKAEO_DATA: data, RAKKAEO_KEYS: `${data}.keys` }
  const child = spawn(process.execPath, ['cli/rakkaeo.ts', ...args], { cwd: resolve(import.meta.dirname, '..'), env, stdio: 'ignore' })
  let most = 0
  const looking = setInterval(() => { most = Math.max(most, memoryOf(child.pid as number)) }, 50)
  const [code] = await once(child, 'exit')
  clearInterval(looking)
  if (code !== 0) throw new Error(`rakkaeo ${args.join(' ')} ended with ${code}`)
  return most
}

function memoryOf(pid: number): number {
  try { return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024) } catch { return 0 }
}

async function copyAway(owner: pg.Client, { tables }: BackupManifest): Promise<void> {
  for (const { name, columns } of tables) {
    const stream = owner.query(copyTo(`copy ${quote(name)} (${columns.map(quote).join(', ')}) to stdout`))
    await finished(stream.resume())
  }
}

async function writeBare(path: string, bytes: number): Promise<void> {
  const file = await open(path, 'w'), block = randomBytes(BLOCK)
  for (let left = bytes; left > 0; left -= BLOCK) await file.write(block, 0, Math.min(left, BLOCK))
  await file.sync()
  await file.close()
}

/** The same rows into tables without keys, indexes or policies; gives the milliseconds of COPY alone. */
async function copyBack(data: string, file: string, { tables }: BackupManifest): Promise<number> {
  const house = await openEmbedded(data, `${data}.keys`, null), client = new pg.Client(house.admin)
  await client.connect()
  await client.query('begin')
  let filling: Filling | null = null, ms = 0
  const timed = async (work: () => Promise<unknown> | undefined) => { const began = performance.now(); await work(); ms += performance.now() - began }
  for await (const entry of entriesOf(file)) {
    const table = tables.find(({ name }) => name === tableOf(entry.name)), name = `pg_temp.${table?.name.replace('.', '_')}`
    if (!table) continue
    if (filling?.name !== name) {
      await timed(() => filling?.end())
      await client.query(`create temp table ${quote(name)} as select * from ${quote(table.name)} limit 0`)
      filling = fillTable(client, { name, columns: table.columns })
    }
    const part = await unpacked(await bytesOf(entry))
    await timed(() => filling?.write(part))
  }
  await timed(() => filling?.end())
  await client.query('rollback')
  await client.end()
  await house.close()
  return ms
}
