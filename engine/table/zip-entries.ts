import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'

/** A part of a ZIP as its list of contents has it. No more is ever unpacked of it than `size`, which the list says; one that hides it counts as endless. */
export type ZipEntry = { name: string; size: number; isLocked: boolean; unpack: () => AsyncGenerator<Buffer> }

const MOST_ENTRIES = 10_000, SIZE_FOLLOWS = 8, PACKED_NOTHING = 2

/** The list of contents of a ZIP, for judging it before anything is unpacked; null where it is missing or cannot be followed. */
export async function zipEntries(bytes: Uint8Array): Promise<ZipEntry[] | null> {
  const entries: ZipEntry[] = []
  try {
    // names as bytes: none is a path that anything is unpacked to
    const zip = await yauzl.fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), { decodeStrings: false })
    for await (const entry of zip.eachEntry()) {
      const name = (entry.fileName as unknown as Buffer).toString('utf8').replaceAll('\\', '/')
      if (entries.push({ name, size: sizeOf(name, entry), isLocked: entry.isEncrypted(), unpack: () => unpack(zip, entry) }) > MOST_ENTRIES) return null
    }
    return entries
  } catch {
    return null
  }
}

function sizeOf(name: string, { uncompressedSize, compressedSize, generalPurposeBitFlag }: yauzl.Entry): number {
  const isHidden = compressedSize > PACKED_NOTHING || (compressedSize === 0 && (generalPurposeBitFlag & SIZE_FOLLOWS) > 0 && !name.endsWith('/'))
  return uncompressedSize === 0 && isHidden ? Infinity : uncompressedSize
}

/** Throws where there is more or less in it than was said, or something else. */
async function* unpack(zip: yauzl.ZipFile, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  let sum = 0
  for await (const piece of await zip.openReadStreamPromise(entry) as AsyncIterable<Buffer>) {
    sum = crc32(piece, sum)
    yield piece
  }
  if (sum !== entry.crc32) throw new Error(`${entry.fileName} is damaged`)
}
