import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { streamXlsxRows, type CellValue } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import type { TableCell, TableRow } from '../../domain/table/table.ts'
import { makeBook, sheetXml, stringsXml, STYLES } from '../../tests/setup/hostile-files.zip.ts'
import { bookRows, openBook } from './book.ts'
import { sharedTexts } from './book.texts.ts'
import { sourceOf } from './source.ts'

/** Every sheet of a workbook as we read it. */
async function ours(bytes: Uint8Array): Promise<TableRow[][]> {
  const opened = await openBook(sourceOf('a.xlsx', bytes))
  if ('fault' in opened) throw new Error(opened.fault.say.en)
  return Promise.all(opened.book.sheets.map(async ({ name }) => {
    const rows: TableRow[] = []
    for await (const some of bookRows(opened.book, name)) rows.push(...some)
    return rows
  }))
}

/** The same by the library that takes a workbook into memory. */
async function theirs(bytes: Uint8Array, sheets: number): Promise<TableRow[][]> {
  return Promise.all(Array.from({ length: sheets }, async (_, sheet) => {
    const rows: TableRow[] = []
    for await (const { index, values } of streamXlsxRows(bytes, { sheet })) rows.push({ line: index + 1, cells: values.map(cellOf) })
    return rows.filter(({ cells }) => cells.some(cell => cell !== null))
  }))
}

