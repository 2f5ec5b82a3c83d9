import { open, type FileHandle } from 'node:fs/promises'
import { createInflateRaw } from 'node:zlib'
import { packageProblems } from '../../domain/package/problems.ts'

/** A ZIP on the disk, opened by its directory; a file in it is read in pieces, however large. */
export type Zip = { names: ReadonlySet<string>; sizeOf(name: string): number | null; read(name: string): AsyncGenerator<Buffer>; close(): Promise<void> }
type Entry = { name: string; method: number; packed: number; size: number; at: number }

const END = 0x06054b50, END64 = 0x06064b50, LOCATOR64 = 0x07064b50, ENTRY = 0x02014b50, LOCAL = 0x04034b50
const END_BYTES = 22, LOCATOR_BYTES = 20, END64_BYTES = 56, ENTRY_BYTES = 46, LOCAL_BYTES = 30, LONGEST_COMMENT = 0xffff, FULL = 0xffffffff
const MOST_ENTRIES = 2_000_000, MOST_DIRECTORY_BYTES = 1 << 29, PIECE_BYTES = 1 << 18
const STORED = 0, DEFLATED = 8
/** Lines that say the same again and again shrink to a hundredth; a thousandth is a bomb. */
const MOST_SWELLING = 500, ALWAYS_ALLOWED_BYTES = 1 << 24

export async function openZip(path: string): Promise<Zip> {
  const file = await open(path, 'r')
  try {
    const entries = new Map<string, Entry>()
    for (const entry of await readDirectory(file)) {
      if (!isSafe(entry.name) || entries.has(entry.name)) throw packageProblems.badName({ name: entry.name.slice(0, 100) })
      if (entry.size > ALWAYS_ALLOWED_BYTES && entry.size > entry.packed * MOST_SWELLING) throw packageProblems.swollen({ name: entry.name })
      entries.set(entry.name, entry)
    }
    return { names: new Set(entries.keys()), sizeOf: name => entries.get(name)?.size ?? null, read: name => readEntry(file, entries.get(name), name), close: () => file.close() }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** Inside the folder that it is unpacked into, on every system. */
function isSafe(name: string): boolean {
  return name !== '' && !/^[/\\]|^[a-z]:|[\\\0]/i.test(name) && !name.split('/').includes('..')
}

const broken = (reason: string) => packageProblems.notZip({ reason })

async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  if (!Number.isSafeInteger(at)) throw broken('directory')
  const bytes = Buffer.alloc(length), { bytesRead } = await file.read(bytes, 0, length, at)
  if (bytesRead < length) throw broken('cut short')
  return bytes
}

async function readDirectory(file: FileHandle): Promise<Entry[]> {
  const { size } = await file.stat(), tail = Math.min(size, END_BYTES + LONGEST_COMMENT), last = await bytesAt(file, size - tail, tail)
  const found = last.lastIndexOf(Buffer.from(Uint32Array.of(END).buffer))
  if (found < 0 || found + END_BYTES > last.length) throw broken('no directory')
  const end = size - tail + found
  const { count, length, at } = await readEnd64(file, end) ?? { count: last.readUInt16LE(found + 10), length: last.readUInt32LE(found + 12), at: last.readUInt32LE(found + 16) }
  if (count > MOST_ENTRIES || length > MOST_DIRECTORY_BYTES || at + length > end) throw broken('directory')
  return entriesOf(await bytesAt(file, at, length), count)
}

/** Of a file with more than 65,535 entries or 4 GB. */
async function readEnd64(file: FileHandle, end: number): Promise<{ count: number; length: number; at: number } | null> {
  if (end < LOCATOR_BYTES) return null
  const locator = await bytesAt(file, end - LOCATOR_BYTES, LOCATOR_BYTES)
  if (locator.readUInt32LE(0) !== LOCATOR64) return null
  const bytes = await bytesAt(file, Number(locator.readBigUInt64LE(8)), END64_BYTES)
  if (bytes.readUInt32LE(0) !== END64) throw broken('directory')
  return { count: Number(bytes.readBigUInt64LE(32)), length: Number(bytes.readBigUInt64LE(40)), at: Number(bytes.readBigUInt64LE(48)) }
}

function entriesOf(directory: Buffer, count: number): Entry[] {
  const entries: Entry[] = []
  let at = 0
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_BYTES > directory.length || directory.readUInt32LE(at) !== ENTRY) throw broken('directory')
    const [name, extra, comment] = [28, 30, 32].map(offset => directory.readUInt16LE(at + offset)) as [number, number, number], nameEnd = at + ENTRY_BYTES + name
    if (nameEnd + extra + comment > directory.length) throw broken('directory')
    if (directory.readUInt16LE(at + 8) & 1) throw broken('encrypted')
    entries.push({ name: directory.toString('utf8', at + ENTRY_BYTES, nameEnd), method: directory.readUInt16LE(at + 10), ...sizesOf(directory, at, directory.subarray(nameEnd, nameEnd + extra)) })
    at = nameEnd + extra + comment
  }
  return entries
}

/** What does not fit into 32 bits stands in an extra field, in this order and only where it is wanted. */
function sizesOf(directory: Buffer, at: number, extra: Buffer): Pick<Entry, 'packed' | 'size' | 'at'> {
  const wide: number[] = []
  for (let i = 0; i + 4 <= extra.length; i += 4 + extra.readUInt16LE(i + 2)) {
    if (extra.readUInt16LE(i) !== 1) continue
    for (let j = i + 4; j + 8 <= Math.min(extra.length, i + 4 + extra.readUInt16LE(i + 2)); j += 8) wide.push(Number(extra.readBigUInt64LE(j)))
  }
  const [size, packed, start] = [24, 20, 42].map(offset => { const value = directory.readUInt32LE(at + offset); return value === FULL ? wide.shift() ?? value : value }) as [number, number, number]
  return { size, packed, at: start }
}

async function* readEntry(file: FileHandle, entry: Entry | undefined, name: string): AsyncGenerator<Buffer> {
  if (!entry) throw packageProblems.notPackage({ reason: name })
  const local = await bytesAt(file, entry.at, LOCAL_BYTES)
  if (local.readUInt32LE(0) !== LOCAL) throw broken(name)
  const packed = packedPieces(file, entry.at + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28), entry.packed)
  if (entry.method !== STORED && entry.method !== DEFLATED) throw broken(`${name}: ${entry.method}`)
  let bytes = 0
  for await (const piece of entry.method === STORED ? packed : inflated(packed, name)) {
    bytes += piece.length
    if (bytes > entry.size) throw packageProblems.swollen({ name })
    yield piece
  }
  if (bytes < entry.size) throw broken(name)
}

async function* packedPieces(file: FileHandle, at: number, length: number): AsyncGenerator<Buffer> {
  for (let done = 0; done < length; done += PIECE_BYTES) yield await bytesAt(file, at + done, Math.min(PIECE_BYTES, length - done))
}

async function* inflated(packed: AsyncIterable<Buffer>, name: string): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw(), feeding = feed(packed, inflate)
  feeding.catch(error => inflate.destroy(error))
  try {
    yield* inflate as AsyncIterable<Buffer>
    await feeding
  } catch (error) {
    throw (error as { code?: string }).code?.startsWith('Z_') ? broken(name) : error
  } finally {
    inflate.destroy()
  }
}

async function feed(packed: AsyncIterable<Buffer>, into: ReturnType<typeof createInflateRaw>): Promise<void> {
  for await (const piece of packed) {
    if (into.destroyed) return
    if (!into.write(piece)) await new Promise(resolve => { into.once('drain', resolve); into.once('close', resolve) })
  }
  into.end()
}
