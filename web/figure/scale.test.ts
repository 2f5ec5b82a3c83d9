import { expect, test } from 'vitest'
import { scaleOf, shadeOf, shadesOf, tidy } from './scale.ts'

const TARGET_POOR = { better: 'lower', kind: 'ratio' } as const

test('a limit of the legend is the limit of the class: 1.44 % is not below a printed 1.4 %', () => {
  const scale = scaleOf([0.003, 0.0064, 0.0144, 0.024, 0.0443, 0.1097], TARGET_POOR, 3, 'quantile')
  expect(scale.breaks).toEqual([0.012, 0.031])
  expect(shadeOf(scale, 0.0064)).toBe(0)
  expect(shadeOf(scale, 0.0144)).toBe(3)
  expect(shadeOf(scale, 0.1097)).toBe(6)
})

test('five classes take five shades of seven, the lightest and the deepest among them', () => {
  expect(shadesOf(5)).toEqual([0, 2, 3, 5, 6])
  expect(shadesOf(7)).toEqual([0, 1, 2, 3, 4, 5, 6])
})

test('provinces that are all alike share the middle shade', () => {
  const scale = scaleOf([0.02, 0.02], TARGET_POOR, 5, 'jenks')
  expect(scale.breaks).toEqual([])
  expect(shadeOf(scale, 0.02)).toBe(3)
})

test('hardship is earth, what is wished for is rice, and a plain count is water', () => {
  expect(scaleOf([1, 2], { better: 'higher', kind: 'mean' }, 5, 'equal').ramp).toBe('rice')
  expect(scaleOf([1, 2], { better: null, kind: 'count' }, 5, 'equal').ramp).toBe('water')
})

test('limits of counts keep three figures', () => {
  expect(tidy(123_456, 'count')).toBe(123_000)
})
