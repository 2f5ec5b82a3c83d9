import { describe, expect, it } from 'vitest'
import type { IndicatorEntry } from '../../domain/indicator/indicator.ts'
import { narrow, readCatalogue } from './data.catalogue.ts'

const entry = (id: string, topic: IndicatorEntry['topic'], th: string, en: string, levels: string[]) => ({
  id, topic, name: { th, en }, shortName: { th, en }, definition: { th: '', en: '' }, series: [{ levels }],
}) as unknown as IndicatorEntry

const entries = [
  entry('target-poor', 'poverty', 'คนจนเป้าหมาย', 'Target poor', ['nation', 'province']),
  entry('registered-population', 'people', 'ประชากรตามทะเบียน', 'Registered population', ['nation', 'province', 'district', 'tambon']),
]
const find = (query: string) => narrow(entries, readCatalogue(new URLSearchParams(query))).map(each => each.id)

describe('the catalogue', () => {
  it('shows everything when nothing was asked', () => {
    expect(find('')).toEqual(['target-poor', 'registered-population'])
  })
  it('finds by words in either language, in any order and case, and by id', () => {
    expect(find('q=population REGISTERED')).toEqual(['registered-population'])
    expect(find('q=จนเป้าหมาย')).toEqual(['target-poor'])
    expect(find('q=target-poor')).toEqual(['target-poor'])
  })
  it('shows only what a tambon has, or only one topic', () => {
    expect(find('level=tambon')).toEqual(['registered-population'])
    expect(find('topic=poverty')).toEqual(['target-poor'])
  })
  it('finds nothing where words belong to different numbers', () => {
    expect(find('q=poor population')).toEqual([])
  })
})
