import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { FigureLines } from './figure-lines.ts'

const PLACES = ['TH', 'TH50', 'TH51', 'TH5001'] as AreaCode[]

test('the first line that named a place in a year is told to every later one, as a list of all rows would', () => {
  const row = fc.tuple(fc.constantFrom(...PLACES), fc.constantFrom('2015', '2016', '2017').map(year => year as Period))
  fc.assert(fc.property(fc.array(row, { maxLength: 30 }), rows => {
    const lines = new FigureLines(new Map(PLACES.map((area, i) => [area, i]))), told = rows.map(([area, period], i) => lines.enter(area, period, i + 2))
    expect(told).toEqual(rows.map(([area, period], i) => {
      const first = rows.findIndex(one => one[0] === area && one[1] === period)
      return first === i ? null : first + 2
    }))
  }))
})
