import type { Encoding } from './decode.ts'
import type { TableSource } from './source.ts'

/** Line feed; or the carriage return, in files of old Macintoshes that have nothing else. */
export type LineEnd = 10 | 13
const LINE_FEED = 10, RETURN = 13

export const lineEndOf = (head: Uint8Array): LineEnd => head.includes(LINE_FEED) || !head.includes(RETURN) ? LINE_FEED : RETURN

/** A file in pieces of whole lines, so that each can be read by itself; a line that goes on for more than `most` bytes comes in pieces. */
export async function* wholeLines(source: TableSource, encoding: Encoding, end: LineEnd, most: number): AsyncGenerator<Uint8Array> {
  let rest: Uint8Array = new Uint8Array(0)
  for await (const chunk of stepsOf(source)) {
    const bytes = rest.length === 0 ? chunk : joined(rest, chunk)
    const cut = bytes.length > most ? bytes.length - bytes.length % 2 : 0, at = lastEnd(bytes, encoding, end) || cut
    if (at > 0) yield bytes.subarray(0, at)
    rest = bytes.subarray(at)
  }
  if (rest.length > 0) yield rest
}

const STEP_BYTES = 256 * 1024

/** However much a source gives at once. */
async function* stepsOf(source: TableSource): AsyncGenerator<Uint8Array> {
  for await (const chunk of source.open()) for (let at = 0; at < chunk.length; at += STEP_BYTES) yield chunk.subarray(at, at + STEP_BYTES)
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

/** Where the last whole line ends; 0 where none does. */
function lastEnd(bytes: Uint8Array, encoding: Encoding, end: LineEnd): number {
  if (encoding === 'utf-8' || encoding === 'windows-874') return bytes.lastIndexOf(end) + 1
  const low = encoding === 'utf-16le' ? 0 : 1
  for (let i = bytes.length - bytes.length % 2 - 2; i >= 0; i -= 2) if (bytes[i + low] === end && bytes[i + 1 - low] === 0) return i + 2
  return 0
}
