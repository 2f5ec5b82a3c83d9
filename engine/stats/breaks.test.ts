import { expect, test } from 'vitest'
import fc from 'fast-check'
import { BREAK_METHODS, breaksOf, classOf } from './breaks.ts'

// Target-poor rates of six provinces, B.E. 2561, in percent.
const RATES = [0.3, 0.64, 1.44, 2.4, 4.43, 10.97]

test('quantiles put the same number of provinces in each class', () => {
  const breaks = breaksOf(RATES, 3, 'quantile')
  expect(RATES.map(rate => classOf(rate, breaks))).toEqual([0, 0, 1, 1, 2, 2])
})

test('equal steps leave most provinces in the lowest class when one stands far above', () => {
  const breaks = breaksOf(RATES, 5, 'equal')
  expect(breaks).toHaveLength(4)
  expect(breaks[0]).toBeCloseTo(0.3 + 10.67 / 5)
  expect(RATES.map(rate => classOf(rate, breaks))).toEqual([0, 0, 0, 0, 1, 4])
})

test('Jenks keeps natural groups together (the example of Wang and Song’s ckmeans)', () => {
  expect(breaksOf([-1, 2, -1, 2, 4, 5, 6, -1, 2, -1], 3, 'jenks')).toEqual([2, 4])
})

test('places that are all alike need no classes, and none at all neither', () => {
  for (const method of BREAK_METHODS) {
    expect(breaksOf([7, 7, 7], 5, method)).toEqual([])
    expect(breaksOf([], 5, method)).toEqual([])
  }
})

test('whatever the values, limits rise, are distinct, and no class beyond the asked number is used', () => {
  const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 80 })
  fc.assert(fc.property(values, fc.integer({ min: 2, max: 7 }), fc.constantFrom(...BREAK_METHODS), (sample, classes, method) => {
    const breaks = breaksOf(sample, classes, method)
    expect(breaks).toEqual([...new Set(breaks)].toSorted((a, b) => a - b))
    expect(Math.max(...sample.map(value => classOf(value, breaks)))).toBe(breaks.length)
    expect(breaks.length).toBeLessThan(classes)
  }))
})
