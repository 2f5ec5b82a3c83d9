import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CellReading, type TableCell } from '../../domain/table/table.ts'
import { makeCellReader } from './cell.ts'
import { readPosition } from './cell.position.ts'
import { isNumber } from './header.ts'
import type { CellQuestion, CellResult } from './cell.result.ts'

const USUAL = CellReading.parse({})
const reader = (type: CellQuestion['type'], more: Partial<CellQuestion> = {}, reading: Partial<CellReading> = {}, choices = {}) =>
  makeCellReader({ name: 'x', type, label: { th: '', en: '' }, choices: null, unit: null, role: null, term: null, ...more }, { ...USUAL, ...reading }, choices)
/** The value, with the code of its warning behind it; or the code of the fault. */
const said = (result: CellResult) => 'fault' in result ? result.fault.code.replace('table/', '') : result.warning ? [result.value, result.warning.code.replace('table/', '')] : result.value

test.each<[TableCell, unknown]>([
  ['5 ไร่ 2 งาน', 5.5], ['5-2-30', 5.575], ['๕ ไร่', 5], ['1,234.5', 1234.5], ['2 งาน', 0.5], ['8,000 ตร.ม.', 5], ['1 เฮกตาร์', 6.25], [12.5, 12.5], ['0', 0], [null, null], ['  ', null],
  ['12,5', 'decimal-comma'], ['1.234,56', 'decimal-comma'], ['5 ไร่ 6 งาน', 'parts'], ['3 กก.', 'other-unit'], ['3 โยชน์', 'unknown-unit'], ['10-20', 'not-number'], ['#REF!', 'formula-error'], ['-', [null, 'gap']], ['ไม่ทราบ', [null, 'gap']],
])('%s in a field of rai is %s', (cell, expected) => expect(said(reader('decimal', { unit: 'rai' })(cell))).toEqual(expected))

test('a number without a unit is in what the column is said to be in', () => {
  expect(said(reader('decimal', { unit: 'rai' }, { unit: 'ngan' })('2'))).toBe(0.5)
  expect(said(reader('decimal', { unit: 'm' }, { unit: 'km' })(3))).toBe(3000)
  expect(said(reader('integer', { unit: 'baht' })('1.2 ล้านบาท'))).toBe(1_200_000)
  expect(said(reader('integer', { unit: 'baht' })('1.5'))).toBe('not-whole')
  expect(said(reader('decimal')('12 กก.'))).toEqual([12, 'unit-dropped'])
})

test('rai, ngan and square wa add up as a clerk adds them', () => {
  const read = reader('decimal', { unit: 'wa2' })
  fc.assert(fc.property(fc.nat(5000), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 99 }), fc.boolean(), (rai, ngan, wa, dashed) => {
    expect(said(read(dashed ? `${rai}-${ngan}-${wa}` : `${rai} ไร่ ${ngan} งาน ${wa} ตร.ว.`))).toBe(rai * 400 + ngan * 100 + wa)
  }))
})

const MONTHS = ['มกราคม', 'กุมภาพันธ์', 'มีนาคม', 'เมษายน', 'พฤษภาคม', 'มิถุนายน', 'กรกฎาคม', 'สิงหาคม', 'กันยายน', 'ตุลาคม', 'พฤศจิกายน', 'ธันวาคม'], SHORT = ['ม.ค.', 'ก.พ.', 'มี.ค.', 'เม.ย.', 'พ.ค.', 'มิ.ย.', 'ก.ค.', 'ส.ค.', 'ก.ย.', 'ต.ค.', 'พ.ย.', 'ธ.ค.']
const thai = (text: string) => text.replace(/\d/g, digit => '๐๑๒๓๔๕๖๗๘๙'[Number(digit)] as string)

test('a day is the same however it is written, as a calendar of the years since 2484 counts it', () => {
  const day = fc.integer({ min: 0, max: 36_000 }).map(days => new Date(Date.UTC(1941, 0, 1) + days * 86_400_000))
  fc.assert(fc.property(day, date => {
    const [d, m, ce] = [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear()], be = ce + 543, iso = date.toISOString().slice(0, 10)
    const written = [`${d}/${m}/${be}`, `${String(d).padStart(2, '0')}-${String(m).padStart(2, '0')}-${ce}`, `${d} ${MONTHS[m - 1]} ${be}`, `${d} ${MONTHS[m - 1]} พ.ศ. ${be}`, `${d} ${SHORT[m - 1]} ${be}`, `วันที่ ${d} ${SHORT[m - 1]} ค.ศ. ${ce}`, iso, `${be}${iso.slice(4)}`, iso.replaceAll('-', ''), `${iso}T00:00:00`]
    for (const text of [...written, ...written.map(thai)]) expect([text, said(reader('date')(text))]).toEqual([text, iso])
    expect(said(reader('date', {}, { order: 'mdy' })(`${m}/${d}/${ce}`))).toBe(iso)
    if (be >= 2500 && be < 2600) expect(said(reader('date')(`${d}/${m}/${String(be - 2500).padStart(2, '0')}`))).toBe(iso)
  }), { numRuns: 300 })
})

test.each<[TableCell, unknown]>([
  ['00/01/2567', 'unknown-day'], ['00/00/2567', 'unknown-day'], ['31/2/2567', 'no-such-day'], ['29/2/2567', '2024-02-29'], ['29/2/2566', 'no-such-day'], ['1/13/2567', 'date-order'], [45296, 'date-serial'], ['เมื่อวาน', 'not-date'], ['1/1/2250', 'era'],
  ['1/2/2480', ['1938-02-01', 'old-year']], ['1/5/2480', '1937-05-01'],
])('%s as a date is %s', (cell, expected) => expect(said(reader('date')(cell))).toEqual(expected))

