/** The encodings that Thai government tables come in. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-874'

/** Text with the encoding it had; or why there is none: not text at all, or bytes that no encoding has. */
export type Decoded = { text: string; encoding: Encoding } | { fault: 'not-text'; found: string } | { fault: 'unreadable'; line: number }

const MARKS: readonly { bytes: readonly number[]; encoding: Encoding }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
]
const OTHER_FILES: readonly { bytes: readonly number[]; found: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], found: 'XLSX, ZIP' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], found: 'XLS' },
  { bytes: [0x25, 0x50, 0x44, 0x46], found: 'PDF' },
  { bytes: [0x1f, 0x8b], found: 'GZIP' },
]

/** Reads bytes as text, in the first encoding that they are wholly valid in. @example decode(new Uint8Array([0xa1])) // => { text: 'ก', encoding: 'windows-874' } */
export function decode(bytes: Uint8Array): Decoded {
  const other = OTHER_FILES.find(file => startsWith(bytes, file.bytes))
  if (other) return { fault: 'not-text', found: other.found }
  for (const encoding of candidates(bytes)) {
    const text = tryDecode(bytes, encoding)
    if (text !== null) return text.includes('\0') ? { fault: 'not-text', found: 'binary' } : { text, encoding }
  }
  return { fault: 'unreadable', line: lineOfFirstBadByte(bytes) }
}

function candidates(bytes: Uint8Array): Encoding[] {
  const mark = MARKS.find(({ bytes: start }) => startsWith(bytes, start))
  if (mark) return [mark.encoding]
  // Digits and Latin letters in UTF-16 have every second byte zero.
  if (bytes.length > 1 && bytes[1] === 0 && bytes[0] !== 0) return ['utf-16le']
  if (bytes.length > 1 && bytes[0] === 0 && bytes[1] !== 0) return ['utf-16be']
  return ['utf-8', 'windows-874']
}

function tryDecode(bytes: Uint8Array, encoding: Encoding): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const LINE_FEED = 10

/** The first line that windows-874, the last resort, cannot read. */
function lineOfFirstBadByte(bytes: Uint8Array): number {
  let line = 1, start = 0
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] !== LINE_FEED) continue
    if (tryDecode(bytes.subarray(start, i), 'windows-874') === null) return line
    start = i + 1
    line++
  }
  return line
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte)
}
