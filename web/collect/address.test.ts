import { expect, test } from 'vitest'
import { formatAddress, parseAddress, type Address } from './address.ts'

test('every screen has an address that leads back to it', () => {
  const screens = [
    { screen: 'home' }, { screen: 'outbox' }, { screen: 'phone' }, { screen: 'new', area: 'TH', dataset: 'household', place: null }, { screen: 'new', area: 'TH', dataset: 'household', place: 'TH58070301' }, { screen: 'new', area: 'TH', dataset: 'household', place: 'TH58070301', thing: 'a-b' },
    { screen: 'fill', id: 'uuid:a/b', step: '3.0.1' }, { screen: 'fill', id: 'uuid:a', step: '' }, { screen: 'review', id: 'uuid:a' }, { screen: 'entry', id: 'uuid:a' },
  ] as Address[]
  expect(screens.map(each => parseAddress(formatAddress(each)))).toEqual(screens)
  expect(['', '#', '#/', '#/nowhere', '#/new/TH', '#/fill', '#/fill/%E0%A4%A'].map(parseAddress)).toEqual(Array(7).fill({ screen: 'home' }))
})
