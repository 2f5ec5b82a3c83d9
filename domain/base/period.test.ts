import { expect, test } from 'vitest'
import { buddhistYear } from './era.ts'
import { Period, lastDayOf } from './period.ts'

test('the survey of 2018 is the survey of B.E. 2561', () => {
  expect(buddhistYear(2018)).toBe(2561)
})

test('a Buddhist year is no period: periods are years of the common era', () => {
  expect(Period.safeParse('2561').success).toBe(false)
  expect(lastDayOf(Period.parse('2018'))).toBe('2018-12-31')
})
