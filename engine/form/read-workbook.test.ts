import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import { ZipFile } from 'yazl'
import { readWorkbook } from './read-workbook.ts'
import { MOST_MEGABYTES } from './read-workbook.xlsx.ts'
import type { Workbook } from './workbook.ts'
import { writeMarkdown } from './write-workbook.markdown.ts'
import { writeWorkbook } from './write-workbook.ts'

const cell = fc.string({ unit: fc.constantFrom(...'กขaB1 \\|n\n"\'<&${}☃😀'), maxLength: 8 }).map(text => text.trim())
const workbook: fc.Arbitrary<Workbook> = fc.uniqueArray(fc.constantFrom('survey', 'choices', 'settings', 'my notes'), { minLength: 1 }).chain(names => fc.tuple(...names.map(sheet))).map(sheets => ({ sheets }))

function sheet(name: string) {
  const columns = fc.uniqueArray(cell.map(text => text.replace(/\s+/g, ' ')).filter(text => text !== ''), { minLength: 1, maxLength: 4 })
  return columns.chain(columns => fc.array(fc.array(cell, { minLength: columns.length, maxLength: columns.length }), { maxLength: 5 })
    .map(rows => ({ name, columns, rows: rows.map((cells, i) => ({ row: i + 2, cells: cellsOf(columns, cells) })).filter(({ cells }) => Object.keys(cells).length > 0) })))
}

function cellsOf(columns: string[], cells: string[]): Record<string, string> {
  return Object.fromEntries(columns.flatMap((column, i) => cells[i] ? [[column, cells[i]]] : []))
}

test('a workbook comes back the same from XLSX and from Markdown, row numbers too', async () => {
  await fc.assert(fc.asyncProperty(workbook, async given => {
    expect(await readWorkbook('a.xlsx', await writeWorkbook(given))).toEqual(given)
    expect(await readWorkbook('a.md', new TextEncoder().encode(writeMarkdown(given)))).toEqual(given)
  }), { numRuns: 150 })
})

const bytesOf = (text: string) => new TextEncoder().encode(text)
const asMarkdown = (text: string) => readWorkbook('a.md', bytesOf(text))

test('Markdown tables are read as authors write them: rules, headings, remarks and escapes', async () => {
  expect(await asMarkdown('# My form\n\n| survey | type | name | label |\n|--------|------|:----:|-------|\n|  | text | a | A \\| B\\nC \\d |\n| | | | |\n| | note | | `x`|\nSome words.\n| choices |\n| | list_name |\n')).toEqual({ sheets: [
    { name: 'survey', columns: ['type', 'name', 'label'], rows: [{ row: 2, cells: { type: 'text', name: 'a', label: 'A | B\nC \\d' } }, { row: 4, cells: { type: 'note', label: '`x`' } }] },
    { name: 'choices', columns: ['list_name'], rows: [] },
  ] })
})

test('cells are as a person typed them, wherever in the sheet the header stands', async () => {
  const rows = [[null, null, null], ['type\u00a0', 'label ::  x', 'n'], ['\u200btext\u00a0', 1, 0.1], [true, new Date('2026-11-26T00:00:00Z'), new Date('2026-11-26T13:37:01Z')], [null, 1e6, '007']]
  const { sheets } = await readWorkbook('a.xlsx', await writeXlsx({ sheets: [{ name: ' survey', rows }] }))
  expect(sheets).toEqual([{ name: 'survey', columns: ['type', 'label :: x', 'n'], rows: [
    { row: 3, cells: { type: 'text', 'label :: x': '1', n: '0.1' } },
    { row: 4, cells: { type: 'TRUE', 'label :: x': '2026-11-26', n: '2026-11-26T13:37:01' } },
    { row: 5, cells: { 'label :: x': '1000000', n: '007' } },
  ] }])
})

test('what is no workbook is told apart, each with its own sentence', async () => {
  const xlsx = await writeWorkbook({ sheets: [{ name: 'survey', columns: ['type'], rows: [] }] })
  const locked = await writeXlsx({ sheets: [{ name: 'survey', rows: [['type']] }], encryption: { password: 'x', spinCount: 10 } })
  const wide = Array.from({ length: 10_000 }, (_, i) => `c${i}`)
  const files: [string, Uint8Array, string][] = [
    ['nothing.xlsx', new Uint8Array(), 'empty-file'],
    ['old.xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1), 'old-excel'],
    ['locked.xlsx', locked, 'locked-file'],
    ['cut.xlsx', xlsx.subarray(0, xlsx.length / 2), 'not-a-workbook'],
    ['photo.zip', bytesOf('PK\u0003\u0004 nothing'), 'not-a-workbook'],
    ['letter.md', bytesOf('Dear Sir,\nno table here'), 'not-a-workbook'],
    ['photo.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 1), 'not-a-workbook'],
    ['wide.md', bytesOf(`| survey |\n| | ${wide.join(' | ')} |\n`), 'too-many-columns'],
    ['twice.md', bytesOf('| survey |\n| | type | name | type |\n'), 'header-twice'],
  ]
  for (const [name, bytes, code] of files) await expect(readWorkbook(name, bytes), name).rejects.toMatchObject({ code: `form/${code}`, say: { th: expect.stringContaining(name), en: expect.stringContaining(name) } })
})

test('a workbook that would unpack to gigabytes is not unpacked', async () => {
  const bomb = new ZipFile()
  bomb.addBuffer(Buffer.alloc((MOST_MEGABYTES + 1) * 1024 * 1024), 'xl/worksheets/sheet1.xml')
  bomb.end()
  const pieces: Buffer[] = []
  for await (const piece of bomb.outputStream) pieces.push(piece as Buffer)
  const bytes = Buffer.concat(pieces)
  expect(bytes.length).toBeLessThan(200_000)
  const began = performance.now()
  await expect(readWorkbook('bomb.xlsx', bytes)).rejects.toMatchObject({ code: 'form/too-large' })
  // one that hides how much it holds is not believed either
  const lying = Buffer.from(bytes)
  lying.writeUInt32LE(0, lying.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + 24)
  await expect(readWorkbook('bomb.xlsx', lying)).rejects.toMatchObject({ code: 'form/too-large' })
  expect(performance.now() - began).toBeLessThan(200)
})
