import { beforeAll, describe, expect, test } from 'vitest'
import type { Viewer } from '../../domain/access/access.ts'
import type { Figure } from '../../domain/figure/figure.ts'
import type { PlaceProfile } from '../../domain/profile/api.ts'
import { publishedProvinces, shareOut, tambonCodes, tpmapFile, villageCodes, type Place } from '../../tools/make-demo/tpmap-files.ts'
import { serverFor, somebody } from '../setup/as.ts'
import { DAY, HOME, PART, REASON, split } from '../setup/changing.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { importFiles } from '../setup/tpmap-imports.ts'

const maeHongSon = publishedProvinces().find(province => province.code === '58') as Place
const tambons = shareOut(maeHongSon.cells, tambonCodes('58'))
const villages = shareOut(tambons.find(({ code }) => `TH${code}` === HOME)!.cells, villageCodes(HOME.slice(2)))
/** How many persons a file says that there were. */
const surveyed = (code: string) => [...tambons, ...villages].find(place => `TH${place.code}` === code)!.cells.get('HOUSEMEMBER_CNT') as number
const inDistrict = (code: string) => tambons.filter(tambon => tambon.code.startsWith(code.slice(2))).reduce((sum, { code }) => sum + surveyed(`TH${code}`), 0)

const ENDED = 'TH580704', MOVED = 'TH580701', THERE = 'TH580650', TOGETHER = ['TH580601', 'TH580602'] as const
const of = (code: string) => villageCodes(code.slice(2)).map(digits => `TH${digits}`)
const name = (text: string) => ({ th: text, en: text }), about = { day: DAY, reason: REASON }
const plans = [
  split,
  { kind: 'split', area: ENDED, heir: 'TH580706', ...about, parts: [['TH580706', 0.25, of(ENDED)], ['TH580707', 0.75, []]].map(([code, share, children]) => ({ code, name: name(`ต${String(code)}`), share, children, outline: null })) },
  { kind: 'move', area: MOVED, code: THERE, ...about },
  { kind: 'merge', areas: TOGETHER, code: TOGETHER[0], name: name('สบเมย'), ...about },
]
/** By hand: what each of the places has now, and how sure it is. */
const NOW: Record<string, [number, Figure['status']]> = {
  [HOME]: [surveyed(HOME) * 0.6, 'estimated'], [PART]: [surveyed(HOME) * 0.4, 'estimated'],
  TH580706: [surveyed(ENDED) * 0.25, 'estimated'], TH580707: [surveyed(ENDED) * 0.75, 'estimated'], [THERE]: [surveyed(MOVED), 'reported'],
}

const somsak = somebody('provincial-integrator', 'TH58')
let served: Awaited<ReturnType<typeof serverFor>>

beforeAll(async () => {
  const database = await freshDatabase()
  for (const [level, places] of Object.entries({ tambol: tambons, village: villages })) {
    const report = await importFiles(database, { [`61_${level}_common.csv`]: tpmapFile('common', places), [`61_${level}_poor.csv`]: tpmapFile('poor', places) })
    expect(report).toMatchObject({ outcome: 'imported', counts: { rows: 2 * places.length, errors: 0 } })
  }
  served = await serverFor(database)
  for (const plan of plans) {
    const act = (path: string, payload: object) => served.server.inject({ method: 'POST', url: `/api/place-changes${path}`, headers: served.as(somebody('administrator', 'TH')), payload })
    const { seen } = (await act('/preview', { plan })).json()
    expect((await act('', { plan, seen })).json().detail).toBeUndefined()
  }
})

const asked = async (path: string, viewer: Viewer) => (await served.ask(path, viewer)).json()
/** The numbers that somebody is shown, with how sure they are, and whether they are internal. */
const told = ({ area, value, status, internal }: Figure) => [area, value === null ? null : Number(value.toFixed(6)), status, internal]
const layer = async (viewer: Viewer, area: string, more = 'level=tambon') => ((await asked(`/figures?indicator=persons-surveyed&period=2018&area=${area}&${more}`, viewer)).values as Figure[])
const known = async (...of: Parameters<typeof layer>) => (await layer(...of)).filter(({ value }) => value !== null).map(told)
const expected = (code: string) => told({ area: code, value: NOW[code]![0], status: NOW[code]![1], internal: true } as unknown as Figure)

