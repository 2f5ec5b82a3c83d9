import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { distance } from 'fastest-levenshtein'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AreaCode } from '../../domain/base/ids.ts'
import { levelOf, parentOf } from '../../domain/area/rules.ts'
import { squeeze } from '../text/fold.ts'
import { makePlaceResolver, type ResolvedPlace } from './places.ts'
import { writtenPlace, type WrittenPlace } from './places.written.ts'

type Line = Record<string, string>
const csv = (url: URL) => parse(readFileSync(url), { columns: true }) as Line[]
const AREAS = csv(new URL('../../seed/area/area.csv', import.meta.url)).filter(row => row['valid_until'] === '').map(row => {
  const code = AreaCode.parse(row['code'])
  return { code, level: levelOf(code), parentCode: parentOf(code), name: { th: row['name_th'] ?? '', en: row['name_en'] ?? '' } }
})
const VILLAGES = [['TH58070301', 'ถ้ำลอด'], ['TH58070302', 'วนาหลวง'], ['TH58070303', 'ถ้ำลอดใหม่']].map(([code, th]) => ({ code: AreaCode.parse(code), level: 'village' as const, parentCode: AreaCode.parse('TH580703'), name: { th: th as string, en: '' } }))
const LEDGER = [['TH4303', 'TH3801', 1], ['TH999901', 'TH580701', 0.5], ['TH999901', 'TH580702', 0.5]].map(([from, to, share]) => ({ day: '2011-03-23', predecessor: AreaCode.parse(from), successor: AreaCode.parse(to), share: share as number }))
const resolve = makePlaceResolver([...AREAS, ...VILLAGES], LEDGER)
const said = (found: ResolvedPlace) => 'area' in found ? found.area + (found.isMended ? ' mended' : '') : found.candidates

test.each<[WrittenPlace, unknown]>([
  [{ code: 580703 }, 'TH580703'], [{ code: 'TH5807' }, 'TH5807'], [{ code: '580703.0' }, 'TH580703'], [{ code: '๕๘๐๗๐๓' }, 'TH580703'], [{ code: 58070302 }, 'TH58070302'],
  [{ code: 4303 }, 'TH3801'], [{ code: 999901 }, ['TH580701', 'TH580702']], [{ code: 58070399 }, ['TH580703']], [{ code: 990000 }, []], [{}, []], [{ tambon: '-' }, []],
  [{ tambon: 'ต.ถ้ำลอด อ.ปางมะผ้า จ.แม่ฮ่องสอน' }, 'TH580703'], [{ village: '12 หมู่ 2 ต.ถ้ำลอด อ.ปางมะผ้า จ.แม่ฮ่องสอน 58150' }, 'TH58070302'], [{ tambon: 'ตำบลถ้ำลอดอำเภอปางมะผ้าจังหวัดแม่ฮ่องสอน' }, 'TH580703'],
  [{ province: 'กทม.', district: 'เขตบางบอน' }, 'TH1050'], [{ province: 'กรุงเทพฯ' }, 'TH10'], [{ province: 'จ.เชียงใหม่', district: 'อ.เมือง' }, 'TH5001'], [{ province: 'Mae Hong Son', district: 'Pang Mapha', tambon: 'Tham Lot' }, 'TH580703'],
  [{ province: 'แม่ฮ่องสอน', district: 'ปางมะผา', tambon: 'ถ้ำลอด' }, 'TH580703 mended'], [{ province: 'แม่ฮองสอน', district: 'กิ่งอำเภอปางมะผ้า' }, 'TH5807 mended'],
  [{ code: 5807, tambon: 'ถ้ำลอด' }, 'TH580703'], [{ code: 580703, district: 'ปาย' }, ['TH580703', 'TH5803']], [{ province: 'แม่ฮ่องสอน', district: 'ปาย', tambon: 'ถ้ำลอด' }, ['TH580703']],
  [{ district: 'ปางมะผ้า', village: 'หมู่ 2' }, 'TH5807'], [{ code: 580703, village: 2 }, 'TH58070302'], [{ code: 580703, village: 'หมู่ที่ 2 บ้านวนาหลวง' }, 'TH58070302'], [{ code: 580703, village: 'หมู่ 1 บ้านวนาหลวง' }, ['TH58070302', 'TH58070301']],
  [{ province: 'กระบี่', district: 'เมืองกระบี่', tambon: 'อบต.เขาคราม' }, ['TH810105']], [{ province: 'กระบี่', district: 'เมืองกระบี่', tambon: 'เทศบาลเมืองกระบี่' }, []],
])('%j is %j', (place, expected) => expect(said(resolve(place))).toEqual(expected))

