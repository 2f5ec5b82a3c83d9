import { file, HEADER, ROWS, utf8, type HostileFile } from './hostile-files.table.ts'
import { inline, makeBook, rowXml, sheetXml, stringsXml, STYLES, TABLE_XML, zipOf } from './hostile-files.zip.ts'

const LAUGHS = `<!DOCTYPE l [<!ENTITY a "ha">${Array.from({ length: 30 }, (_, i) => `<!ENTITY ${String.fromCharCode(98 + i % 25)}${i} "${'&a;'.repeat(10)}">`).join('')}]>`
const OUTSIDE = '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
const NEXT = ROWS.length + 2
const sheetWith = (row: string) => sheetXml(TABLE_XML + row), bookWith = (row: string, more: Parameters<typeof makeBook>[0] = {}) => makeBook({ sheets: { a: sheetWith(row) }, ...more })
const cell = (column: string, attributes: string, inside: string) => `<c r="${column}${NEXT}"${attributes}>${inside}</c>`
const row = (cells: string) => `<row r="${NEXT}">${inline(`A${NEXT}`, 'ดอย')}${cells}</row>`
const letters = (index: number): string => (index >= 26 ? letters(Math.floor(index / 26) - 1) : '') + String.fromCharCode(65 + index % 26)

/** Workbooks that are cut, lie about their size, lack parts, or hold what only a spreadsheet can hold. */
export function* hostileBooks(): Iterable<HostileFile> {
  const good = makeBook({})
  yield file('book.xlsx', good, 'good')
  for (let i = 1; i <= 30; i++) yield file(`cut-${i}.xlsx`, good.slice(0, Math.floor(good.length * i / 31)), 'refused')
  for (const part of ['[Content_Types].xml', '_rels/.rels', 'xl/workbook.xml', 'xl/_rels/workbook.xml.rels', 'xl/worksheets/sheet1.xml']) yield file(`without-${part.replaceAll('/', '-')}.xlsx`, makeBook({ without: [part] }), 'refused')
  yield* bombs(good)
  yield* xml()
  yield* sheets()
  yield* cells()
}

function* bombs(good: Uint8Array): Iterable<HostileFile> {
  const sheet = 'xl/worksheets/sheet1.xml', huge = sheetXml(TABLE_XML + ' '.repeat(30_000_000))
  yield file('bomb-declared.xlsx', makeBook({ lies: { declared: { [sheet]: 3_000_000_000 } } }), 'refused')
  yield file('bomb-unknown.xlsx', makeBook({ lies: { declared: { [sheet]: 0xffffffff } } }), 'refused')
  yield file('bomb-zero.xlsx', makeBook({ lies: { declared: { [sheet]: 0 } } }), 'refused')
  yield file('bomb-lies.xlsx', makeBook({ sheets: { a: huge }, lies: { declared: { [sheet]: 5_000 } } }), 'refused')
  yield file('bomb-many.xlsx', makeBook({ more: Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`xl/media/${i}.png`, 'x'])), lies: { declared: Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`xl/media/${i}.png`, 10_000_000])) } }), 'refused')
  yield file('bomb-overlap.xlsx', zipOf(Object.fromEntries(['[Content_Types].xml', ...Array.from({ length: 2_000 }, (_, i) => `xl/worksheets/sheet${i}.xml`)].map(name => [name, ''])), { overlap: true, declared: Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`xl/worksheets/sheet${i}.xml`, 1_000_000])) }), 'refused')
  yield file('bomb-parts.xlsx', makeBook({ more: Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`xl/media/${i}.png`, ''])) }), 'refused')
  yield file('bomb-sheets.xlsx', makeBook({ sheets: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`แผ่น ${i}`, sheetXml('')])), strings: stringsXml('<si/>'.repeat(40_000)) }), 'refused')
  yield file('bomb-runs.xlsx', bookWith(row(cell('C', ' t="inlineStr"', `<is>${`<r><t>${'x'.repeat(50_000)}</t></r>`.repeat(40)}</is>`))), 'refused')
  yield file('bomb-comment.xlsx', makeBook({ sheets: { a: sheetXml(`${TABLE_XML}<!--${' '.repeat(2_000_000)}-->`) } }), 'refused')
  yield file('damaged.xlsx', makeBook({ lies: { crc: 1 } }), 'refused')
  yield file('zip64.xlsx', makeBook({ lies: { zip64: true } }), 'good')
  yield file('bomb-nested.zip', zipOf({ '0.zip': zipOf({ '0.zip': zipOf({ 'a.txt': 'x'.repeat(1_000_000) }) }) }), 'refused')
  yield file('locked-zip.xlsx', makeBook({ lies: { flags: 1 } }), 'refused')
  yield file('comment.xlsx', makeBook({ lies: { comment: 'made by a clerk' } }), 'good')
  yield file('backslashes.xlsx', new Uint8Array(Buffer.from(Buffer.from(good).toString('latin1').replaceAll('xl/', 'xl\\'), 'latin1')), 'good')
  yield file('paths.xlsx', makeBook({ more: { '../../../etc/passwd': 'x', '/etc/shadow': 'x', 'C:\\a': 'x' } }), 'good')
}

