import { expect, test } from 'vitest'
import { compareNames, formatBothEras, formatDay, formatNumber, formatPercent, formatRounded, formatYear, joinUnit } from './format.ts'

test('36,647,817 people are “36.6 ล้าน” to a Thai reader and “36.6 million” to an English one', () => {
  expect(formatRounded(36_647_817, 'th')).toBe('36.6 ล้าน')
  expect(formatRounded(36_647_817, 'en')).toBe('36.6 million')
  expect(formatRounded(975_845, 'th')).toBe('975,845')
  expect(formatNumber(36_647_817, 'th')).toBe('36,647,817')
})

test('a rate has one decimal, two below one percent, and what is not zero never reads zero', () => {
  expect(formatPercent(0.0281869, 'th')).toBe('2.8%')
  expect(formatPercent(0.0063, 'th')).toBe('0.63%')
  expect(formatPercent(0.00996, 'en')).toBe('1.0%')
  expect(formatPercent(0.00001, 'en')).toBe('< 0.01%')
  expect(formatPercent(0, 'en')).toBe('0%')
})

test('the reader’s own era comes first', () => {
  expect(formatYear('2018', 'th')).toBe('2561')
  expect(formatYear('2018', 'en')).toBe('2018')
  expect(formatBothEras('2018', 'th')).toBe('พ.ศ. 2561 (ค.ศ. 2018)')
  expect(formatBothEras('2018', 'en')).toBe('2018 (B.E. 2561)')
  expect(formatDay('2009-12-26', 'th')).toBe('26 ธันวาคม 2552')
  expect(formatDay('2009-12-26', 'en')).toBe('26 December 2009')
})

test('a unit follows ล้าน without a space and a numeral with one', () => {
  expect(joinUnit('36.6 ล้าน', 'คน')).toBe('36.6 ล้านคน')
  expect(joinUnit('975,845', 'คน')).toBe('975,845 คน')
})

test('names stand as in a Thai dictionary: a vowel written before its consonant does not lead', () => {
  const names = ['เชียงใหม่', 'กระบี่', 'แพร่', 'ขอนแก่น', 'น่าน']
  expect(names.toSorted((a, b) => compareNames(a, b, 'th'))).toEqual(['กระบี่', 'ขอนแก่น', 'เชียงใหม่', 'น่าน', 'แพร่'])
})
