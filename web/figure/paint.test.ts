import { expect, test } from 'vitest'
import type { LayerRow } from './data.ts'
import { countClasses, countGaps, sortRows, valuesOf } from './paint.ts'

const row = (code: string, th: string, value: number | null, status = value === null ? 'not-covered' : 'published') =>
  ({ area: { code, type: 'changwat', name: { th, en: th } }, figure: { value, status } }) as unknown as LayerRow
const ROWS = [row('TH50', 'เชียงใหม่', 0.056), row('TH10', 'กรุงเทพมหานคร', null), row('TH58', 'แม่ฮ่องสอน', 0.137), row('TH81', 'กระบี่', 0)]

test('the highest province stands first, zero is a number, and Bangkok without one stands last', () => {
  expect(sortRows(ROWS, 'value', 'th').map(each => each.area.code)).toEqual(['TH58', 'TH50', 'TH81', 'TH10'])
})

test('by name the order is that of a Thai dictionary', () => {
  expect(sortRows(ROWS, 'name', 'th').map(each => each.area.name.th)).toEqual(['กระบี่', 'กรุงเทพมหานคร', 'เชียงใหม่', 'แม่ฮ่องสอน'])
})

test('classes and gaps together count every place once', () => {
  expect(valuesOf(ROWS)).toEqual([0.056, 0.137, 0])
  expect(countClasses(ROWS, { ramp: 'soil', breaks: [0.05], shades: [0, 6] })).toEqual([1, 2])
  expect(countGaps(ROWS)).toEqual([{ status: 'not-covered', count: 1 }])
})
