import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AreaCode } from '../../domain/base/ids.ts'
import { rollUp, type Line } from './roll-up.ts'

const line = (...pairs: [number, number][]): Line => ({ numerator: Float64Array.from(pairs, pair => pair[0]), denominator: Float64Array.from(pairs, pair => pair[1]) })
const code = (text: string) => AreaCode.parse(text)
const at = (rolled: ReturnType<typeof rollUp>, area: string, index = 0) => {
  const found = rolled.lines.get(code(area))
  return found && [found.numerator[index], found.denominator[index], found.own[index]]
}

test('two districts make their province, and the province the nation', () => {
  const rolled = rollUp(new Map([[code('TH5001'), line([2, 10])], [code('TH5002'), line([3, 20])]]), [0])
  expect(at(rolled, 'TH50')).toEqual([5, 30, false])
  expect(at(rolled, 'TH')).toEqual([5, 30, false])
  expect(at(rolled, 'TH5001')).toEqual([2, 10, true])
})

test('a part of a municipality and a part of a village count in every total above them', () => {
  const rolled = rollUp(new Map([[code('TH110101'), line([5, 9])], [code('TH110151'), line([7, 9])], [code('TH110102A901'), line([1, 2])]]), [0])
  expect(at(rolled, 'TH1101')).toEqual([13, 20, false])
})

test('a missing number adds nothing and neither does its base', () => {
  const rolled = rollUp(new Map([[code('TH5001'), line([2, 10], [1, 1])], [code('TH5002'), line([NaN, 20], [1, 1])]]), [0, 0])
  expect(at(rolled, 'TH50')).toEqual([2, 10, false])
  expect(at(rollUp(new Map([[code('TH5001'), line([NaN, NaN])]]), [0]), 'TH50')).toEqual([NaN, NaN, false])
})

test('what a source gave for the province stands, and the difference to its districts is told', () => {
  const rolled = rollUp(new Map([[code('TH50'), line([6, 30])], [code('TH5001'), line([2, 10])], [code('TH5002'), line([3, 20])]]), [0])
  expect(at(rolled, 'TH50')).toEqual([6, 30, true])
  expect(at(rolled, 'TH')).toEqual([6, 30, false])
  expect(rolled.differences).toEqual([{ area: 'TH50', index: 0, published: 6, summed: 5 }])
})

test('a mean may miss the weighted mean of its parts by its rounding', () => {
  const given = new Map([[code('TH50'), line([81.0000001, 10])], [code('TH5001'), line([81, 10])]])
  expect(rollUp(given, [1e-6]).differences).toEqual([])
  expect(rollUp(given, [0]).differences).toHaveLength(1)
})

const village = fc.tuple(fc.integer({ min: 10, max: 13 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 4 }))
  .map(numbers => code('TH' + numbers.map(number => String(number).padStart(2, '0')).join('')))

test('on any tree every total is the sum of the villages inside it: the slow walk agrees', () => {
  fc.assert(fc.property(fc.dictionary(village, fc.option(fc.nat(1000), { nil: NaN })), counts => {
    const villages = Object.entries(counts) as [AreaCode, number][]
    const rolled = rollUp(new Map(villages.map(([area, n]) => [area, line([n, n * 2])])), [0])
    for (const [area, { numerator, denominator }] of rolled.lines) {
      const inside = villages.filter(([village, n]) => village.startsWith(area) && !Number.isNaN(n)).map(([, n]) => n)
      const total = inside.length ? inside.reduce((sum, n) => sum + n, 0) : NaN
      expect([numerator[0], denominator[0]]).toEqual([total, total * 2])
    }
  }))
})
