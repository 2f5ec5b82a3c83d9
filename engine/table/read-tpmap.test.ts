import { expect, test } from 'vitest'
import { TPMAP_COLUMNS, type TpmapPart } from '../../domain/import/tpmap.ts'
import { makeFaultBook } from './faults.ts'
import { readTpmap } from './read-tpmap.ts'
import { checkReadings, type AreaCells } from './tpmap-check.ts'

const KNOWN = new Set(['TH', 'TH50', 'TH51', 'TH5001', 'TH500101', 'TH50010101', 'TH10'])
type Row = Record<string, string | number>

/** A sound row: 10 households of 40 persons, one person in ten failing, 4 of them target poor. */
function sound(part: TpmapPart): Row {
  const cells = TPMAP_COLUMNS[part].map(({ name, kind }): [string, number] => [name, kind === 'percent' ? 10 : kind === 'score' ? 8 : /ALL|MEMBER/.test(name) ? 40 : /household/.test(name) ? 10 : 4])
  return Object.fromEntries(cells)
}

function csv(part: TpmapPart, rows: [code: string, change: Row][], areaColumn = 'province_ID', columns = TPMAP_COLUMNS[part].map(({ name }) => name)): string {
  const lines = rows.map(([code, change]) => [code, ...columns.map(name => ({ ...sound(part), ...change })[name])].join(','))
  return [[areaColumn, ...columns].map(name => `"${name}"`).join(','), ...lines, ''].join('\n')
}

/** Reads files together as the importer does, without a database. */
function readAll(files: Record<string, string | Uint8Array>, earlier: Record<string, AreaCells> = {}) {
  const faults = makeFaultBook(100)
  const read = Object.entries(files).map(([name, text]) => readTpmap(name, typeof text === 'string' ? Buffer.from(text) : text, faults))
  const checked = checkReadings(read.flatMap(file => file.readings), { isArea: code => KNOWN.has(code), earlier: code => earlier[code] }, faults)
  return { ...checked, read, problems: faults.list().map(({ code, line, column, value, severity }) => ({ code: code.slice('import/'.length), line, column, value, severity })), told: faults.list() }
}

test('two sound files are read without a word', () => {
  const { good, problems } = readAll({ 'c.csv': csv('common', [['50', {}], ['51', {}]]), 'p.csv': csv('poor', [['50', {}], ['51', {}]]) })
  expect(problems).toEqual([])
  expect(good.map(reading => [reading.area, reading.part])).toEqual([['TH50', 'common'], ['TH50', 'poor'], ['TH51', 'common'], ['TH51', 'poor']])
})

const COMMON_FAULTS: [what: string, text: string, fault: { code: string; line: number | null; column?: string | null; value?: string | null }][] = [
  ['an unknown province', csv('common', [['50', {}], ['69', {}]]), { code: 'unknown-area', line: 3, column: 'province_ID', value: '69' }],
  ['text in a number', csv('common', [['50', { ELDERLY_CNT: 'many' }]]), { code: 'not-number', line: 2, column: 'ELDERLY_CNT', value: 'many' }],
  ['Thai digits in a number', csv('common', [['50', { ELDERLY_CNT: '๔' }]]), { code: 'not-number', line: 2, column: 'ELDERLY_CNT', value: '๔' }],
  ['a hexadecimal number', csv('common', [['50', { ELDERLY_CNT: '0x4' }]]), { code: 'not-number', line: 2, column: 'ELDERLY_CNT', value: '0x4' }],
  ['a negative number', csv('common', [['50', { ELDERLY_CNT: -4 }]]), { code: 'negative', line: 2, column: 'ELDERLY_CNT', value: '-4' }],
  ['half a person', csv('common', [['50', { ELDERLY_CNT: 1.5 }]]), { code: 'not-whole', line: 2, column: 'ELDERLY_CNT', value: '1.5' }],
  ['happiness above ten', csv('common', [['50', { happiness: 83 }]]), { code: 'out-of-range', line: 2, column: 'happiness', value: '83' }],
  ['more failing than asked', csv('common', [['50', { 'indicator22.CNT': 41 }]]), { code: 'above-base', line: 2, column: 'indicator22.CNT', value: '41' }],
  ['more older people than people', csv('common', [['50', { ELDERLY_CNT: 41 }]]), { code: 'above-base', line: 2, column: 'ELDERLY_CNT', value: '41' }],
  ['a province twice', csv('common', [['50', {}], ['51', {}], ['50', {}]]), { code: 'twice', line: 4, column: 'province_ID', value: '50' }],
  ['districts in a province file', csv('common', [['5001', {}]]), { code: 'wrong-level', line: 2, column: 'province_ID', value: '5001' }],
  ['a blank code', csv('common', [['', {}]]), { code: 'no-code', line: 2, column: 'province_ID', value: '' }],
  ['a row cut short', csv('common', [['50', {}]]) + '51,1,2\n', { code: 'ragged', line: 3 }],
  ['an open quotation', csv('common', [['50', {}]]) + '"51,1\n', { code: 'quotes', line: 3 }],
  ['a header alone', csv('common', []), { code: 'no-rows', line: null }],
  ['nothing', '', { code: 'empty', line: null }],
  ['another table', 'a,b\n1,2\n', { code: 'not-tpmap', line: 1 }],
  ['a missing column', csv('common', [['50', {}]], 'province_ID', TPMAP_COLUMNS.common.map(({ name }) => name).filter(name => name !== 'MOF_REG_CNT')), { code: 'missing-column', line: 1, column: 'MOF_REG_CNT' }],
  ['no area', csv('common', [['50', {}]], 'place'), { code: 'no-area-column', line: 1 }],
]