function cellOf(value: CellValue | undefined): TableCell {
  if (!(value instanceof Date)) return value === undefined || value === '' ? null : value
  const [day, time] = Number.isNaN(value.getTime()) ? ['', ''] : new Date(Math.round(value.getTime() / 1000) * 1000).toISOString().slice(0, -5).split('T') as [string, string]
  return !/^(?:1899|[1-9]\d{3})-/.test(day) ? '#NUM!' : day < '1900' ? time : time === '00:00:00' ? day : `${day}T${time}`
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const letters = fc.string({ unit: fc.constantFrom('ก', 'ำ', 'a', ' ', '\n', '&', '<', '"', '😀', '_x000D_', '_x005F_', '_x', ']]'), maxLength: 5 })
const said = (tag: string) => fc.oneof(
  letters.map(text => `<${tag}><t xml:space="preserve">${escaped(text)}</t></${tag}>`), fc.constant(`<${tag}><t/></${tag}>`), letters.map(text => `<${tag}><t><![CDATA[${text.replaceAll(']]', '')}]]></t></${tag}>`),
  fc.array(letters, { minLength: 1, maxLength: 3 }).map(runs => `<${tag}>${runs.map(run => `<r><rPr><b/><sz val="11"/></rPr><t>${escaped(run)}</t></r>`).join('')}</${tag}>`),
)
const pronounced = letters.map(text => `<si><t>${escaped(text)}</t><rPh sb="0" eb="1"><t>อ่าน</t></rPh><phoneticPr fontId="1"/></si>`)
const serial = fc.oneof(fc.integer({ min: 0, max: 80_000 }), fc.double({ min: 0, max: 80_000, noNaN: true }), fc.constantFrom(-1, 0.5, 60, 2958465, 2958466, 1e12))
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(1101700230708, 0.1 + 0.2))
const STRINGS = 6
const cell = fc.oneof(
  number.map(value => `><v>${value}</v>`), fc.tuple(fc.integer({ min: 0, max: 3 }), serial).map(([style, value]) => ` s="${style}"><v>${value}</v>`),
  fc.nat(STRINGS - 1).map(index => ` t="s"><v>${index}</v>`), said('is').map(inside => ` t="inlineStr">${inside}`), fc.boolean().map(is => ` t="b"><v>${is ? 1 : 0}</v>`),
  fc.constantFrom('#REF!', '#N/A').map(error => ` t="e"><v>${error}</v>`), letters.map(text => ` t="str"><f>A1&amp;"x"</f><v>${escaped(text)}</v>`), number.map(value => `><f t="shared" si="0"/><v>${value}</v>`),
  fc.constant(' s="1">'), fc.constant(' t="d"><v>2024-02-29T00:00:00</v>'),
)
const place = fc.array(fc.nat(30), { maxLength: 6 }).map(steps => steps.map((_, i) => steps.slice(0, i + 1).reduce((sum, step) => sum + step + 1, 0)))
const column = (at: number) => at > 26 ? `A${String.fromCharCode(64 + at - 26)}` : String.fromCharCode(64 + at)
const row = fc.tuple(place, fc.array(cell, { minLength: 6, maxLength: 6 }), fc.boolean()).map(([at, cells, isTold]) => at.filter(to => to <= 52).map((to, i) => `<c${isTold ? ` r="${column(to)}1"` : ''}${cells[i]}</c>`).join(''))
const sheet = fc.tuple(place, fc.array(row, { minLength: 6, maxLength: 6 }), fc.boolean()).map(([at, rows, isTold]) => sheetXml(at.map((line, i) => `<row${isTold ? ` r="${line}" spans="1:9"` : ''}>${(rows[i] as string).replaceAll(/(r="[A-Z]+)1"/g, `$1${line}"`)}</row>`).join('')).replace('</worksheet>', '<mergeCells><mergeCell ref="A1:B2"/></mergeCells></worksheet>'))

test('whatever a workbook holds is read as the library reads it: every sheet, kind of cell, way of counting days and of sharing texts', async () => {
  await fc.assert(fc.asyncProperty(fc.array(sheet, { minLength: 1, maxLength: 3 }), fc.array(fc.oneof(said('si'), pronounced), { minLength: STRINGS, maxLength: STRINGS }), fc.boolean(), fc.boolean(), async (sheets, strings, date1904, isPrefixed) => {
    const withPrefix = (xml: string) => isPrefixed ? xml.replaceAll(/<(\/?)(?=[a-z])(?!\?xml)/gi, '<$1x:').replace('xmlns=', 'xmlns:x=') : xml
    const bytes = makeBook({ sheets: Object.fromEntries(sheets.map((xml, i) => [`แผ่น ${i}`, withPrefix(xml)])), hidden: ['แผ่น 1'], strings: stringsXml(strings.join('')), styles: STYLES, date1904 })
    expect(await ours(bytes)).toEqual(await theirs(bytes, sheets.length))
  }), { numRuns: 150 })
})

const REAL = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
describe.skipIf(!existsSync(REAL))('real workbooks (need ../shared/data)', () => {
  test('each sheet of each is read as the library reads it', async () => {
    // some have an old .xls inside
    const books = globSync('**/*.xlsx', { cwd: REAL }).map(name => ({ name, bytes: new Uint8Array(readFileSync(REAL + name)) })).filter(({ bytes }) => bytes[0] === 0x50)
    expect(books.length).toBeGreaterThan(5)
    for (const { name, bytes } of books) {
      // the library does not take the ends of lines as XML says
      const sheets = await ours(bytes), expected = JSON.parse(JSON.stringify(await theirs(bytes, sheets.length)).replaceAll('\\r\\n', '\\n'))
      expect([name, sheets]).toEqual([name, expected])
    }
  })
})

test('a chart among the sheets is none', async () => {
  const relation = (id: number, kind: string, target: string) => `<Relationship Id="rId${id}" Type="x/${kind}" Target="${target}"/>`
  const sheets = { กราฟ: '<chartsheet/>', ข้อมูล: sheetXml('<row><c><v>5</v></c></row>') }, more = { 'xl/_rels/workbook.xml.rels': `<Relationships>${relation(1, 'chartsheet', 'worksheets/sheet1.xml')}${relation(2, 'worksheet', '/xl/worksheets/sheet2.xml')}</Relationships>` }
  expect(await ours(makeBook({ sheets, more }))).toEqual([[{ line: 1, cells: [5] }]])
})

test('texts that would not all fit are refused in a sentence, be they many or long', async () => {
  const part = { name: '', size: 0, isLocked: false, unpack: async function* () { yield Buffer.from(stringsXml('<si><t>ถ้ำ</t></si><si/><si><r><t>ลอด</t></r></si>')) } }
  expect(await sharedTexts(part, { bookTexts: 3, bookTextCharacters: 6 })).toEqual(['ถ้ำ', '', 'ลอด'])
  for (const limits of [{ bookTexts: 2, bookTextCharacters: 6 }, { bookTexts: 3, bookTextCharacters: 5 }]) {
    await expect(sharedTexts(part, limits)).rejects.toMatchObject({ fault: { code: 'table/too-many-texts', line: null, weight: 'error', say: { th: expect.stringMatching(/CSV UTF-8/), en: expect.stringMatching(/^The workbook holds .*CSV UTF-8/) } } })
  }
})
