import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { reasonOf } from './folder.ts'

export type StoredFile = { sha256: Buffer; bytes: number }

/** Files by the hash of their bytes. What `keep` gave is whole and on the disk, also after a power cut; the same bytes are kept once. */
export type FileStore = {
  keep(stream: Readable): Promise<StoredFile>
  /** Many files: what a batch kept is found, and on the disk, once `settle` has come back. */
  batch(): FileBatch
  read(sha256: Buffer): Promise<Buffer>
  stream(sha256: Buffer): Readable
  /** Bytes, or null when it is not there. */
  size(sha256: Buffer): Promise<number | null>
  /** Takes bytes away for good, unless they were kept anew after that time; gives whether nothing of them is there now. */
  remove(sha256: Buffer, keptBefore: Date): Promise<boolean>
}

export type FileBatch = { keep(stream: Readable): Promise<StoredFile>; settle(): Promise<void> }

const ARRIVING = 'arriving'
/** So many drafts are brought to the disk together: a disk does that several times faster than one after the other. */
const DRAFTS_AT_ONCE = 256
/** Longer than any request takes. */
const DRAFT_HOLDS_MS = 24 * 3_600_000

/** In a folder beside the database; another store (an object store) would give the same six. */
export function openFileStore(folder: string): FileStore {
  const pathOf = (sha256: Buffer) => { const name = sha256.toString('hex'); return join(folder, name.slice(0, 2), name.slice(2, 4), name) }
  void sweep(join(folder, ARRIVING)).catch(() => {})
  return {
    keep: async stream => {
      const batch = makeBatch(folder, pathOf), kept = await batch.keep(stream)
      await batch.settle()
      return kept
    },
    batch: () => makeBatch(folder, pathOf),
    read: sha256 => readFile(pathOf(sha256)),
    stream: sha256 => createReadStream(pathOf(sha256)),
    size: sha256 => stat(pathOf(sha256)).then(({ size }) => size, () => null),
    remove: async (sha256, keptBefore) => {
      const kept = await stat(pathOf(sha256)).catch(() => null)
      if (kept && kept.mtimeMs > keptBefore.getTime()) return false
      await rm(pathOf(sha256), { force: true })
      await sync(dirname(pathOf(sha256))).catch(() => {})
      return true
    },
  }
}

type Draft = StoredFile & { draft: string }

/** Files are written under other names and moved when they are whole and on the disk: what broke off leaves nothing that could be taken for a file. */
function makeBatch(folder: string, pathOf: (sha256: Buffer) => string): FileBatch {
  const folders = new Set<string>()
  let drafts: Draft[] = []
  const move = async () => {
    const whole = drafts
    drafts = []
    await Promise.all(whole.map(({ draft }) => syncFile(draft))).catch(error => leave(whole, error))
    for (const { draft, sha256 } of whole) {
      const path = pathOf(sha256)
      await mkdir(dirname(path), { recursive: true })
      await rename(draft, path)
      for (const one of [dirname(path), dirname(dirname(path)), folder]) folders.add(one)
    }
  }
  return {
    keep: async stream => {
      const draft = join(folder, ARRIVING, randomUUID())
      if (await mkdir(dirname(draft), { recursive: true })) await sync(dirname(folder))
      const kept = await writeAll(draft, stream).catch(error => leave([{ draft }], error))
      if (drafts.push({ ...kept, draft }) >= DRAFTS_AT_ONCE) await move()
      return kept
    },
    settle: async () => {
      await move()
      for (const one of folders) await sync(one)
      folders.clear()
    },
  }
}

async function leave(drafts: readonly Pick<Draft, 'draft'>[], error: unknown): Promise<never> {
  await Promise.all(drafts.map(({ draft }) => rm(draft, { force: true })))
  throw error
}

async function writeAll(path: string, stream: Readable): Promise<StoredFile> {
  const hash = createHash('sha256')
  let bytes = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      hash.update(chunk)
      bytes += chunk.length
      await file.writeFile(chunk)
    }
  } finally {
    await file.close()
  }
  return { sha256: hash.digest(), bytes }
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  await file.sync().finally(() => file.close())
}

/** A new name in a folder is on the disk only when the folder is. Some systems (Windows) know no such wish and see to it themselves. */
async function sync(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync().catch(error => { if (!['EINVAL', 'EBADF'].includes(reasonOf(error))) throw error })
  } finally {
    await handle.close()
  }
}

/** What was under way when a server was killed takes no room for ever. */
async function sweep(drafts: string): Promise<void> {
  for (const name of await readdir(drafts)) {
    const { mtimeMs } = await stat(join(drafts, name))
    if (mtimeMs < Date.now() - DRAFT_HOLDS_MS) await rm(join(drafts, name), { force: true })
  }
}