test.each(COMMON_FAULTS)('%s is told with its line, column and value, and what to do', (_, text, fault) => {
  const { problems, told, good } = readAll({ '61_province_common.csv': text })
  expect(problems[0]).toMatchObject({ severity: 'error', ...fault })
  expect(told[0]?.what.th).toMatch(/[ก-๙]/)
  expect(told[0]?.todo.en).toMatch(/[a-z]/)
  expect(good.some(reading => fault.line !== null && reading.spot.line === fault.line)).toBe(false)
})

test('a file without a column is told what else is wrong with it, and none of its rows is taken', () => {
  const columns = TPMAP_COLUMNS.common.map(({ name }) => name).filter(name => name !== 'MOF_REG_CNT')
  const { problems, good } = readAll({ 'c.csv': csv('common', [['50', { ELDERLY_CNT: 'many' }], ['51', {}]], 'province_ID', columns) })
  expect(problems.map(({ code, line, column }) => [code, line, column])).toEqual([['missing-column', 1, 'MOF_REG_CNT'], ['not-number', 2, 'ELDERLY_CNT']])
  expect(good).toEqual([])
})

test('of a province that is there twice neither row is taken', () => {
  expect(readAll({ 'c.csv': csv('common', [['50', {}], ['51', {}], ['50', {}]]) }).good.map(reading => reading.area)).toEqual(['TH51'])
})

test('a blank cell is missing, not zero: one warning for the column, and the row stays', () => {
  const { good, problems, read } = readAll({ 'c.csv': csv('common', [['50', { ELDERLY_CNT: '' }], ['51', { ELDERLY_CNT: ' ' }]]) })
  expect(problems).toEqual([{ code: 'blanks', severity: 'warning', line: 2, column: 'ELDERLY_CNT', value: null }])
  expect(read[0]?.blankCells).toBe(2)
  expect(good[0]?.cells[4]).toBeNaN()
})

test('an unknown column is a warning; the province in files of lower levels is none', () => {
  const withExtra = csv('common', [['50', {}]]).split('\n').map((line, i) => line && `${line},${i === 0 ? '"note"' : 'x'}`).join('\n')
  expect(readAll({ 'c.csv': withExtra }).problems).toEqual([{ code: 'extra-column', severity: 'warning', line: 1, column: 'note', value: null }])
  const withProvince = csv('common', [['5001', {}]], 'amphur_ID').split('\n').map((line, i) => line && `${line},${i === 0 ? '"province_ID"' : '50'}`).join('\n')
  expect(readAll({ 'c.csv': withProvince }).problems).toEqual([])
  expect(readAll({ 'c.csv': withProvince.replace(',50\n', ',51\n') }).problems[0]).toMatchObject({ code: 'other-province', line: 2, value: '51' })
})

test('the poor without the surveyed have no base; those imported earlier will do', () => {
  const poor = { 'p.csv': csv('poor', [['50', {}]]) }
  expect(readAll(poor).problems[0]).toMatchObject({ code: 'no-base', line: 2 })
  const common = readAll({ 'c.csv': csv('common', [['50', {}]]) }).good[0]?.cells as Float64Array
  expect(readAll(poor, { TH50: { common } })).toMatchObject({ problems: [], good: [{ area: 'TH50' }] })
})

