import { expect, test } from 'vitest'
import { Period } from '../base/period.ts'
import { filterInName, periodInName, periodOf, plainName, tpmapSource } from './rules.ts'
import { TPMAP_AREA_COLUMNS, TPMAP_COLUMNS, TPMAP_FIGURES, TPMAP_NESTED } from './tpmap.ts'

test('61, 2561 and 2018 are the same year', () => {
  expect(['61', '2561', '2018'].map(periodOf)).toEqual(['2018', '2018', '2018'])
  expect(['6', 'abc', '1561', '0018', '20188', ''].map(periodOf)).toEqual([null, null, null, null, null, null])
})

test('the year is found in the names that TPMAP files have', () => {
  expect(periodInName('61_province_common.csv')).toBe('2018')
  expect(periodInName('tpmap_2561_province_poor.csv')).toBe('2018')
  expect(periodInName('61_tambol_11111.csv')).toBe('2018')
  expect(periodInName('TPMAP-2565 amphur.csv')).toBe('2022')
  expect(periodInName('province_common.csv')).toBeNull()
  expect(periodInName('village_10000.csv')).toBeNull()
})

test('a file of the poor of one dimension is told from the file of all the poor', () => {
  expect(filterInName('61_province_10000.csv')).toBe('10000')
  expect(filterInName('61_province_11111.csv')).toBe('11111')
  expect(filterInName('61_province_common.csv')).toBeNull()
})

test('dots, underscores and case do not matter in the name of a column', () => {
  expect(plainName('poor.JPT.MOFval.CNT')).toBe(plainName('poor_JPT_MOFval_CNT'))
  expect(plainName(' HOUSEMEMBER_CNT ')).toBe(plainName('housemember.cnt'))
})

test('the source of the survey of 2018 is called by its Thai year', () => {
  expect(tpmapSource(Period.parse('2018'))).toBe('tpmap-2561')
})

test('the layout has the 70 and 41 published columns and makes 79 numbers, and each number once', () => {
  expect([TPMAP_COLUMNS.common.length, TPMAP_COLUMNS.poor.length, TPMAP_FIGURES.length]).toEqual([70, 41, 79])
  expect(new Set(TPMAP_FIGURES.map(figure => figure.indicator)).size).toBe(79)
})

test('every group of target poor lies inside the target poor', () => {
  expect(TPMAP_NESTED.filter(([, outer]) => outer.name === 'poor.JPT.MOFval.CNT')).toHaveLength(5 + 31)
})

test('no two levels accept the same code', () => {
  for (const code of ['50', '5007', '500701', '50070101', '5007010101', '500701A901']) {
    expect(TPMAP_AREA_COLUMNS.filter(column => column.level !== 'nation' && column.code.test(code))).toHaveLength(1)
  }
})