function* xml(): Iterable<HostileFile> {
  for (const [name, head] of [['laughs', LAUGHS], ['outside', OUTSIDE]] as const) {
    yield file(`${name}-workbook.xlsx`, makeBook({ head, sheets: { '&z9;': sheetXml(TABLE_XML) } }), 'refused')
    yield file(`${name}-strings.xlsx`, bookWith(row(cell('B', ' t="s"', '<v>0</v>')), { strings: stringsXml('<si><t>&z9;&a;</t></si>', head) }), 'refused')
  }
  yield file('sheet-not-xml.xlsx', makeBook({ sheets: { a: 'name,rai\n1,2\n' } }), 'refused')
  yield file('sheet-empty.xlsx', makeBook({ sheets: { a: '' } }), 'refused')
  yield file('sheet-broken.xlsx', makeBook({ sheets: { a: sheetXml(TABLE_XML).slice(0, -200) } }), 'refused')
  yield file('workbook-not-xml.xlsx', makeBook({ more: { 'xl/workbook.xml': '<<<<>>>>' } }), 'refused')
  yield file('deep.xlsx', makeBook({ sheets: { a: '<a>'.repeat(20_000) } }), 'refused')
}

function* sheets(): Iterable<HostileFile> {
  yield file('no-sheet.xlsx', makeBook({ sheets: {} }), 'refused')
  yield file('blank-sheet.xlsx', makeBook({ sheets: { a: sheetXml('') } }), 'refused')
  yield file('header-sheet.xlsx', makeBook({ sheets: { a: sheetXml(rowXml(1, HEADER)) } }), 'refused')
  yield file('second-sheet.xlsx', makeBook({ sheets: { ปก: sheetXml(''), ข้อมูล: sheetXml(TABLE_XML) } }), 'good')
  yield file('hidden-sheet.xlsx', makeBook({ sheets: { ซ่อน: sheetXml(rowXml(1, ['x']) + rowXml(2, ['1'])), 'ข้อมูล & 😀': sheetXml(TABLE_XML) }, hidden: ['ซ่อน'] }), 'good')
  yield file('titles.xlsx', makeBook({ sheets: { a: sheetXml(rowXml(1, ['รายงานที่ดิน']) + rowXml(2, ['อำเภอปางมะผ้า', '', '']) + [HEADER, ...ROWS].map((cells, i) => rowXml(i + 4, cells)).join('')).replace('</sheetData>', '</sheetData><mergeCells><mergeCell ref="A1:E1"/></mergeCells>') } }), 'good')
  yield file('merged-header.xlsx', makeBook({ sheets: { a: sheetXml(rowXml(1, ['name', 'national_id', 'ที่ดินและวันที่', '', '']) + rowXml(2, ['', '', 'rai', 'visited', 'phone']) + ROWS.map((cells, i) => rowXml(i + 3, cells)).join('')) } }), 'good')
  for (const columns of [1_001, 10_000]) yield file(`columns-${columns}.xlsx`, makeBook({ sheets: { a: sheetXml([1, 2].map(number => `<row r="${number}">${Array.from({ length: columns }, (_, i) => inline(`${letters(i)}${number}`, `c${i}`)).join('')}</row>`).join('')) } }), 'refused')
  yield file('far-cell.xlsx', bookWith(row(`<c r="XFD${NEXT}"><v>1</v></c>`)), 'refused')
  yield file('far-colours.xlsx', bookWith(row(`<c r="XFD${NEXT}" s="1"/>`), { styles: STYLES }), 'good')
  yield file('beyond-cell.xlsx', bookWith(row(`<c r="ZZZZZ${NEXT}"><v>1</v></c>`)), 'refused')
  yield file('row-twice.xlsx', makeBook({ sheets: { a: sheetXml(TABLE_XML + rowXml(2, ROWS[0] as string[])) } }), 'refused')
  yield file('row-nowhere.xlsx', makeBook({ sheets: { a: sheetXml(TABLE_XML + rowXml(9, ['ดอย']).replace('r="9"', 'r="x"')) } }), 'refused')
  yield file('far-row.xlsx', bookWith(rowXml(1_048_576, ['ดอย', '', '1', '', '']).replaceAll('A1048576', 'A1048576')), 'good')
  yield file('rows-without-numbers.xlsx', makeBook({ sheets: { a: sheetXml(TABLE_XML.replace(/ r="[A-Z]*\d+"/g, '')) } }), 'good')
}