test('more poor than surveyed is an error wherever the surveyed come from', () => {
  const files = { 'c.csv': csv('common', [['50', {}]]), 'p.csv': csv('poor', [['50', { 'poor.JPT.CNT': 41 }]]) }
  expect(readAll(files).problems[0]).toMatchObject({ code: 'above-base', column: 'poor.JPT.CNT', value: '41' })
  const poor = readAll({ ...files, 'p.csv': csv('poor', [['50', {}]]) }).good.find(reading => reading.part === 'poor')?.cells as Float64Array
  expect(readAll({ 'c.csv': csv('common', [['50', { HOUSEMEMBER_CNT: 3 }]]) }, { TH50: { poor } }).problems.map(problem => problem.code)).toContain('above-base')
})

test('a rate that is not target poor over surveyed, and target poor above the registered poor, are warnings', () => {
  const { problems, good } = readAll({ 'c.csv': csv('common', [['50', {}]]), 'p.csv': csv('poor', [['50', { 'JPT.MOFval.pov.rate': 12.5, 'poor.JPT.MOFval.CNT': 5, 'poor.JPT.MOFreg.CNT': 4 }]]) })
  expect(problems.map(problem => [problem.code, problem.severity])).toEqual([['above-group', 'warning']])
  expect(readAll({ 'c.csv': csv('common', [['50', {}]]), 'p.csv': csv('poor', [['50', { 'JPT.MOFval.pov.rate': 11 }]]) }).problems[0]).toMatchObject({ code: 'other-rate', value: '11', severity: 'warning' })
  expect(good).toHaveLength(2)
})

test('a file of the poor of one dimension is refused; the one of all of them is not', () => {
  const text = csv('poor', [['50', {}]]), common = csv('common', [['50', {}]])
  expect(readAll({ 'c.csv': common, '61_province_10000.csv': text }).problems[0]).toMatchObject({ code: 'filtered', value: '10000' })
  expect(readAll({ 'c.csv': common, '61_province_11111.csv': text }).problems).toEqual([])
})

test('the spellings of publishers are understood: tumbol, tambol, underscores, quotes, semicolons, a mark at the start', () => {
  for (const column of ['tambol_ID', 'tumbol_ID', 'tambon.ID', 'TUMBOL_id']) {
    expect(readAll({ 'c.csv': csv('common', [['500101', {}]], column) }).good[0]?.area).toBe('TH500101')
  }
  const text = csv('common', [['50', {}]])
  const spelt = [text.replaceAll('.CNT', '_CNT').replaceAll('.ALL', '_ALL'), '\ufeff' + text.replaceAll(',', ';'), text.replaceAll('\n', '\r\n')]
  for (const each of spelt) expect(readAll({ 'c.csv': each })).toMatchObject({ problems: [], good: [{ area: 'TH50' }] })
  expect(readAll({ 'c.csv': Buffer.from('\ufeff' + text, 'utf16le') })).toMatchObject({ problems: [], read: [{ encoding: 'utf-16le' }] })
})

test('parts of municipalities and of villages may be new; tambons, districts and villages of unknown tambons may not', () => {
  const of = (code: string, column: string) => readAll({ 'c.csv': csv('common', [[code, {}]], column) })
  expect(of('500151', 'tambol_ID').newAreas).toEqual(['TH500151'])
  expect(of('5001510101', 'village_ID').newAreas.sort()).toEqual(['TH500151', 'TH5001510101'])
  expect(of('500101A902', 'village_ID').newAreas).toEqual(['TH500101A902'])
  expect(of('50010101', 'village_ID')).toMatchObject({ newAreas: [], good: [{ area: 'TH50010101' }] })
  for (const [code, column] of [['500102', 'tambol_ID'], ['5002', 'amphur_ID'], ['5001020101', 'village_ID'], ['500251', 'tambol_ID']] as const) {
    expect(of(code, column)).toMatchObject({ good: [], newAreas: [], problems: [{ code: 'unknown-area', value: code }] })
  }
})

test('a wholly wrong file keeps the report short and counts everything', () => {
  const faults = makeFaultBook(3)
  readTpmap('c.csv', Buffer.from(csv('common', Array.from({ length: 50 }, (_, i): [string, Row] => [String(10 + i), { happiness: 'x' }]))), faults)
  expect([faults.errors(), faults.list().length]).toEqual([50, 3])
})