test('a name that many places have is never guessed at, and the finer name narrows it', () => {
  expect(said(resolve({ district: 'เฉลิมพระเกียรติ' }))).toHaveLength(5)
  expect(said(resolve({ district: 'เฉลิมพระเกียรติ', tambon: 'ช้างทอง' }))).toBe('TH303201')
  expect(said(resolve({ tambon: 'บ้านกลาง' }))).toHaveLength(8)
})

test('what a report shows joins the names that were written', () => {
  expect(writtenPlace({ district: ' ปางมะผ้า ', tambon: 'ถ้ำลอด', village: null })).toBe('ปางมะผ้า › ถ้ำลอด')
})

const TAMBONS = AREAS.filter(area => area.level === 'tambon' && area.name.th !== ''), NAMES = new Map<string, string>(AREAS.map(area => [area.code, area.name.th])), nameOf = (code: string) => NAMES.get(code) ?? ''
/** All tambons, one after the other: those of this name whose district and province have these names. */
const slowly = (province: string, district: string, tambon: string) => TAMBONS.filter(({ code, name }) => name.th === tambon && nameOf(code.slice(0, 6)) === district && nameOf(code.slice(0, 4)) === province).map(area => area.code)

test('every tambon is found by its names however they are written, as a search through the list finds it; with a letter less it is that tambon, or it is asked about', () => {
  fc.assert(fc.property(fc.constantFrom(...TAMBONS), fc.boolean(), fc.nat(20), ({ code, name: { th } }, isLong, at) => {
    const [province, district] = [nameOf(code.slice(0, 4)), nameOf(code.slice(0, 6))], [p, d, t] = isLong ? ['จังหวัด', 'อำเภอ ', 'ตำบล'] : ['จ.', 'อ. ', 'ต.'], found = slowly(province, district, th)
    expect(said(resolve({ province: p + province, district: d + district, tambon: t + th }))).toEqual(found.length === 1 ? found[0] : found)
    const mistyped = th.slice(0, at % th.length) + th.slice(at % th.length + 1), mended = resolve({ province, district, tambon: mistyped })
    const near = TAMBONS.filter(area => area.parentCode === code.slice(0, 6) && distance(squeeze(area.name.th), squeeze(mistyped)) <= 1)
    if ('area' in mended) expect(near.map(area => area.code)).toContain(mended.area)
    if ('area' in mended && mended.isMended) expect(near.map(area => area.code)).toEqual([mended.area])
  }), { numRuns: 200 })
})

const OTOP = new URL('../../../shared/data/resources/otop_products.csv', import.meta.url)

describe.skipIf(!existsSync(OTOP))('products of OTOP (needs ../shared/data/resources)', () => {
  const rows = existsSync(OTOP) ? csv(OTOP) : [], districtOf = (row: Line) => resolve({ province: row['province_th'] ?? '', district: row['district_th'] ?? '' })

  test('nearly every one of 6,387 finds its district by names, and none another than its code says', () => {
    const found = rows.map(row => ({ row, place: districtOf(row) })), wrong = found.filter(({ row, place }) => 'area' in place && row['district_code'] && place.area !== `TH${row['district_code']}`)
    expect(wrong).toEqual([])
    expect([rows.length, found.filter(({ place }) => 'area' in place).length]).toEqual([6387, 6387])
  })

  test('codes and names together agree in 4,701; where a local government stands for the tambon it is asked about: one in twelve of what its name suggests would be wrong', () => {
    const coded = rows.filter(row => row['subdistrict_code_parsed']), places = coded.map(row => ({ row, place: resolve({ code: row['subdistrict_code_parsed'] ?? '', province: row['province_th'] ?? '', district: row['district_th'] ?? '' }) }))
    expect(places.filter(({ row, place }) => 'area' in place && place.area !== `TH${row['subdistrict_code_parsed']}`)).toEqual([])
    const asked = coded.map(row => ({ row, place: resolve({ province: row['province_th'] ?? '', district: row['district_th'] ?? '', tambon: row['local_authority_th'] ?? '' }) }))
    expect(asked.filter(({ place }) => 'area' in place)).toEqual([])
    const offered = asked.filter(({ place }) => 'candidates' in place && place.candidates.length === 1), right = offered.filter(({ row, place }) => 'candidates' in place && place.candidates[0] === `TH${row['subdistrict_code_parsed']}`)
    expect({ coded: coded.length, agreed: places.filter(({ place }) => 'area' in place).length, offered: offered.length, right: right.length }).toEqual({ coded: 4701, agreed: 4701, offered: 4072, right: 3756 })
  })
})

test('what is longer than any name is not looked for, nor told whole', () => {
  const long = { tambon: 'ถ้ำลอด'.repeat(5000) }
  expect([resolve(long), writtenPlace(long).length]).toEqual([{ candidates: [] }, 300])
})