describe('an internal figure that was shared out is both, internal and an estimate', () => {
  test('on the page of its place, in the ranking, the comparison and the files', async () => {
    const isOf = ({ indicator }: { indicator: { id: string } }) => indicator.id === 'persons-surveyed'
    const ranks = (await asked('/ranks?indicator=persons-surveyed&level=tambon&area=TH5807&period=2018', somsak)).items as Figure[]
    const compared = (await asked(`/compare?areas=${HOME},${PART}`, somsak)).rows.find(isOf).values as Figure[]
    for (const code of [HOME, PART]) {
      expect(told((await asked(`/profile/${code}`, somsak) as PlaceProfile).headlines.find(isOf)!.own)).toEqual(expected(code))
      for (const list of [ranks, compared]) expect(told(list.find(({ area }) => area === code)!)).toEqual(expected(code))
      for (const file of [`/figures.csv?indicator=persons-surveyed&period=2018&area=${code}`, `/compare.csv?areas=${HOME},${PART}`, `/profile/${code}/figures.csv`]) {
        const lines = (await served.ask(file, somsak)).body.split('\r\n')
        expect(lines.find(line => line.startsWith(`${code},`) && line.includes(',persons-surveyed,')), file).toContain(',persons,estimated,true,')
      }
    }
  })

  test('and what a district has all of is no estimate, though its tambons are', async () => {
    expect((await known(somsak, 'TH58')).filter(([area]) => String(area) in NOW)).toEqual(Object.keys(NOW).sort().map(expected))
    expect((await known(somsak, 'TH58')).find(([area]) => area === TOGETHER[0])).toEqual([TOGETHER[0], surveyed(TOGETHER[0]) + surveyed(TOGETHER[1]), 'summed', true])
    expect((await known(somsak, 'TH58', 'level=district')).filter(([area]) => ['TH5806', 'TH5807'].includes(String(area)))).toEqual([
      ['TH5806', inDistrict('TH5806') + surveyed(MOVED), 'summed', true], ['TH5807', inDistrict('TH5807') - surveyed(MOVED), 'summed', true]])
    expect(await known(somsak, HOME, 'asOf=then')).toEqual([[HOME, surveyed(HOME), 'reported', true]])
    expect(await layer(somsak, 'TH58', '')).toEqual(await layer(somsak, 'TH58', 'asOf=then'))
  })
})

describe('who answers for a place sees what its ground had, and nothing beside it', () => {
  test.each(Object.keys(NOW))('%s: its share as an estimate, no other tambon, not the old one', async code => {
    const viewer = somebody('tambon-integrator', code)
    expect(await known(viewer, 'TH58')).toEqual([expected(code)])
    expect((await asked(`/profile/${code}`, viewer) as PlaceProfile).headlines.filter(({ own, indicator }) => indicator.id === 'persons-surveyed' && own.value !== null).map(({ own }) => told(own))).toEqual([expected(code)])
    for (const old of [HOME, ENDED, MOVED].filter(old => old !== code)) {
      for (const query of ['', 'asOf=then', 'level=village', 'level=village&asOf=then']) expect(await known(viewer, old, query), `${old} ${query}`).toEqual([])
    }
  })

  test('villages that went to a new tambon bring their own numbers, the others do not', async () => {
    const viewer = somebody('tambon-integrator', PART)
    expect(await known(viewer, PART, 'level=village')).toEqual([5, 6, 7].map(n => [`${PART}0${n}`, surveyed(`${HOME}0${n}`), 'reported', true]))
    expect(await known(viewer, 'TH58', 'level=village')).toEqual(await known(viewer, PART, 'level=village'))
  })

  test('the district to which a tambon moved has it in its sum, the one that it left does not, and neither sees into the other', async () => {
    for (const [district, sum] of [['TH5806', inDistrict('TH5806') + surveyed(MOVED)], ['TH5807', inDistrict('TH5807') - surveyed(MOVED)]] as const) {
      const viewer = somebody('analyst', district)
      expect(await known(viewer, 'TH58', 'level=district')).toEqual([[district, sum, 'summed', true]])
      expect((await known(viewer, 'TH58')).every(([area]) => String(area).startsWith(district)), district).toBe(true)
    }
    expect(await known(somebody('analyst', 'TH5806'), MOVED, 'asOf=then')).toEqual([])
  })

  test('ground that was put together has no number for who holds it alone: it would tell of the other half', async () => {
    expect(await known(somebody('tambon-integrator', TOGETHER[0]), 'TH58')).toEqual([])
    expect(await known(somebody('tambon-integrator', 'TH580703', 'TH580602', 'TH580601'), 'TH5806')).toEqual([[TOGETHER[0], surveyed(TOGETHER[0]) + surveyed(TOGETHER[1]), 'summed', true]])
  })

  test('who may not see internal figures sees what anyone sees', async () => {
    for (const role of ['administrator', 'auditor', 'collector'] as const) for (const code of [PART, THERE]) expect(await known(somebody(role, code), code, '')).toEqual([])
  })
})
