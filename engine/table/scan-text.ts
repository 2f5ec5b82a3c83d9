import { tableFault } from '../../domain/table/problems.table.ts'
import type { TableFault } from '../../domain/table/table.ts'
import type { Encoding } from './decode.ts'
import { TABLE_LIMITS } from './limits.ts'
import type { TableSource } from './source.ts'
import { lineEndOf, wholeLines } from './whole-lines.ts'

export type Scanned = { encoding: Encoding; lines: number } | { fault: TableFault }
/** `foreign`: the first line that is not plain ASCII. */
type Pass = { lines: number; foreign: number | null; broken: number | null; fault: TableFault | null }

const MARKS: [Encoding, readonly number[]][] = [['utf-8', [0xef, 0xbb, 0xbf]], ['utf-16le', [0xff, 0xfe]], ['utf-16be', [0xfe, 0xff]]]
/** What windows-874 leaves undefined and a browser reads as controls: text never has them, UTF-8 read as windows-874 always. */
const CONTROLS = /[\u0080-\u0084\u0086-\u0090\u0098-\u009f]/, FOREIGN = /[^\0-\x7f]/
const BYTES_PER_LETTER = 3

/** Reads a text file through once: the encoding that all of it is valid in, and how many lines it has; or the line where it goes wrong. */
export async function scanText(source: TableSource, head: Uint8Array, chosen: Encoding | null): Promise<Scanned> {
  const encodings = chosen ? [chosen] : encodingsOf(head)
  const passes: Pass[] = []
  for (const encoding of encodings) {
    const pass = await passOf(source, head, encoding)
    if (pass.fault) return { fault: pass.fault }
    if (pass.broken === null) return { encoding, lines: pass.lines }
    passes.push(pass)
  }
  return { fault: faultOf(passes as [Pass, ...Pass[]]) }
}

/** Which encodings are worth trying. In UTF-16 Latin letters have a zero in every second byte, Thai ones 0x0E. */
function encodingsOf(head: Uint8Array): Encoding[] {
  const mark = MARKS.find(([, bytes]) => bytes.every((byte, i) => head[i] === byte))
  if (mark) return [mark[0]]
  const part = head.subarray(0, 4096), seen = [0, 0] as [number, number]
  part.forEach((byte, i) => { if (byte === 0 || byte === 0x0e) seen[i % 2 as 0 | 1]++ })
  const most = 0.9 * Math.floor(part.length / 2)
  if (part.length > 1 && seen[1] > most && seen[0] < seen[1] / 2) return ['utf-16le']
  if (part.length > 1 && seen[0] > most && seen[1] < seen[0] / 2) return ['utf-16be']
  return ['utf-8', 'windows-874']
}

async function passOf(source: TableSource, head: Uint8Array, encoding: Encoding): Promise<Pass> {
  const strict = new TextDecoder(encoding, { fatal: true }), lineEnd = lineEndOf(head), end = String.fromCharCode(lineEnd)
  const pass: Pass = { lines: 0, foreign: null, broken: null, fault: null }
  for await (const piece of wholeLines(source, encoding, lineEnd, TABLE_LIMITS.lineCharacters * BYTES_PER_LETTER)) {
    const text = decoded(strict, piece), readable = text ?? new TextDecoder(encoding).decode(piece)
    const spot = (at: number) => pass.lines + 1 + countEnds(readable.slice(0, at), end)
    if (pass.foreign === null && FOREIGN.test(readable)) pass.foreign = spot(readable.search(FOREIGN))
    const control = encoding === 'windows-874' ? readable.search(CONTROLS) : -1, broken = text === null ? Math.max(0, readable.indexOf('\ufffd')) : Infinity
    const wrong = Math.min(broken, control < 0 ? Infinity : control)
    if (wrong < Infinity) return { ...pass, broken: spot(wrong) }
    const nul = readable.indexOf('\0')
    if (nul >= 0) return { ...pass, fault: tableFault('nul', {}, { line: spot(nul) }) }
    const long = longLine(readable, end)
    if (long >= 0) return { ...pass, fault: tableFault('lineTooLong', { limit: TABLE_LIMITS.lineCharacters }, { line: pass.lines + 1 + long }) }
    pass.lines += countEnds(readable, end) + (readable.endsWith(end) || readable === '' ? 0 : 1)
  }
  return pass
}

function decoded(strict: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes)
  } catch {
    return null
  }
}

function countEnds(text: string, end: string): number {
  let count = 0
  for (let at = text.indexOf(end); at >= 0; at = text.indexOf(end, at + 1)) count++
  return count
}

/** How many lines stand before the first that is too long; -1 where none is. */
function longLine(text: string, end: string): number {
  if (text.length <= TABLE_LIMITS.lineCharacters) return -1
  return text.split(end).findIndex(line => line.length > TABLE_LIMITS.lineCharacters)
}

/** Where two encodings were tried, the file began in the one that its first Thai line is valid in. */
function faultOf([first, second]: [Pass, ...Pass[]]): TableFault {
  const line = first.foreign !== null && first.broken !== null && first.broken > first.foreign ? first.broken : second?.broken ?? first.broken
  return line === first.foreign ? tableFault('unreadable', {}, { line }) : tableFault('mixed', {}, { line })
}
