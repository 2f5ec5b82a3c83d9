import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream, type WriteStream } from 'node:fs'
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/** Files that are worked on and then erased: they lie beside the database, readable by the server's account alone. */
export type Spool = {
  /** Keeps what comes until it is erased, at most so many bytes (null: there was more, and nothing is kept). */
  keep(name: string, stream: Readable, mostBytes: number): Promise<{ bytes: number; sha256: Buffer } | null>
  write(name: string): Promise<WriteStream>
  /** As often as one likes, from its beginning. */
  read(name: string): Readable
  /** Bytes, or null when it is not there (any more). */
  size(name: string): Promise<number | null>
  erase(...names: string[]): Promise<void>
  /** Erases what was not written to for so long. */
  sweep(olderThanMs: number): Promise<void>
}

const MODE = 0o600

export function openSpool(folder: string): Spool {
  const pathOf = (name: string) => join(folder, name)
  const make = () => mkdir(folder, { recursive: true, mode: 0o700 })
  return {
    keep: async (name, stream, mostBytes) => { await make(); return keep(pathOf(name), stream, mostBytes) },
    write: async name => { await make(); return createWriteStream(pathOf(name), { mode: MODE }) },
    read: name => createReadStream(pathOf(name)),
    size: name => stat(pathOf(name)).then(({ size }) => size, () => null),
    erase: async (...names) => { for (const name of names) await rm(pathOf(name), { force: true }) },
    sweep: async olderThanMs => {
      for (const name of await readdir(folder).catch(() => [])) if ((await stat(pathOf(name))).mtimeMs < Date.now() - olderThanMs) await rm(pathOf(name), { force: true })
    },
  }
}

async function keep(path: string, stream: Readable, mostBytes: number): Promise<{ bytes: number; sha256: Buffer } | null> {
  const hash = createHash('sha256'), file = await open(path, 'w', MODE)
  let bytes = 0
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes > mostBytes) break
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } catch (error) {
    await rm(path, { force: true })
    throw error
  } finally {
    await file.close()
  }
  if (bytes <= mostBytes) return { bytes, sha256: hash.digest() }
  await rm(path, { force: true })
  return null
}
