import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Check } from '../../domain/dataset/dataset.check.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { RecordRow } from '../../domain/record/record.ts'
import { convertForm } from './convert.ts'
import { readWorkbook } from './read-workbook.ts'
import { readXForm } from './read-xform.ts'
import { compileChecks, judgeRecord } from './check.record.ts'

const SHIPPED = new URL('../../seed/dataset/', import.meta.url), NOON = { today: '2026-11-26', now: '2026-11-26T12:00:00.000+07:00' }
const NOTHING = { figure: () => null, isInArea: () => null }
const models = new Map<string, FormModel>()
for (const id of readdirSync(SHIPPED)) models.set(id, readXForm(convertForm(await readWorkbook('form.md', readFileSync(new URL(`${id}/form.md`, SHIPPED))), { name: id }).xform as string))

const shipped = (id: string) => Check.array().parse(JSON.parse(readFileSync(new URL(`${id}/checks.json`, SHIPPED), 'utf8')))
const model = (id: string) => models.get(id) as FormModel
const judge = (id: string, values: object, rows: RecordRow[] = [], beside = NOTHING as Parameters<typeof judgeRecord>[3], checks = shipped(id)) =>
  judgeRecord(compileChecks(model(id), checks), { values: values as never, rows }, NOON, beside)
const failing = (...given: Parameters<typeof judge>) => judge(...given).faults.map(({ check, row }) => row === null ? check : `${check} ${row}`)
const one = (more: Partial<Check>): Check => ({ id: 'x', severity: 'error', each: null, expression: 'true()', about: ['village'], always: false, say: { th: 'ก', en: 'a' }, remedy: { th: 'ข', en: 'b' }, on: true, ...more })

test.each([...models.keys()])('the shipped checks of %s can be answered by its form, and each has words of its own', id => {
  const checks = shipped(id)
  expect(compileChecks(model(id), checks).refused).toEqual([])
  expect(new Set(checks.map(check => check.id)).size).toBe(checks.length)
  expect(checks.length).toBeGreaterThan(1)
})

test('a range, a sum, two answers of one record', () => {
  expect(failing('water-source', { ngan: 4, wa2: 99, price_m3: 101 })).toEqual(['ngan-below-4', 'price-likely'])
  const ages = { age_6_14: 1, age_15_59: 2, age_60_up: 1, age_6_up: 4, members: 5, age_0_12: 1, age_0: 0, age_3_5: 0, age_35_up: 2 }
  expect(failing('bmn-2560', ages)).toEqual([])
  expect(failing('bmn-2560', { ...ages, age_6_up: 5 })).toEqual(['ages-add-up'])
  expect(failing('restaurant', { open_time: '17:00:00.000+07:00', close_time: '09:00:00.000+07:00', price_low: 0 })).toEqual(['price-above-0', 'closes-after-opening'])
})

test('what is not answered is not judged, but where a check says always', () => {
  expect(failing('bmn-2560', { age_6_up: 5 })).toEqual([])
  expect(failing('tambon-goals', { year_be: 2569 })).toEqual(['goals-answered'])
})

test('members are judged one by one, and all together', () => {
  const member = (position: number, values: object): RecordRow => ({ repeat: '/data/member', position, parent: null, values: values as never })
  expect(failing('household', { village: 'TH58070301', visit_date: '2026-11-26', consent: 'yes' }, [member(1, { relation: 'head', prefix: 'mr', sex: 'male', birth_year: 2500 }), member(2, { relation: 'child', prefix: 'girl', sex: 'female', birth_year: 2440 })]))
    .toEqual(['age-possible 2', 'title-fits-age 2'])
  expect(failing('household', { village: 'TH58070301', consent: 'yes' })).toEqual(['members-told'])
  expect(failing('household', { village: 'TH58070301', consent: 'yes' }, [member(1, { relation: 'head' }), member(2, { relation: 'head' })])).toEqual(['one-head'])
})

test('a crop is compared with the plot that it stands on', () => {
  const row = (repeat: string, position: number, parent: number | null, values: object): RecordRow => ({ repeat, position, parent, values: values as never })
  const rows = [row('/data/plot', 1, null, { rai: 5 }), row('/data/plot', 2, null, { rai: 1, ngan: 2 }), row('/data/plot/crop', 1, 1, { crop_rai: 5 }), row('/data/plot/crop', 2, 2, { crop_rai: 1.6 })]
  expect(failing('farmer', { village: 'TH58070301', has_plots: 'yes' }, rows)).toEqual(['crop-within-plot 2'])
})

