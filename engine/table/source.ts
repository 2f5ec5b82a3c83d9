/** A file of bytes that can be read from its beginning more than once. */
export type TableSource = { name: string; size: number; open: () => AsyncIterable<Uint8Array> }

/** Bytes that are already there. */
export function sourceOf(name: string, bytes: Uint8Array): TableSource {
  return { name, size: bytes.length, open: async function* () { if (bytes.length > 0) yield bytes } }
}

/** The first `most` bytes, or all where there are fewer. */
export async function headOf(source: TableSource, most: number): Promise<Uint8Array> {
  const head = new Uint8Array(Math.min(most, source.size))
  let at = 0
  for await (const chunk of source.open()) {
    const part = chunk.subarray(0, head.length - at)
    head.set(part, at)
    at += part.length
    if (at >= head.length) break
  }
  return head.subarray(0, at)
}
