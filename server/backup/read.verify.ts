import { createHash, type Hash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { BackupManifest, type BackupHead, type BackupTable } from '../../domain/backup/backup.ts'
import { backupProblems } from '../../domain/backup/problems.ts'
import { bytesOf, entriesOf, hashOfFile, HEAD, jsonOf, MANIFEST, parseHead, SEAL, sealOf, sha256, tableOf, unpacked, type Entry, type OnBytes } from './read.container.ts'

type Seen = {
  head: BackupHead | null
  tables: Map<string, Pick<BackupTable, 'bytes' | 'parts'>>
  files: { count: number; bytes: number; names: Hash }
  manifest: Buffer | null
  isSealed: boolean
}

/** Reads a whole backup and compares it with what it says of itself: each part, each file, each length. Gives its manifest. */
export async function verifyBackup(file: string, onBytes?: OnBytes): Promise<BackupManifest> {
  const seen: Seen = { head: null, tables: new Map(), files: { count: 0, bytes: 0, names: createHash('sha256') }, manifest: null, isSealed: false }
  for await (const entry of entriesOf(file, onBytes)) {
    if (!await isSound(file, entry, seen)) throw backupProblems.damaged({ file, part: entry.name })
  }
  if (!seen.head) throw backupProblems.notBackup({ file })
  if (!seen.manifest || !seen.isSealed) throw backupProblems.cutShort({ file })
  const manifest = BackupManifest.parse(jsonOf(seen.manifest)), part = findFault(seen, manifest)
  if (part) throw backupProblems.damaged({ file, part })
  return manifest
}

async function isSound(file: string, entry: Entry, seen: Seen): Promise<boolean> {
  const { name } = entry, table = tableOf(name), hash = hashOfFile(name)
  if (name === HEAD || !seen.head) {
    if (name !== HEAD) throw backupProblems.notBackup({ file })
    seen.head = parseHead(file, await bytesOf(entry))
    return true
  }
  if (table) return isPartSound(entry, table, seen)
  if (hash) return isFileSound(entry, hash, seen)
  const text = await bytesOf(entry)
  if (name === MANIFEST) seen.manifest = text
  else seen.isSealed = name === SEAL && seen.manifest !== null && text.equals(sealOf(seen.manifest))
  return name === MANIFEST || seen.isSealed
}

async function isPartSound(entry: Entry, table: string, { tables }: Seen): Promise<boolean> {
  const part = await bytesOf(entry), whole = await unpacked(part).catch(() => null), { bytes, parts } = tables.get(table) ?? { bytes: 0, parts: [] }
  tables.set(table, { bytes: bytes + (whole?.length ?? 0), parts: [...parts, { packed: part.length, sha256: sha256(part) }] })
  return whole !== null
}

async function isFileSound({ stream, size }: Entry, name: string, { files }: Seen): Promise<boolean> {
  const hash = createHash('sha256')
  for await (const piece of stream) hash.update(piece)
  files.count++
  files.bytes += size
  files.names.update(name)
  return hash.digest('hex') === name
}

/** Where what is there is not what should be; null when all of it is. */
function findFault({ head, tables, files }: Seen, manifest: BackupManifest): string | null {
  const { format, program, takenAt, keys, migrations } = manifest
  if (!isDeepStrictEqual(head, { format, program, takenAt, keys, migrations })) return HEAD
  const bad = manifest.tables.find(({ name, bytes, parts }) => !isDeepStrictEqual(tables.get(name) ?? { bytes: 0, parts: [] }, { bytes, parts }))
  if (bad) return bad.name
  const stranger = [...tables.keys()].find(name => !manifest.tables.some(table => table.name === name))
  const found = { count: files.count, bytes: files.bytes, sha256: files.names.digest('hex') }
  return stranger ?? (isDeepStrictEqual(found, manifest.files) ? null : 'files')
}
