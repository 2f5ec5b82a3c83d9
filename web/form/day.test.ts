import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoOf, partsOf } from './day.ts'

test.each([
  ['9', '2', '2567', '2024-02-09'], ['๙', '2', '๒๕๖๗', '2024-02-09'], ['9', '2', '2024', '2024-02-09'], ['29', '2', '2567', '2024-02-29'],
  ['29', '2', '2566', ''], ['31', '4', '2567', ''], ['', '4', '2567', ''], ['1', '', '2567', ''], ['1', '1', '67', ''], ['1', '1', '', ''], ['x', '1', '2567', ''], ['0', '1', '2567', ''],
])('%s/%s/%s is %s', (day, month, year, iso) => { expect(isoOf({ day, month, year })).toBe(iso) })

test('every day of four centuries is written and read again in both calendars', () => {
  fc.assert(fc.property(fc.date({ min: new Date('1800-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), fc.constantFrom('th' as const, 'en' as const), (date, lang) => {
    const iso = date.toISOString().slice(0, 10)
    expect(isoOf(partsOf(iso, lang))).toBe(iso)
  }))
})
