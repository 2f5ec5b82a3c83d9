import { describe, expect, it } from 'vitest'
import type { AreaHit } from '../../domain/area/area.ts'
import { groupHits, readSearch } from './data.search.ts'

const hit = (code: string, level: AreaHit['level']) => ({ code, level }) as AreaHit

describe('the address of a search', () => {
  it('keeps what was typed without the spaces around it, and at most a hundred characters', () => {
    expect(readSearch(new URLSearchParams({ q: '  แม่ริม ' })).q).toBe('แม่ริม')
    expect(readSearch(new URLSearchParams({ q: 'ก'.repeat(300) })).q).toHaveLength(100)
  })
  it('knows no level but those that can be searched', () => {
    expect(readSearch(new URLSearchParams('q=x&level=village')).level).toBe('village')
    expect(readSearch(new URLSearchParams('q=x&level=house')).level).toBeNull()
  })
})

describe('hits', () => {
  it('of “ลำพูน” stand by level in the order of the best, and keep their order within', () => {
    const groups = groupHits([hit('TH51', 'province'), hit('TH5101', 'district'), hit('TH120401', 'tambon'), hit('TH5102', 'district')])
    expect(groups.map(each => [each.level, each.hits.map(one => one.code)])).toEqual([['province', ['TH51']], ['district', ['TH5101', 'TH5102']], ['tambon', ['TH120401']]])
  })
})
