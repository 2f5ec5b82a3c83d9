import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { middleOf, modifiedZ, outliersOf, unskew } from './outliers.ts'

describe('the modified z-score', () => {
  test('of a printed example: the median of 1, 1, 2, 2, 4, 6, 9 is 2, the absolute deviations are 1, 1, 0, 0, 2, 4, 7, and their median is 1', () => {
    const values = [1, 1, 2, 2, 4, 6, 9], middle = middleOf(values)
    expect(middle).toMatchObject({ n: 7, median: 2, mad: 1 })
    expect(values.map(value => modifiedZ(value, middle).toFixed(4))).toEqual(['-0.6745', '-0.6745', '0.0000', '0.0000', '1.3490', '2.6980', '4.7215'])
  })

  test('of another: 0.6745 × (10 − 5) / 2 is 1.69', () => {
    expect(modifiedZ(10, { n: 9, median: 5, mad: 2, meanAd: 3 }).toFixed(2)).toBe('1.69')
  })

  test('of the eight readings of uranium in the e-Handbook of NIST (Tietjen and Moore 1972), where the largest is the outlier', () => {
    const readings = [199.31, 199.53, 200.19, 200.82, 201.92, 201.95, 202.18, 245.57], middle = middleOf(readings)
    expect([middle.median, middle.mad].map(number => number.toFixed(3))).toEqual(['201.370', '0.995'])
    expect(readings.filter(value => Math.abs(modifiedZ(value, middle)) > 3.5)).toEqual([245.57])
  })

  test('where more than half are the same takes the mean deviation; where all are, nothing is far', () => {
    const values = [5, 5, 5, 5, 5, 5, 5, 5, 5, 65], middle = middleOf(values)
    expect(middle).toMatchObject({ mad: 0, meanAd: 6 })
    expect(modifiedZ(65, middle)).toBeCloseTo(60 / (1.253314 * 6), 10)
    expect(modifiedZ(5, middleOf([5, 5, 5]))).toBe(0)
  })
})

test('the middle is what sorting by hand gives', () => {
  const slow = (values: number[]) => { const sorted = [...values].sort((a, b) => a - b), half = sorted.length / 2; return sorted.length % 2 === 1 ? sorted[Math.floor(half)]! : (sorted[half - 1]! + sorted[half]!) / 2 }
  fc.assert(fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 60 }), values => {
    const median = slow(values), away = values.map(value => Math.abs(value - median))
    expect(middleOf(values)).toEqual({ n: values.length, median, mad: slow(away), meanAd: away.reduce((a, b) => a + b, 0) / away.length })
  }), { numRuns: 300 })
})

test('amounts are compared by their ratios: twice the rest is nothing, a thousand times is; 0 and less have a place', () => {
  const incomes = Array.from({ length: 30 }, (_, i) => 20_000 * 1.1 ** i)
  expect(outliersOf([...incomes, incomes.at(-1)! * 2])).toEqual([])
  expect(outliersOf([...incomes, incomes.at(-1)! * 1000]).map(({ at }) => at)).toEqual([30])
  expect(outliersOf([...incomes, 5]).map(({ at }) => at)).toEqual([30])
  expect(unskew(-3)).toBe(-unskew(3))
  expect(outliersOf([1, 1, 2, 9e9], 3.5, 20)).toEqual([])
})
