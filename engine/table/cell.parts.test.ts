import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CellReading, type CellPart } from '../../domain/table/table.ts'
import { makeCellReader } from './cell.ts'
import { personParts } from './cell.parts.ts'
import type { CellQuestion } from './cell.result.ts'

const USUAL = CellReading.parse({}), LABEL = { th: 'ไร่', en: 'rai' }
const question = (more: Partial<CellQuestion>): CellQuestion => ({ name: 'x', label: LABEL, type: 'integer', choices: null, unit: null, role: null, term: null, ...more })
const part = (part: CellPart, cell: string | number, more: Partial<CellQuestion> = {}) => {
  const result = makeCellReader(question(more), { ...USUAL, part })(cell)
  return 'fault' in result ? result.fault.code : result.value
}
const area = (cell: string | number, type: 'integer' | 'decimal' = 'integer') => (['rai', 'ngan', 'wa2'] as const).map(each => part(each, cell, { type, unit: each }))

test.each<[string | number, unknown[]]>([
  ['3-2-50', [3, 2, 50]], ['๓ ไร่ ๒ งาน ๕๐ วา', [3, 2, 50]], ['3 ไร่ 2 งาน 50 ตร.ว.', [3, 2, 50]], ['5 ไร่', [5, 0, 0]], ['2 งาน', [0, 2, 0]], ['3.625', [3, 2, 50]], [3.5, [3, 2, 0]], ['๐-๑-๐๕', [0, 1, 5]], ['800 ตารางเมตร', [0, 2, 0]],
  ['', [null, null, null]], ['3-5-0', ['table/parts', 'table/parts', 'table/parts']], ['มาก', ['table/not-number', 'table/not-number', 'table/not-number']], ['0-0-50.5', [0, 0, 'table/not-whole']],
])('an area of %j is %j in rai, ngan and square wa', (cell, expected) => expect(area(cell)).toEqual(expected))

test('what was taken apart comes to what was written, as one sum of square wa says', () => {
  fc.assert(fc.property(fc.nat(5000), fc.nat(3), fc.nat(9999), (rai, ngan, hundredths) => {
    const wa = hundredths / 100, written = [`${rai}-${ngan}-${wa}`, `${rai} ไร่ ${ngan} งาน ${wa} วา`, `${rai.toLocaleString('en')} ไร่ ${ngan} งาน ${wa} ตารางวา`]
    for (const text of written) expect(area(text, 'decimal')).toEqual([rai, ngan, wa])
  }))
})

test.each([
  ['นายสมชาย ใจดี', 'นาย', 'สมชาย', 'ใจดี'], ['น.ส. สมหญิง  ณ อยุธยา', 'นางสาว', 'สมหญิง', 'ณ อยุธยา'], ['นางสาวปราณี สุขใจ', 'นางสาว', 'ปราณี', 'สุขใจ'], ['ด.ช.ก้อง ดี', 'เด็กชาย', 'ก้อง', 'ดี'],
  ['Mr. John Smith', 'นาย', 'John', 'Smith'], ['สมศรี', '', 'สมศรี', ''], ['ว่าที่ร้อยตรีหญิง มานี มีนา', 'ว่าที่ร้อยตรีหญิง', 'มานี', 'มีนา'], ['ร.ต.อ. ชูใจ เลิศล้ำ', 'ร.ต.อ.', 'ชูใจ', 'เลิศล้ำ'], ['ชูใจ  ใสดี', '', 'ชูใจ', 'ใสดี'],
])('%j is the title, name and family name of a person', (text, prefix, given, family) => expect(personParts(text)).toEqual({ prefix, given, family }))

test('a title goes to the choice that is called so; one that is no choice is told, and a name without one leaves it blank', () => {
  const choices = [{ value: 'mr', label: { th: 'นาย', en: 'Mr (นาย)' } }, { value: 'miss', label: { th: 'นางสาว', en: 'Miss (นางสาว)' } }], of = (text: string) => part('prefix', text, { type: 'choice', choices: choices as never })
  expect(['น.ส.สมหญิง ใจดี', 'นาย ก ข', 'ก ข', 'พันตรี ก ข'].map(of)).toEqual(['miss', 'mr', null, 'table/unknown-choice'])
})
