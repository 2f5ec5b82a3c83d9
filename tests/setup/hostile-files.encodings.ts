import { csvOf, file, joined, ROWS, tis, utf8, withCell, type HostileFile } from './hostile-files.table.ts'

const utf16 = (text: string) => new Uint8Array(Buffer.from(text, 'utf16le')), swapped = (bytes: Uint8Array) => new Uint8Array(Buffer.from(bytes).swap16())
const MARK_LE = Uint8Array.of(0xff, 0xfe), MARK_BE = Uint8Array.of(0xfe, 0xff)

/** The same table in every encoding; in two at once; and with bytes that no text has. */
export function* hostileEncodings(): Iterable<HostileFile> {
  const text = csvOf(), wide = utf16(text)
  yield file('utf8.csv', text, 'good')
  yield file('bom.csv', '\ufeff' + text, 'good')
  yield file('tis.csv', tis(text), 'good')
  yield file('utf16le.csv', wide, 'good')
  yield file('utf16be.csv', swapped(wide), 'good')
  yield file('utf16le-bom.csv', joined(MARK_LE, wide), 'good')
  yield file('utf16be-bom.csv', joined(MARK_BE, swapped(wide)), 'good')
  yield file('latin1.csv', tis(csvOf(withCell(0, 'name', 'Cave'))), 'good')
  yield file('mark-alone.csv', '\ufeff', 'refused')
  yield file('mark-alone-16.csv', MARK_LE, 'refused')
  yield file('marks.csv', '\ufeff\n\n\ufeff\n', 'refused')
  yield* twoAtOnce(text)
  yield file('odd-16.csv', joined(MARK_LE, wide, Uint8Array.of(0x61)), 'refused')
  yield file('utf32.csv', joined(MARK_LE, Uint8Array.of(0, 0), ...[...text].map(letter => { const code = letter.codePointAt(0) as number; return Uint8Array.of(code & 255, code >> 8, 0, 0) })), 'refused')
  yield file('overlong.csv', joined(utf8(text), Uint8Array.of(0xc0, 0xaf, 0x0a)), 'refused')
  yield file('surrogate-in-utf8.csv', joined(utf8(text), Uint8Array.of(0xed, 0xa0, 0x80, 0x0a)), 'refused')
  yield file('beyond-unicode.csv', joined(utf8(text), Uint8Array.of(0xf5, 0x80, 0x80, 0x80, 0x0a)), 'refused')
  let seed = 7
  for (let i = 0; i < 20; i++) yield file(`noise-${i}.${i % 2 ? 'csv' : 'xlsx'}`, Uint8Array.from({ length: 300 + i * 97 }, () => (seed = (seed * 1103515245 + 12345) % 2147483648) >> 16 & 255), 'refused')
}

/** From one line on, or in one line. */
function* twoAtOnce(text: string): Iterable<HostileFile> {
  const lines = text.split('\n').map(line => line + '\n').slice(0, -1)
  for (let i = 1; i <= ROWS.length; i++) {
    const parts = (first: (text: string) => Uint8Array, then: (text: string) => Uint8Array) => joined(...lines.map((line, j) => j === i ? then(line) : first(line)))
    if (i > 1) yield file(`utf8-then-tis-${i}.csv`, parts(utf8, tis), 'refused')
    if (i > 1) yield file(`tis-then-utf8-${i}.csv`, parts(tis, utf8), 'refused')
    yield file(`bom-then-tis-${i}.csv`, joined(utf8('\ufeff'), parts(utf8, tis)), 'refused')
    yield file(`utf8-then-utf16-${i}.csv`, parts(utf8, utf16), 'refused')
    yield file(`nul-${i}.csv`, lines.map((line, j) => j === i ? `${line.slice(0, 1)}\0${line.slice(1)}` : line).join(''), 'refused')
    yield file(`stray-byte-${i}.csv`, joined(...lines.map((line, j) => j === i ? joined(Uint8Array.of(0xff), utf8(line)) : utf8(line))), 'refused')
    yield file(`lone-surrogate-${i}.csv`, joined(MARK_LE, ...lines.map((line, j) => utf16(j === i ? `\ud800${line}` : line))), 'refused')
    yield file(`lost-letters-${i}.csv`, csvOf(withCell(i - 1, 'name', 'ถ้\ufffd\ufffdลอด')), 'faulty')
  }
}