test('beside the answers: a figure of the place, and whether a point lies in the tambon; what nobody knows is not judged', () => {
  const figure = (value: number | null) => ({ figure: () => value, isInArea: () => null })
  const people = { year_be: 2569, people: 900, households: 300 }
  expect(failing('village-sheet', people, [], figure(899))).toEqual(['people-within-register'])
  expect(failing('village-sheet', people, [], figure(900))).toEqual([])
  expect(failing('village-sheet', people, [], figure(null))).toEqual([])
  const asked: number[] = [], point = (isIn: boolean | null) => failing('attraction', { title: 'ถ้ำปลา', position: { lat: 19.5, lon: 98.2, altitude: 0, accuracy: 5 } }, [], { figure: () => null, isInArea: (_, metres) => { asked.push(metres); return isIn } })
  expect([point(true), point(false), point(null)]).toEqual([[], ['point-in-tambon'], []])
  expect(new Set(asked)).toEqual(new Set([500]))
})

test('a fault stands beside the first answer that it points at, and is kept as closely as the closest that it is made of', () => {
  const [fault] = judge('otop-product', { sales_month: 1e6, price: 10, capacity_month: 5 }).faults
  expect(fault).toMatchObject({ key: 'sales_month', repeat: null, row: null, kind: 'check', check: 'sales-within-capacity', severity: 'warning', sensitivity: 'internal' })
  expect(fault?.say.th).toMatch(/^“.+”: ยอดขายมากกว่า.+ ตรวจราคา/)
})

test('what a form cannot answer is refused by name, and the others are judged', () => {
  const refused = (more: Partial<Check>) => compileChecks(model('household'), [one(more)]).refused.map(({ problem }) => `${problem.code}: ${problem.say.en}`)[0]
  expect(refused({ expression: '${no_such} > 1' })).toMatch(/^check\/unknown-question.*no_such/)
  expect(refused({ each: 'crop' })).toMatch(/^check\/unknown-repeat.*crop/)
  expect(refused({ expression: 'wrong(1)' })).toMatch(/^check\/unreadable.*wrong/)
  expect(refused({ expression: '1 +' })).toMatch(/^check\/unreadable/)
  expect(refused({ on: false, expression: '1 +' })).toBeUndefined()
  expect(failing('household', { village: 'TH58070301' }, [], NOTHING, [one({ expression: '1 +' }), one({ id: 'y', expression: 'false()' })])).toEqual(['y'])
})

test('of the questions that apply it is counted how many were answered', () => {
  const count = (values: object) => { const { asked, answered } = judge('water-source', values); return { asked, answered } }
  const empty = count({}), some = count({ village: 'TH58070301', title: 'ฝาย', kind: 'weir' })
  expect(empty.answered).toBe(0)
  expect(some.answered).toBe(3)
  expect(some.asked).toBeGreaterThanOrEqual(empty.asked)
  const all = keysOf(model('water-source'))[0]?.questions.filter(question => question.asked).length ?? 0
  expect(empty.asked).toBeLessThan(all)
})

test('a check that reaches an answer by a path is kept as closely as one that names it', () => {
  const kept = (expression: string) => compileChecks(model('household'), [one({ expression })]).ready[0]?.kept
  expect([kept('count(${member}) > 0'), kept('${rai} * 2 > 3 * (4 - 1)'), kept("count(${member}[member_who/relation = 'head']) = 1"), kept('count(/data/member/*) > 0'), kept("string(/data) != 'x'"), kept('/data//religion'), kept("${member}[1] != ''")])
    .toEqual(['open', 'personal', 'personal', 'sensitive', 'sensitive', 'sensitive', 'sensitive'])
})

test('a check that would hold up the server is given up for that record, and says so; the others are judged', () => {
  const member = (position: number): RecordRow => ({ repeat: '/data/member', position, parent: null, values: { birth_year: 2500 } as never })
  const rows = Array.from({ length: 400 }, (_, i) => member(i + 1)), heavy = one({ id: 'heavy', expression: 'count(${member}[count(../member[.//birth_year = current()/.//birth_year]) > 1]) = 0' })
  const { faults, asked } = judge('household', { village: 'TH58070301', consent: 'yes' }, rows, NOTHING, [heavy, one({ id: 'other', expression: 'false()' })])
  expect(asked).toBe(judge('household', { village: 'TH58070301', consent: 'yes' }, rows, NOTHING, []).asked)
  expect(faults.map(({ kind, check }) => `${kind} ${check}`)).toEqual(['check other', 'not-judged heavy'])
})