test('times and moments are as telephones write them', () => {
  expect(['8.30 น.', '20:15', '8:30 pm', '24:00'].map(text => said(reader('time')(text)))).toEqual(['08:30:00', '20:15:00', '20:30:00', 'not-time'])
  expect(['5/1/2567 8.30 น.', '2024-01-05T08:30:00', '5/1/2567'].map(text => said(reader('dateTime')(text)))).toEqual(['2024-01-05T08:30:00', '2024-01-05T08:30:00', '2024-01-05T00:00:00'])
})

test.each<[TableCell, unknown]>([
  ['1-1017-00230-70-8', '1101700230708'], [1101700230708, '1101700230708'], ['๑๑๐๑๗๐๐๒๓๐๗๐๘', '1101700230708'], ['1.10170E+12', 'floated-id'], [1.1017002307081e19, 'floated-id'], ['110170023070', 'not-national-id'], ['1101700230707', ['1101700230707', 'national-id-check']],
])('the citizen’s number %s is %s', (cell, expected) => expect(said(reader('text', { role: 'national-id' })(cell))).toEqual(expected))

test('the 0 that a spreadsheet took from a telephone number is put back and told; a text stays as it is', () => {
  const phone = reader('text', { term: 'schema:telephone' })
  expect([812345678, '053123456', '081-234-5678'].map(cell => said(phone(cell)))).toEqual([['0812345678', 'lost-zero'], '053123456', '081-234-5678'])
  expect(['\u200bถ้ำ\u200bลอด ', '=cmd|x', 812345678, '-'].map(cell => said(reader('text')(cell)))).toEqual(['ถ้ำลอด', '=cmd|x', '812345678', [null, 'gap']])
})

test('choices are found by name, by label, and by what somebody said of this file', () => {
  const choices = [{ value: 'rice', label: { th: 'ข้าว', en: 'Rice' } }, { value: 'area', label: { th: 'หมู่บ้าน/ชุมชน', en: 'Village' } }, { value: 'none', label: { th: 'ไม่มี', en: 'None' } }]
  expect(['rice', 'ข้าว', ' RICE', 'ขา้ว', 'ไม่มี'].map(text => said(reader('choice', { choices }, {}, { ขา้ว: 'rice' })(text)))).toEqual(['rice', 'rice', 'rice', 'rice', 'none'])
  const fault = reader('choice', { choices })('ขาว')
  expect('fault' in fault && fault.fault.say.th).toBe('ไม่มีตัวเลือกนี้ หมายถึง “ข้าว” หรือไม่ ที่มีคือ ข้าว, หมู่บ้าน/ชุมชน, ไม่มี')
  expect(['rice area', 'ข้าว, หมู่บ้าน/ชุมชน', 'Rice/Village', 'ข้าว;ข้าว', 'ข้าว,x'].map(text => said(reader('choices', { choices })(text)))).toEqual([['rice', 'area'], ['rice', 'area'], ['rice', 'area'], ['rice'], 'unknown-choice'])
  expect(['ใช่', 'ไม่มี', 'Y', '✓', true, 'x'].map(cell => said(reader('boolean')(cell)))).toEqual([true, false, true, true, true, 'not-yes-no'])
})

test('positions are read as they come; the wrong way round, nowhere and abroad are told', () => {
  const at = (lat: number, lon: number) => ({ lat, lon, altitude: null, accuracy: null })
  expect(['18.79, 98.98', '18°47\'24"N 98°58\'48"E', '18.79 98.98 310 4.5'].map(text => said(reader('point')(text)))).toEqual([at(18.79, 98.98), at(18.79, 98.98), { ...at(18.79, 98.98), altitude: 310, accuracy: 4.5 }])
  expect(['98.98, 18.79', '0,0', '51.5 -0.1', '187.9 989', 'ที่บ้าน'].map(text => said(reader('point')(text)))).toEqual([[at(18.79, 98.98), 'swapped'], [null, 'no-position'], [at(51.5, -0.1), 'outside-thailand'], 'not-position', 'not-position'])
  expect([readPosition(18.79, '98.98'), readPosition('-', null), readPosition(18.79, null)].map(said)).toEqual([at(18.79, 98.98), null, 'half-position'])
})

test('a cell that is longer than anything that it may say is refused at once', () => {
  const began = performance.now(), length = 30_000
  for (const type of ['integer', 'decimal', 'date', 'dateTime', 'time', 'point', 'choice', 'choices'] as const) {
    const read = reader(type, { unit: type === 'decimal' ? 'rai' : null, choices: type.startsWith('choice') ? [{ value: 'a', label: { th: 'ก', en: 'a' } }] : null })
    for (const [before, atom, after] of [['1', ' ', 'ฮ'], ['1 ', '\t', '1x'], ['1', '1 ', 'ฮ'], ['1', '1,', 'ฮ'], ['1 ', '1/', '1x'], ['', '(', ''], ['', '1', '']] as const) expect(read(before + atom.repeat(length / atom.length) + after), `${type} ${atom}`).toHaveProperty('fault')
  }
  expect([isNumber('1'.repeat(250_000) + 'x'), isNumber('๑,๒๓๔ - 5'), isNumber(' - '), isNumber('2 ไร่')]).toEqual([false, true, false, false])
  expect(performance.now() - began).toBeLessThan(2000)
})
