import { describe, expect, it } from 'vitest'
import { AreaCode } from '../../domain/base/ids.ts'
import { levelsInside, rankQuery, readRankChoice, referenceOf } from './data.rank.ts'

const read = (query: string) => readRankChoice(new URLSearchParams(query))

describe('the address of a ranking', () => {
  it('without anything asked ranks the provinces by their target poor, the highest first', () => {
    expect(read('')).toMatchObject({ indicator: 'target-poor', area: 'TH', level: 'province', order: 'high', as: 'now', year: null, after: null })
  })
  it('asking for the provinces of Chiang Mai gets its districts, for there are no provinces inside', () => {
    expect(read('area=TH50&level=province').level).toBe('district')
    expect(read('area=TH5007').level).toBe('tambon')
  })
  it('a village stands for its district, the lowest place that holds ranked places', () => {
    expect(read('area=TH50070103')).toMatchObject({ area: 'TH5007', level: 'tambon' })
  })
  it('nonsense in the address falls back to what is usual instead of breaking the page', () => {
    expect(read('area=Lampang&level=moon&order=up&year=61&indicator=No!')).toMatchObject({ area: 'TH', level: 'province', order: 'high', year: null, indicator: 'target-poor' })
  })
  it('leads back to the same choice', () => {
    const asked = 'indicator=registered-population&level=tambon&area=TH50&year=2019&order=name&as=then&after=k1'
    const kept = Object.entries(rankQuery(read(asked))).filter((pair): pair is [string, string] => pair[1] !== null)
    expect(read(new URLSearchParams(kept).toString())).toEqual(read(asked))
  })
})

describe('the levels below a place', () => {
  it('of the nation are provinces, districts and tambons; of Mae Rim only tambons', () => {
    expect(levelsInside(AreaCode.parse('TH'))).toEqual(['province', 'district', 'tambon'])
    expect(levelsInside(AreaCode.parse('TH5007'))).toEqual(['tambon'])
  })
})

describe('the reference line', () => {
  it('of a rate is the rate of the whole, of a count the mean of the ranked places', () => {
    expect(referenceOf({ kind: 'ratio' }, { value: 0.028 }, 76)).toBe(0.028)
    expect(referenceOf({ kind: 'count' }, { value: 66_000 }, 4)).toBe(16_500)
  })
  it('does not stand where the whole has no number', () => {
    expect(referenceOf({ kind: 'ratio' }, { value: null }, 76)).toBeNull()
    expect(referenceOf({ kind: 'count' }, null, 76)).toBeNull()
  })
})
