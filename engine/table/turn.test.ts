import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TableRow } from '../../domain/table/table.ts'
import { profileBook } from '../../tests/setup/profile-book.ts'
import { openTable } from './open.ts'
import { readTable } from './read-table.ts'
import { sourceOf } from './source.ts'
import { TURNED_ROWS, turnRows } from './turn.ts'

const rowsOf = (cells: TableRow['cells'][]): TableRow[] => cells.map((cells, i) => ({ line: i + 1, cells }))

test('a form that became a sheet is one row: what is asked without its number, and the answer; titles, sections and units are none', async () => {
  const source = sourceOf('profile.xlsx', await profileBook()), opened = await openTable(source, { turned: true })
  if ('fault' in opened) throw new Error(opened.fault.say.en)
  const { shape, columns, rows } = opened.table, read: TableRow[] = []
  for await (const batch of readTable(source, shape)) read.push(...batch.rows)
  expect([shape, rows, read.length]).toEqual([{ kind: 'xlsx', encoding: null, separator: null, sheet: 'ข้อมูลพื้นฐาน', headerRow: 1, turned: true }, 1, 1])
  const said = Object.fromEntries(columns.map(({ name, index }) => [name, read[0]?.cells[index]]))
  expect(said).toMatchObject({ 'ข้อมูลของปี (พ.ศ.)': '๒๕๖๗', ชาย: '๒,๓๑๐', 'ผู้สูงอายุ ๖๐ ปีขึ้นไป': '๖๑๒ คน', 'เด็กแรกเกิดถึง ๖ ปี': 388, ธนาคาร: '-', วิสาหกิจชุมชน: '๙' })
  expect(Object.keys(said)).not.toContain('ตอนที่ ๑ ประชากร')
})

test('a list that was turned on its side is the list again, whatever numbers stand in it', () => {
  const words = fc.uniqueArray(fc.stringMatching(/^[ก-ฮ]{3,9}$/), { minLength: 4, maxLength: 40 })
  fc.assert(fc.property(words.chain(names => fc.tuple(fc.constant(names), fc.array(fc.array(fc.nat(9999), { minLength: names.length, maxLength: names.length }), { minLength: 1, maxLength: 5 }))), ([names, list]) => {
    const onSide = names.map((name, i) => [`${i + 1}.`, `${i + 1}) ${name}`, ...list.map(row => row[i] as number), 'คน'])
    expect(turnRows(rowsOf(onSide))?.map(({ cells }) => cells)).toEqual([names, ...list])
  }), { numRuns: 50 })
})

test('what is no form is none: a list of words, too few rows, nothing at all; and one that is too long is told', async () => {
  expect(turnRows([])).toBeNull()
  expect(turnRows(rowsOf([['ชาย', 1], ['หญิง', 2]]))).toBeNull()
  expect(turnRows(rowsOf(['ก', 'ข', 'ค', 'ง', 'จ'].map(word => [word, `${word}${word}`])))).toBeNull()
  const long = sourceOf('long.csv', Buffer.from(Array.from({ length: TURNED_ROWS + 1 }, (_, i) => `คำถาม ${'ก'.repeat(i % 50)}ข${i},${i}\n`).join('')))
  const faults: string[] = []
  for await (const batch of readTable(long, { kind: 'csv', encoding: 'utf-8', separator: ',', sheet: null, headerRow: 1, turned: true })) faults.push(...batch.faults.map(({ code }) => code))
  expect(faults).toEqual(['table/not-turned'])
})
