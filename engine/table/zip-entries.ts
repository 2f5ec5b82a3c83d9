/** A part of a ZIP as its list of contents has it; `size`: what it says that it unpacks to, endless where it does not say. */
export type ZipEntry = { name: string; size: number; isLocked: boolean; isPacked: boolean; /** Where its own header stands, and how long it is packed. */ at: number; packed: number }

const CENTRAL_ENTRY = 0x02014b50, END = 0x06054b50, END_BYTES = 22, MOST_COMMENT = 0xffff, ENTRY_BYTES = 46, UNKNOWN = 0xffffffff, SIZE_FOLLOWS = 8, LOCKED = 1, LOCAL_BYTES = 30

/** The list of contents of a ZIP, for judging it before anything is unpacked; null where it is missing or cannot be followed. Unpacking is the library's. */
export function zipEntries(bytes: Uint8Array): ZipEntry[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), entries: ZipEntry[] = []
  let end = bytes.length - END_BYTES
  while (end >= Math.max(0, bytes.length - END_BYTES - MOST_COMMENT) && view.getUint32(end, true) !== END) end--
  if (end < 0 || view.getUint32(end, true) !== END) return null
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (at + ENTRY_BYTES > bytes.length || view.getUint32(at, true) !== CENTRAL_ENTRY) return null
    const nameBytes = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)), isLocked = (view.getUint16(at + 8, true) & LOCKED) > 0
    entries.push({ name, size: sizeAt(view, at), isLocked, isPacked: view.getUint16(at + 10, true) !== 0, at: view.getUint32(at + 42, true), packed: view.getUint32(at + 20, true) })
    at += ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function sizeAt(view: DataView, at: number): number {
  const size = view.getUint32(at + 24, true), packed = view.getUint32(at + 20, true)
  const isUntold = size === 0 && (packed > 2 || (packed === 0 && (view.getUint16(at + 8, true) & SIZE_FOLLOWS) > 0))
  return size === UNKNOWN || isUntold ? Infinity : size
}

/** A part unpacked piece by piece, for looking at what the library does not give. */
export async function* unpacked(bytes: Uint8Array, { at, packed, isPacked }: ZipEntry): AsyncGenerator<Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), start = at + LOCAL_BYTES + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  const part = bytes.slice(start, start + packed)
  if (!isPacked) { yield part; return }
  for await (const chunk of new Blob([part]).stream().pipeThrough(new DecompressionStream('deflate-raw'))) yield chunk
}
