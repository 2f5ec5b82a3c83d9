import { expect, test } from 'vitest'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import { makeBadges } from './badge.ts'

const dataset = (id: string, name: string, unit: Dataset['unit'] = 'place') => ({ id: id as Dataset['id'], name: { th: name, en: name }, unit })

test('each dataset has a letter of its own: of its name while one is free, without the vowels that stand before, then a number', () => {
  const letters = (...names: string[]) => makeBadges(names.map((name, i) => dataset(`a${i}`, name))).map(({ letter }) => letter)
  expect(letters('แหล่งท่องเที่ยว', 'ร้านอาหาร', 'แหล่งน้ำ', 'ห', 'ห')).toEqual(['ห', 'ร', 'ล', '1', '2'])
  expect(letters('water', 'Wells')).toEqual(['W', 'E'])
})

test('persons, farms and places differ by colour as well', () => {
  expect(makeBadges([dataset('farmer', 'ก', 'person'), dataset('household', 'ข', 'household'), dataset('attraction', 'ค')]).map(({ group }) => group)).toEqual(['farms', 'people', 'places'])
})
