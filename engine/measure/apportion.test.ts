import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apportion } from './apportion.ts'

test('ten go to a half and two quarters', () => {
  expect(apportion(10, [0.5, 0.25, 0.25])).toEqual([5, 3, 2])
  expect(apportion(0, [0.3, 0.7])).toEqual([0, 0])
})

/** Slowly: one by one, each to whom most is still owed, the first of equals. */
function oneByOne(count: number, shares: readonly number[]): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0), given = shares.map(share => Math.floor(count * share / total))
  while (given.reduce((sum, one) => sum + one, 0) < count) {
    const owed = shares.map((share, i) => count * share / total - (given[i] as number)), most = owed.indexOf(Math.max(...owed))
    given[most] = (given[most] as number) + 1
  }
  return given
}

test('whatever is shared out adds up to the whole, and is what giving them one by one comes to', () => {
  fc.assert(fc.property(fc.nat(5000), fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 9 }), (count, shares) => {
    const given = apportion(count, shares)
    expect(given).toEqual(oneByOne(count, shares))
    expect(given.reduce((sum, one) => sum + one, 0)).toBe(count)
  }))
})
