import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { access, open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { Writable } from 'node:stream'
import { FORMAT, type BackupHead, type BackupManifest, type BackupTable } from '../../domain/backup/backup.ts'
import { backupProblems } from '../../domain/backup/problems.ts'
import type { FileStore } from '../base/file-store.ts'
import { isFull, reasonOf } from '../base/folder.ts'
import { version } from '../base/version.ts'
import { fileName, HEAD, MANIFEST, partName, SEAL, sealOf, sha256, type OnBytes } from './read.container.ts'
import type { Snapshot, TableName } from './read.snapshot.ts'
import { verifyBackup } from './read.verify.ts'
import { packed, partsOf, writeContainer, type Container } from './write.container.ts'

/** What is backed up: the database at one moment, and the kept files. */
export type Precious = { snapshot: Snapshot; keysId: string; files: FileStore; listFiles(): AsyncIterable<string> }
export type OnBackup = { write: OnBytes; verify: OnBytes }

/** Over the largest file a disk or a limit allows, there is no room either. */
const TOO_LARGE = 'EFBIG'

/**
 * Writes a backup under another name, has it on the disk, reads it back, and only then gives it its name: what broke off is never taken for
 * a backup. `overwrite`: a file that is there is replaced by the new one when that is whole.
 */
export async function writeBackupFile(precious: Precious, file: string, overwrite: boolean, { write, verify }: OnBackup): Promise<BackupManifest> {
  const draft = `${file}.${process.pid}.part`
  const isThere = () => access(file).then(() => true, () => false)
  if (!overwrite && await isThere()) throw backupProblems.fileThere({ file })
  await sweep(file)
  try {
    await writeBackup(precious, createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }), write)
    const manifest = await verifyBackup(draft, verify)
    if (!overwrite && await isThere()) throw backupProblems.fileThere({ file })
    await rename(draft, file)
    await syncFolder(dirname(file))
    return manifest
  } catch (error) {
    await rm(draft, { force: true })
    throw translate(error, file)
  }
}

/** What a backup of this name that was killed has left takes no room for ever. */
async function sweep(file: string): Promise<void> {
  const folder = dirname(file), drafts = (await readdir(folder).catch(() => [])).flatMap(name => {
    const pid = name.startsWith(`${basename(file)}.`) ? /\.(\d+)\.part$/.exec(name)?.[1] : undefined
    return pid && !isAlive(Number(pid)) ? [join(folder, name)] : []
  })
  for (const draft of drafts) await rm(draft, { force: true })
}

function isAlive(pid: number): boolean {
  try { return process.kill(pid, 0) } catch (error) { return reasonOf(error) === 'EPERM' }
}

function translate(error: unknown, file: string): unknown {
  if (isFull(error) || reasonOf(error) === TOO_LARGE) return backupProblems.noRoom({ file })
  return /^E[A-Z]+$/.test(reasonOf(error)) && (error as NodeJS.ErrnoException).path?.startsWith(file) ? backupProblems.cannotWrite({ file, reason: reasonOf(error) }) : error
}

/** A new name is on the disk only when its folder is. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  await handle.sync().catch(() => {}).finally(() => handle.close())
}

/** The same into any stream, not read back. */
export async function writeBackup({ snapshot, keysId, files, listFiles }: Precious, out: Writable, onBytes: OnBytes = () => {}): Promise<BackupManifest> {
  const { takenAt, migrations } = snapshot, head: BackupHead = { format: FORMAT, program: version, takenAt, keys: keysId, migrations }
  const total = snapshot.tables.reduce((sum, { bytes }) => sum + bytes, 0), tables: BackupTable[] = []
  let manifest: BackupManifest | null = null, done = 0
  await writeContainer(out, new Date(takenAt), async container => {
    await container.add(HEAD, jsonOf(head))
    for (const table of snapshot.tables) {
      tables.push(await addTable(container, snapshot, table))
      onBytes(done += table.bytes, total)
    }
    manifest = { ...head, tables, sequences: await snapshot.listSequences(), files: await addFiles(container, files, listFiles()) }
    const text = jsonOf(manifest)
    await container.add(MANIFEST, text)
    await container.add(SEAL, sealOf(text))
  })
  return manifest as unknown as BackupManifest
}

const jsonOf = (value: object) => Buffer.from(JSON.stringify(value, null, 1) + '\n')

/** The next part is read while the last one is compressed. */
async function addTable(container: Container, snapshot: Snapshot, table: TableName): Promise<BackupTable> {
  const stream = snapshot.copy(table), parts: BackupTable['parts'] = []
  let bytes = 0, before: Promise<Buffer> | null = null
  const keep = async (part: Buffer) => {
    parts.push({ packed: part.length, sha256: sha256(part) })
    await container.add(partName(table.name, parts.length), part)
  }
  for await (const part of partsOf(stream)) {
    bytes += part.length
    const next = packed(part)
    if (before) await keep(await before)
    before = next
  }
  if (before) await keep(await before)
  return { name: table.name, columns: table.columns, rows: stream.rowCount, bytes, parts }
}

async function addFiles(container: Container, files: FileStore, names: AsyncIterable<string>): Promise<BackupManifest['files']> {
  const hash = createHash('sha256')
  let count = 0, bytes = 0
  for await (const name of names) {
    const key = Buffer.from(name, 'hex'), size = await files.size(key)
    // erased meanwhile
    if (size === null) continue
    await container.addStream(fileName(name), size, files.stream(key))
    hash.update(name)
    count++
    bytes += size
  }
  return { count, bytes, sha256: hash.digest('hex') }
}
