/** A part of a ZIP as its list of contents has it; `size`: what it says that it unpacks to, endless where it does not say. */
export type ZipEntry = { name: string; size: number }

const CENTRAL_ENTRY = 0x02014b50, END = 0x06054b50, END_BYTES = 22, MOST_COMMENT = 0xffff, ENTRY_BYTES = 46, UNKNOWN = 0xffffffff, SIZE_FOLLOWS = 8

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
    entries.push({ name: new TextDecoder().decode(bytes.subarray(at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes)), size: sizeAt(view, at) })
    at += ENTRY_BYTES + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

function sizeAt(view: DataView, at: number): number {
  const size = view.getUint32(at + 24, true), packed = view.getUint32(at + 20, true)
  const isUntold = size === 0 && (packed > 2 || (packed === 0 && (view.getUint16(at + 8, true) & SIZE_FOLLOWS) > 0))
  return size === UNKNOWN || isUntold ? Infinity : size
}
