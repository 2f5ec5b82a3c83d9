import fc from 'fast-check'
import { writeXlsx } from 'hucre/xlsx'
import { expect, test } from 'vitest'
import type { TableRow } from '../../domain/table/table.ts'
import { tis } from '../../tests/setup/hostile-files.table.ts'
import { openTable, type OpenTable, type TableChoice } from './open.ts'
import { readTable } from './read-table.ts'
import { sourceOf, type TableSource } from './source.ts'

async function opened(source: TableSource, choice?: TableChoice): Promise<OpenTable> {
  const found = await openTable(source, choice)
  if ('fault' in found) throw new Error(found.fault.say.en)
  return found.table
}

async function rowsOf(source: TableSource, choice?: TableChoice): Promise<TableRow[]> {
  const rows: TableRow[] = []
  for await (const batch of readTable(source, (await opened(source, choice)).shape)) rows.push(...batch.rows)
  return rows
}

/** The same bytes, given a few at a time. */
const inPieces = (bytes: Uint8Array, most: number): TableSource => ({ name: 'a.csv', size: bytes.length, open: async function* () { for (let i = 0; i < bytes.length; i += most) yield bytes.subarray(i, i + most) } })

test('below titles and notes the header is found, by every encoding and separator', async () => {
  for (const separator of [',', ';', '\t', '|'] as const) {
    const text = `รายงานพื้นที่ปลูกข้าว ปี 2567\nอำเภอปางมะผ้า\n\nตำบล|พื้นที่ (ไร่)|วันที่\nถ้ำลอด|12.5|5/1/2567\nสบป่อง|7|6/1/2567\n`.replaceAll('|', separator)
    for (const [encoding, bytes] of [['utf-8', Buffer.from(text)], ['windows-874', tis(text)], ['utf-16le', Buffer.from(text, 'utf16le')], ['utf-16be', Buffer.from(text, 'utf16le').swap16()]] as const) {
      const source = inPieces(new Uint8Array(bytes), 7), table = await opened(source)
      expect(table).toMatchObject({ shape: { kind: 'csv', encoding, separator, headerRow: 4 }, rows: 2, warnings: [], columns: [{ name: 'ตำบล', samples: ['ถ้ำลอด', 'สบป่อง'] }, { name: 'พื้นที่ (ไร่)' }, { name: 'วันที่' }] })
      expect(await rowsOf(source)).toEqual([{ line: 5, cells: ['ถ้ำลอด', '12.5', '5/1/2567'] }, { line: 6, cells: ['สบป่อง', '7', '6/1/2567'] }])
    }
  }
})

test('columns without a name go by their letter, those of one name are numbered, and both are told', async () => {
  const table = await opened(sourceOf('a.csv', Buffer.from('ชื่อ,,ชื่อ\nก,ข,ค\n')))
  expect(table.columns.map(column => column.name)).toEqual(['ชื่อ', 'B', 'ชื่อ (2)'])
  expect(table.warnings.map(warning => warning.code)).toEqual(['table/column-unnamed', 'table/column-twice'])
})

test('where two files of two encodings were joined the line is told', async () => {
  const found = await openTable(sourceOf('a.csv', Buffer.concat([Buffer.from('ชื่อ\nถ้ำลอด\n'), tis('ปางอุ๋ง\n')])))
  expect(found).toMatchObject({ fault: { code: 'table/mixed', line: 3 } })
})

test('what somebody chose is kept: another row as header, another sheet', async () => {
  expect((await opened(sourceOf('a.csv', Buffer.from('a,b\nc,d\n1,2\n')), { headerRow: 2 })).columns.map(column => column.name)).toEqual(['c', 'd'])
  const book = sourceOf('a.xlsx', await writeXlsx({ sheets: [{ name: 'ปก', rows: [['x'], ['1']] }, { name: 'ข้อมูล', rows: [['ชื่อ'], ['ถ้ำลอด']] }] }))
  expect(await opened(book, { sheet: 'ข้อมูล' })).toMatchObject({ sheets: ['ปก', 'ข้อมูล'], shape: { sheet: 'ข้อมูล' }, columns: [{ name: 'ชื่อ' }] })
  expect(await openTable(book, { sheet: 'หาย' })).toMatchObject({ fault: { code: 'table/no-sheet' } })
})

test('a workbook gives the same rows as the text file that says the same', async () => {
  const cell = fc.oneof(fc.integer({ min: -1e9, max: 1e9 }), fc.string({ unit: fc.constantFrom('ก', 'a', 'ิ', ' ', '<', '&', '"'), minLength: 1, maxLength: 5 }).map(text => `x${text}x`), fc.boolean())
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 6 }), async rows => {
    const quoted = (value: unknown) => `"${String(value).replaceAll('"', '""')}"`
    const text = sourceOf('a.csv', Buffer.from([['ชื่อ', 'ค่า'], ...rows].map(row => row.map(quoted).join(',')).join('\n')))
    const book = sourceOf('a.xlsx', await writeXlsx({ sheets: [{ name: 'a', rows: [['ชื่อ', 'ค่า'], ...rows] }] }))
    const [fromText, fromBook] = [await rowsOf(text), await rowsOf(book)]
    expect(fromBook.map(({ line, cells }) => ({ line, cells: cells.map(String) }))).toEqual(fromText)
    expect(fromBook.map(row => row.cells)).toEqual(rows)
  }), { numRuns: 30 })
})

test('days of a workbook are days, in the system of 1900 and of 1904', async () => {
  for (const dateSystem of ['1900', '1904'] as const) {
    const bytes = await writeXlsx({ dateSystem, sheets: [{ name: 'a', rows: [['วันที่'], [new Date(Date.UTC(2024, 1, 29))], [new Date(Date.UTC(1941, 0, 1))]] }] })
    expect((await rowsOf(sourceOf('a.xlsx', bytes))).map(row => row.cells)).toEqual([['2024-02-29'], ['1941-01-01']])
  }
})
