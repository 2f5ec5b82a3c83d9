import { expect, test } from 'vitest'
import { Catalogue } from '../../domain/dataset/dataset.ts'
import { catalogueWord } from './words.catalogue.ts'

const { data_type, update_frequency_unit, geo_coverage, data_category } = Catalogue.shape
const words = [data_type, update_frequency_unit, geo_coverage, data_category].flatMap(each => [...each.options])

test('every word of the catalogue has its English, and stays itself in Thai', () => {
  expect(words.map(word => catalogueWord(word, 'en')).filter(word => /[\u0e00-\u0e7f]/.test(word))).toEqual([])
  expect(words.map(word => catalogueWord(word, 'th'))).toEqual(words)
})
