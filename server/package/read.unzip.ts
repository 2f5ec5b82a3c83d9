import type { Readable } from 'node:stream'
import yauzl from 'yauzl'
import { Problem } from '../../domain/base/problem.ts'
import { packageProblems } from '../../domain/package/problems.ts'

/** A ZIP on the disk, opened by its directory; a file in it is read in pieces, however large. */
export type Zip = { names: ReadonlySet<string>; sizeOf(name: string): number | null; read(name: string): AsyncGenerator<Buffer>; close(): void }

/** Lines that say the same again and again shrink to a hundredth; a thousandth is a bomb. */
const MOST_SWELLING = 500, ALWAYS_ALLOWED_BYTES = 1 << 24, MOST_ENTRIES = 2_000_000

export async function openZip(path: string): Promise<Zip> {
  // names as bytes: what is wrong with one is told by us
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false }).catch(asBroken)
  try {
    const entries = await listEntries(zip)
    return { names: new Set(entries.keys()), sizeOf: name => entries.get(name)?.uncompressedSize ?? null, read: name => readEntry(zip, entries.get(name), name), close: () => zip.close() }
  } catch (error) {
    zip.close()
    return asBroken(error as Error)
  }
}

async function listEntries(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>()
  for await (const entry of zip.eachEntry()) {
    const name = (entry.fileName as unknown as Buffer).toString('utf8')
    if (!isSafe(name) || entries.has(name)) throw packageProblems.badName({ name: name.slice(0, 100) })
    if (entry.isEncrypted()) throw packageProblems.notZip({ reason: 'encrypted' })
    if (entry.uncompressedSize > ALWAYS_ALLOWED_BYTES && entry.uncompressedSize > entry.compressedSize * MOST_SWELLING) throw packageProblems.swollen({ name })
    if (entries.set(name, entry).size > MOST_ENTRIES) throw packageProblems.notZip({ reason: 'directory' })
  }
  return entries
}

/** Inside the folder that it is unpacked into, on every system. */
function isSafe(name: string): boolean {
  return name !== '' && !/^[/\\]|^[a-z]:|[\\\0]/i.test(name) && !name.split('/').includes('..')
}

async function* readEntry(zip: yauzl.ZipFile, entry: yauzl.Entry | undefined, name: string): AsyncGenerator<Buffer> {
  if (!entry) throw packageProblems.notPackage({ reason: name })
  const stream: Readable = await zip.openReadStreamPromise(entry).catch(asBroken)
  try {
    yield* stream as AsyncIterable<Buffer>
  } catch (error) {
    // the library stops at the size that was said
    if (/^too many bytes/.test((error as Error).message)) throw packageProblems.swollen({ name })
    asBroken(error as Error)
  } finally {
    stream.destroy()
  }
}

function asBroken(error: Error): never {
  throw error instanceof Problem ? error : packageProblems.notZip({ reason: error.message.slice(0, 100) })
}
