import { describe, expect, it } from 'vitest'
import type { AreaHit } from '../../domain/area/area.ts'
import { arrange, nearest, readPlaces, settle } from './data.compare.ts'

const hit = (code: string, level: AreaHit['level'], th = '') => ({ code, level, name: { th, en: '' } }) as AreaHit
const figure = (area: string, value: number | null) => ({ area, value })
const row = (id: string, ...values: ReturnType<typeof figure>[]) => ({ indicator: { id }, values }) as never

describe('the places of an address', () => {
  it('come once each, in any case, and what is no code is left out', () => {
    expect(readPlaces(new URLSearchParams('places=th50,TH51,ลำปาง,TH50'))).toEqual(['TH50', 'TH51'])
  })
  it('are six at most, and may stand in several fields', () => {
    expect(readPlaces(new URLSearchParams('places=TH10,TH11,TH12,TH13&places=TH14,TH15,TH16'))).toEqual(['TH10', 'TH11', 'TH12', 'TH13', 'TH14', 'TH15'])
  })
})

describe('a typed name', () => {
  it('“ลำพูน” among provinces means the province, though a district bears the name too', () => {
    expect(settle([hit('TH51', 'province', 'ลำพูน'), hit('TH5101', 'district', 'เมืองลำพูน')], 'province', 'จ.ลําพูน')?.code).toBe('TH51')
  })
  it('“แม่” is only the beginning of Mae Hong Son, so the reader is asked', () => {
    expect(settle([hit('TH58', 'province', 'แม่ฮ่องสอน'), hit('TH5007', 'district', 'แม่ริม')], 'province', 'แม่')).toBeNull()
  })
  it('that is a code, as the suggestions send it, is that place, though places inside it were found too', () => {
    expect(settle([hit('TH5007', 'district'), hit('TH500701', 'tambon'), hit('TH500702', 'tambon')], 'province', 'th5007')?.code).toBe('TH5007')
  })
  it('that three tambons bear is asked about', () => {
    expect(settle([hit('TH500701', 'tambon'), hit('TH501001', 'tambon'), hit('TH570101', 'tambon')], 'tambon', 'ริมใต้')).toBeNull()
  })
  it('that one place bears is that place, whatever its level; that none bears is nobody', () => {
    expect(settle([hit('TH5007', 'district')], 'province', 'แม่ริม')?.code).toBe('TH5007')
    expect(settle([], 'province', 'x')).toBeNull()
  })
})

describe('rows of a comparison', () => {
  it('stand in the order of the places with the nation beside, and one without any number is set apart', () => {
    const reply = { rows: [row('poor', figure('TH', 0.1), figure('TH51', 0.2), figure('TH50', 0.3)), row('rice', figure('TH51', null), figure('TH50', null))] }
    const { known, unknown } = arrange(reply, reply, ['TH50', 'TH51'])
    expect(known.map(each => [each.values.map(value => value.value), each.nation?.value])).toEqual([[[0.3, 0.2], 0.1]])
    expect(unknown.map(each => each.indicator.id)).toEqual(['rice'])
  })
})

describe('neighbours', () => {
  it('of Mae Hong Son are the nearest first, those without a point last', () => {
    const places = [{ name: 'Phuket', point: { lat: 7.9, lon: 98.3 } }, { name: 'unknown', point: null }, { name: 'Chiang Mai', point: { lat: 18.8, lon: 98.9 } }]
    expect(nearest(places, { lat: 18.9, lon: 97.9 }, 3).map(each => each.name)).toEqual(['Chiang Mai', 'Phuket', 'unknown'])
  })
})
