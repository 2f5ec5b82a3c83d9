import { csvOf, file, HEADER, ROWS, utf8, withCell, type HostileFile } from './hostile-files.table.ts'

const MANY = 1_000
const wide = (columns: number) => [0, 1, 2].map(row => Array.from({ length: columns }, (_, i) => row === 0 ? `c${i}` : String(row)).join(',')).join('\n')

/** Text files that are cut short, ragged, badly quoted, endless or merely laid out otherwise. */
export function* hostileTexts(): Iterable<HostileFile> {
  yield* cutShort()
  yield* ragged()
  yield* laidOut()
  yield file('header-only.csv', HEADER.join(','), 'refused')
  yield file('letter.csv', 'x', 'refused')
  yield file('blank.csv', '\n\n   \n\n', 'refused')
  yield file('commas.csv', ',,,\n,,,\n', 'refused')
  yield file('columns-1000.csv', wide(MANY), 'good')
  yield file('columns-1001.csv', wide(MANY + 1), 'refused')
  yield file('columns-10000.csv', wide(10_000), 'refused')
  yield file('endless-first-line.csv', 'a,'.repeat(1_500_000), 'refused')
  yield file('endless-word.csv', 'ก'.repeat(1_200_000), 'refused')
  yield file('endless-later.csv', csvOf() + 'ถ'.repeat(1_100_000) + '\n', 'refused')
  yield file('endless-quote.csv', `${csvOf()}"${'a\n'.repeat(20_000)}`, 'faulty')
  yield file('long-cell.csv', csvOf(withCell(1, 'name', 'ก'.repeat(40_000))), 'faulty')
  yield file('quotes-all-broken.csv', HEADER.join(',') + '\n' + 'a"b,1\n"x"y,2\n'.repeat(MANY), 'refused')
}

/** At each offset, in the middle of a letter, of the header, of a row: of a table of words, where a shorter word is a word too. */
function* cutShort(): Iterable<HostileFile> {
  const bytes = utf8('name,village\nปางอุ๋ง,รวมไทย\nน้ำตกแม่สุรินทร์,ไม้สะเป่\nถ้ำลอด,บ้านถ้ำ\n'), decoder = new TextDecoder('utf-8', { fatal: true })
  for (let at = 3; at < bytes.length; at += 5) {
    const cut = bytes.slice(0, at), rows = decoded(decoder, cut)?.split('\n').filter(Boolean) ?? []
    yield file(`cut-${at}.csv`, cut, rows.length < 2 ? 'refused' : rows.every(row => row.includes(',')) ? 'good' : 'faulty')
  }
}

function decoded(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}

function* ragged(): Iterable<HostileFile> {
  const lines = csvOf().trimEnd().split('\n'), changed = (i: number, change: (line: string) => string) => lines.map((line, j) => j === i ? change(line) : line).join('\n') + '\n'
  for (let i = 1; i < lines.length; i++) {
    yield file(`too-many-${i}.csv`, changed(i, line => `${line},x`), 'faulty')
    yield file(`too-few-${i}.csv`, changed(i, line => line.slice(0, line.indexOf(','))), 'faulty')
    yield file(`open-quote-${i}.csv`, changed(i, line => `"${line}`), 'faulty')
    yield file(`stray-quote-${i}.csv`, changed(i, line => line.replace(',', '"x,')), 'faulty')
    yield file(`after-quote-${i}.csv`, changed(i, line => `"a"b${line.slice(line.indexOf(','))}`), 'faulty')
    yield file(`blank-commas-behind-${i}.csv`, changed(i, line => `${line},,`), 'good')
  }
}

function* laidOut(): Iterable<HostileFile> {
  for (const [name, separator] of [['semicolon', ';'], ['tab', '\t'], ['bar', '|']] as const) yield file(`${name}.csv`, csvOf(ROWS, { separator }), 'good')
  yield file('crlf.csv', csvOf(ROWS, { end: '\r\n' }), 'good')
  yield file('mac.csv', csvOf(ROWS, { end: '\r' }), 'good')
  yield file('ends-mixed.csv', csvOf().replace('\n', '\r\n'), 'good')
  yield file('titles.csv', `รายงานที่ดิน\nอำเภอปางมะผ้า\n\n${csvOf()}`, 'good')
  yield file('titles-wide.csv', `รายงานที่ดิน,,,,\n,,,,\n${csvOf()}`, 'good')
  yield file('blank-between.csv', csvOf().replaceAll('\n', '\n\n'), 'good')
  yield file('quoted.csv', csvOf().split('\n').map(line => line === '' ? '' : line.includes('"') ? line : line.split(',').map(cell => `"${cell}"`).join(',')).join('\n'), 'good')
  yield file('quoted-lines.csv', csvOf(withCell(0, 'name', 'ถ้ำ\nลอด "ใหญ่", ปางมะผ้า')), 'good')
  yield file('unnamed-column.csv', csvOf(ROWS.map(row => [...row, 'x']), { header: [...HEADER, ''] }), 'good')
  yield file('column-twice.csv', csvOf(ROWS.map(row => [...row, 'x']), { header: [...HEADER, 'name'] }), 'good')
  yield file('one-column.csv', 'name\nถ้ำลอด\nปางอุ๋ง\n', 'good')
  yield file('no-end.csv', csvOf().trimEnd(), 'good')
  yield file('spaces.csv', csvOf().replaceAll(',1', ', 1'), 'good')
  yield file('zero-width.csv', csvOf(withCell(0, 'name', '\u200bถ้ำ\u200bลอด\ufeff')), 'good')
  for (const [i, formula] of ["=cmd|' /C calc'!A0", '@SUM(1+1)*cmd', '+1+cmd', '-2+3+cmd', '=HYPERLINK("http://x","y")', '\tx=1'].entries()) yield file(`injection-${i}.csv`, csvOf(withCell(0, 'name', formula)), 'good')
}