/** In the row below the table: B is the citizen's number, C rai, D the date. */
function* cells(): Iterable<HostileFile> {
  yield file('formula.xlsx', bookWith(row(cell('C', '', '<f>1+1</f><v>2</v>'))), 'good')
  yield file('formula-text.xlsx', bookWith(row(cell('C', ' t="str"', '<f>A1</f><v>5 ไร่</v>'))), 'good')
  yield file('formula-without-result.xlsx', bookWith(row(cell('C', '', '<f>1+1</f>'))), 'faulty')
  yield file('formula-empty-result.xlsx', bookWith(row(cell('C', '', '<f>1+1</f><v></v>'))), 'faulty')
  yield file('formula-of-nothing.xlsx', bookWith(row(cell('C', ' t="str"', '<f>IF(A1="","","")</f><v></v>'))), 'good')
  yield file('formula-outside.xlsx', bookWith(row(cell('C', '', '<f>[1]Sheet1!A1</f><v>2</v>')), { more: { 'xl/externalLinks/externalLink1.xml': '<externalLink/>', 'xl/externalLinks/_rels/externalLink1.xml.rels': '<Relationships><Relationship Id="rId1" Type="x/externalLinkPath" Target="file:///etc/passwd" TargetMode="External"/></Relationships>' } }), 'good')
  for (const error of ['#REF!', '#N/A', '#VALUE!', '#DIV/0!', '#NAME?']) yield file(`error-${error.replace(/\W/g, '')}.xlsx`, bookWith(row(cell('C', ' t="e"', `<v>${error}</v>`))), 'faulty')
  yield file('rich.xlsx', bookWith(row(cell('C', ' t="s"', '<v>0</v>')), { strings: stringsXml('<si><r><t>5 </t></r><r><rPr><b/></rPr><t>ไร่</t></r></si>') }), 'good')
  yield file('string-missing.xlsx', bookWith(row(cell('C', ' t="s"', '<v>99</v>')), { strings: stringsXml('<si><t>a</t></si>') }), 'refused')
  for (const [style, expect] of [[0, 'faulty'], [1, 'good'], [2, 'good'], [4, 'good']] as const) yield file(`date-style-${style}.xlsx`, bookWith(row(cell('D', ` s="${style}"`, '<v>45296</v>')), { styles: STYLES }), expect)
  yield file('date-1904.xlsx', bookWith(row(cell('D', ' s="1"', '<v>43834</v>')), { styles: STYLES, date1904: true }), 'good')
  for (const [i, serial] of ['1e300', '-1e9', '99999999999'].entries()) yield file(`date-nonsense-${i}.xlsx`, bookWith(row(cell('D', ' s="1"', `<v>${serial}</v>`)), { styles: STYLES }), 'faulty')
  yield file('time-for-date.xlsx', bookWith(row(cell('D', ' s="3"', '<v>0.5</v>')), { styles: STYLES }), 'faulty')
  yield file('id-number.xlsx', bookWith(row(cell('B', '', '<v>1101700230708</v>'))), 'good')
  yield file('id-float.xlsx', bookWith(row(cell('B', '', '<v>1.1017002307E+12</v>'))), 'faulty')
  yield file('id-text-float.xlsx', bookWith(row(inline(`B${NEXT}`, '1.10170E+12'))), 'faulty')
  yield file('id-too-long.xlsx', bookWith(row(cell('B', '', '<v>11017002307081234567</v>'))), 'faulty')
  yield file('boolean-for-number.xlsx', bookWith(row(cell('C', ' t="b"', '<v>1</v>'))), 'faulty')
  yield file('not-a-number.xlsx', bookWith(row(cell('C', '', '<v>abc</v>'))), 'faulty')
  for (const [i, code] of ['0000', 'D800'].entries()) yield file(`escaped-${i}.xlsx`, bookWith(row('').replace('ดอย', `ดอย_x${code}_`)), 'faulty')
  yield file('nul-in-xml.xlsx', bookWith(row(inline(`C${NEXT}`, '5').replace('<t>5', '<t>&#0;5'))), 'refused')
  yield file('long-text.xlsx', bookWith(row(inline(`B${NEXT}`, '1'.repeat(40_000)))), 'faulty')
  yield file('utf16-sheet.xlsx', makeBook({ more: { 'xl/worksheets/sheet1.xml': utf8('\ufeff' + sheetXml(TABLE_XML)) } }), 'good')
}
