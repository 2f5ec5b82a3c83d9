import { expect, test } from 'vitest'
import { choiceQuery, readChoice } from './data.ts'

const read = (address: string) => readChoice(new URL(address, 'http://x').searchParams, 'target-poor')

test('a map without any choice shows the usual number in five classes of the same number of places, as they are now', () => {
  expect(read('/')).toEqual({ indicator: 'target-poor', year: null, method: 'quantile', classes: 5, order: 'value', as: 'now' })
})

test('what a reader chose stands in the address and comes back from it', () => {
  const choice = read('/?indicator=registered-population&year=2019&breaks=jenks&classes=7&order=name&as=then')
  expect(choice).toEqual({ indicator: 'registered-population', year: '2019', method: 'jenks', classes: 7, order: 'name', as: 'then' })
  const address = `/?${new URLSearchParams(Object.entries(choiceQuery(choice, 'target-poor')).filter((each): each is [string, string] => each[1] !== null))}`
  expect(read(address)).toEqual(choice)
})

test('an address that somebody mistyped shows the nearest sensible map', () => {
  expect(read('/?breaks=magic&classes=99&year=next&as=someday&order=up')).toEqual({ indicator: 'target-poor', year: null, method: 'quantile', classes: 7, order: 'value', as: 'now' })
  expect(read('/?classes=many').classes).toBe(5)
})
