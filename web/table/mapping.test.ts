import { expect, test } from 'vitest'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { TableField, TableImport, TableMapping } from '../../domain/table/table.ts'
import { alwaysAsked, chooseOnly, foundMissing, hasPlace, missingOf, readMapping, strangeValues, targetValue } from './mapping.ts'

const field = (key: string, more: Partial<TableField> = {}): TableField => ({ key, label: { th: key, en: key }, type: 'text', unit: null, role: null, term: null, choices: [], required: false, ...more })
const kinds = field('kind', { type: 'choice', required: true, choices: [{ value: 'food', label: { th: 'อาหาร', en: 'Food' } }] })
const FIELDS = [field('village', { role: 'place', required: true }), field('title', { required: true }), kinds, field('made', { type: 'date' })]
const goes = (column: number, target: TableMapping['columns'][number]['target'], key: string | null = null, era: 'any' | 'be' = 'any'): TableMapping['columns'][number] => ({ column, target, field: key, reading: { era, order: 'dmy', unit: null } })
const BEFORE: TableMapping = { columns: [goes(0, 'field', 'title'), goes(1, 'tambon'), goes(7, 'field', 'made', 'be')], constants: { kind: 'food' }, choices: { kind: { 'ของกิน': 'food' } }, places: { 'ปาย › เวียงไต้': 'TH580301' as never } }

function formOf(said: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(said)) form.set(name, value)
  return form
}

test('what a form says of columns, constants, choices and places holds; what it does not ask for stays as it was', () => {
  const { columns, constants, choices, places } = readMapping(formOf({ 'to:1': '', 'to:0': 'field:kind', 'to:2': 'district', 'era:2': 'be', 'constant:kind': '', 'constant:title': ' ผ้าทอ ', 'choice:kind:กิน:เล่น': 'food', 'place:ปาย › เวียงไต้': '' }), BEFORE)
  expect(columns).toEqual([goes(0, 'field', 'kind'), goes(2, 'district', null, 'be'), goes(7, 'field', 'made', 'be')])
  expect(constants).toEqual({ title: 'ผ้าทอ' })
  expect(choices).toEqual({ kind: { 'ของกิน': 'food', 'กิน:เล่น': 'food' } })
  expect(places).toEqual({})
  expect(readMapping(formOf({ 'place:ปาย › เวียง': 'TH580301' }), BEFORE)).toEqual({ ...BEFORE, places: { ...BEFORE.places, 'ปาย › เวียง': 'TH580301' } })
})

test('the form shows where a column goes as it was said', () => {
  for (const mapped of BEFORE.columns) expect(readMapping(formOf({ [`to:${mapped.column}`]: targetValue([mapped]), [`era:${mapped.column}`]: mapped.reading.era }), { ...BEFORE, columns: [] }).columns).toEqual([mapped])
  expect(readMapping(formOf({ 'to:0': targetValue([]), 'to:1': 'nonsense' }), BEFORE).columns).toEqual([BEFORE.columns[2]])
})

test('a field that must be answered is missing until a column or a constant gives it; the place has its own columns', () => {
  expect(missingOf(FIELDS, { ...BEFORE, constants: {} }).map(({ key }) => key)).toEqual(['kind'])
  expect(missingOf(FIELDS, BEFORE)).toEqual([])
  const isPlaced = (area: string, columns: TableMapping['columns']) => hasPlace(FIELDS, { area: area as never, dataset: 'otop-product' as never, mapping: { ...BEFORE, columns } })
  expect([isPlaced('TH58', BEFORE.columns), isPlaced('TH58', [goes(0, 'province')]), isPlaced('TH58', [goes(0, 'village')]), isPlaced('TH580703', [])]).toEqual([true, false, true, true])
})

test('what the form asks only after another answer is not asked of every row', () => {
  const question = (path: string, relevant: string | null = null) => ({ path, name: path.split('/').at(-1), repeat: null, relevant })
  const model = { questions: [question('/data/title'), question('/data/kind', '/data/title != 1'), question('/data/selling/made')], repeats: [], logic: { groups: { '/data/selling': '/data/kind = 2' } } } as unknown as FormModel
  const asked = alwaysAsked(model, ['title', 'kind', 'made'].map(key => field(key, { required: true }))).filter(({ required }) => required)
  expect(asked.map(({ key }) => key)).toEqual(['title'])
})

test('words that are no choice are asked about: from the first rows, from the report, and those that were said', () => {
  const first = [{ line: 9, column: 'ชนิด', value: 'ขนม', code: 'x', weight: 'error' as const, say: { th: '', en: '' } }]
  const table = { columns: [{ index: 0, name: 'ชนิด', samples: ['อาหาร', 'FOOD', 'ของหวาน', ''] }], mapping: { ...BEFORE, columns: [goes(0, 'field', 'kind')] }, report: { faults: [{ code: 'x', column: 'ชนิด', weight: 'error', rows: 1, first }] } } as unknown as TableImport
  expect(strangeValues(table, kinds)).toEqual(['ของกิน', 'ของหวาน', 'ขนม'])
  expect(strangeValues({ ...table, mapping: BEFORE }, kinds)).toEqual([])
})

test('a column that is taken apart goes to all its fields, and comes back as it was', () => {
  const parted: TableMapping['columns'] = (['rai', 'ngan', 'wa2'] as const).map(part => ({ column: 4, target: 'field', field: `land/${part}`, reading: { era: 'any', order: 'dmy', unit: null, part } }))
  expect(targetValue(parted)).toBe('parts:rai=land/rai,ngan=land/ngan,wa2=land/wa2')
  expect(readMapping(formOf({ 'to:4': targetValue(parted) }), { ...BEFORE, columns: [] }).columns).toEqual(parted)
  expect(readMapping(formOf({ 'to:4': 'parts:nonsense=x,rai=' }), { ...BEFORE, columns: [] }).columns).toEqual([])
})

const place = (written: string, ...candidates: string[]) => ({ written, rows: 2, candidates: candidates.map(area => ({ area, name: { th: area, en: area } })) })
test('the one candidate of every place is taken at once, of tambons or of wider places; where there are several, and what was chosen before, is left', () => {
  const report = { places: [place('a', 'TH580301'), place('b', 'TH580301', 'TH580302'), place('c', 'TH5803'), place('d'), place('e', 'TH580303')] } as TableImport['report']
  const records = { dataset: 'attraction' as never, report }
  expect(chooseOnly(records, { e: 'TH580399' } as never, false)).toEqual({ a: 'TH580301', e: 'TH580399' })
  expect(chooseOnly(records, {}, true)).toEqual({ c: 'TH5803' })
  // numbers of a district are the district's own
  expect(chooseOnly({ dataset: 'figures:oae-rice' as never, report }, {}, false)).toEqual({ a: 'TH580301', c: 'TH5803', e: 'TH580303' })
})

test('what a try found to be needed and no column has is asked as well', () => {
  const told = (code: string, column: string) => ({ code, column, weight: 'error', rows: 1, first: [] })
  const report = { faults: [told('record/required', 'kind'), told('record/required', 'title'), told('record/constraint', 'made')] } as unknown as TableImport['report']
  expect(foundMissing(FIELDS, { report, mapping: BEFORE }).map(({ key }) => key)).toEqual(['kind'])
})
