import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AreaCode } from '../base/ids.ts'
import { Period } from '../base/period.ts'
import type { AreaChange } from '../area/area.ts'
import { breaksOf, ranksOf, valueOf } from './rules.ts'

test('a rate is a ratio, a count is itself, and over nobody there is no rate', () => {
  expect([valueOf('count', 7, null), valueOf('ratio', 1, 4), valueOf('mean', 81, 10), valueOf('ratio', 0, 0), valueOf('ratio', 1, null)]).toEqual([7, 0.25, 8.1, null, null])
})

test('two provinces with the same rate share a rank and the next one counts them both; Bangkok without data has none', () => {
  expect(ranksOf([0.02, 0.05, 0.05, 0.01, null], 'high')).toEqual([3, 1, 1, 4, null])
  expect(ranksOf([0.02, 0.05, 0.05, 0.01, null], 'low')).toEqual([2, 3, 3, 1, null])
})

test('a rank is one more than the number of places that are better: the slow count agrees', () => {
  fc.assert(fc.property(fc.array(fc.option(fc.integer({ min: 0, max: 9 }))), fc.constantFrom('high', 'low'), (values, best) => {
    const better = (a: number, b: number) => best === 'high' ? a > b : a < b
    expect(ranksOf(values, best)).toEqual(values.map(value => value === null ? null : 1 + values.filter(other => other !== null && better(other, value)).length))
  }))
})

test('Nong Khai is not the same ground after its districts went to Bueng Kan; the nation is, and so is a district that only split inside', () => {
  const change = (id: number, day: string, predecessor: string, successor: string) => ({ id, day, predecessor, successor }) as AreaChange
  const ledger = [change(1, '2011-03-23', 'TH4303', 'TH3801'), change(2, '2020-01-01', 'TH104701', 'TH104702')]
  const areas = ['TH', 'TH43', 'TH1047', 'TH104702', 'TH50'].map(code => AreaCode.parse(code))
  const periods = ['2017', '2010', '2021', '2019'].map(year => Period.parse(year))
  expect(breaksOf(areas, periods, ledger)).toEqual([
    { area: 'TH43', period: '2017', change: 1 }, { area: 'TH104702', period: '2021', change: 2 },
  ])
})
