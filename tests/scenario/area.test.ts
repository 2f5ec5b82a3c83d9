import type { FastifyInstance } from 'fastify'
import { beforeAll, describe, expect, test } from 'vitest'
import type { AreaChange, AreaDetail, AreaGroup, AreaHit } from '../../domain/area/area.ts'
import { fullName } from '../../domain/area/rules.ts'
import { freshDatabase, startApp, type Fresh } from '../setup/fresh.ts'

let app: FastifyInstance
let database: Fresh
beforeAll(async () => { database = await freshDatabase(); app = await startApp(database) })

async function get<T>(address: string): Promise<T> {
  const reply = await app.inject(`/api${address}`)
  expect(reply.statusCode, `${address}: ${reply.body.slice(0, 300)}`).toBe(200)
  return reply.json()
}
const codes = (page: { items: { code: string }[] }) => page.items.map(area => area.code)

async function listAll(filter: string): Promise<AreaHit[]> {
  const all: AreaHit[] = []
  for (let after = ''; ;) {
    const page: { items: AreaHit[]; next: string | null } = await get(`/areas?${filter}&limit=1000${after && `&after=${after}`}`)
    all.push(...page.items)
    if (!page.next) return all
    after = page.next
  }
}

describe('the places of Thailand', () => {
  test('are 77 provinces, 928 districts and 7,436 tambons today: 8,442 areas with the nation', async () => {
    expect(await listAll('level=province')).toHaveLength(77)
    expect(await listAll('level=district')).toHaveLength(928)
    const tambons = await listAll('level=tambon')
    expect(tambons).toHaveLength(7436)
    expect(1 + 77 + 928 + tambons.length).toBe(8442)
    expect(new Set(tambons.map(tambon => tambon.code)).size).toBe(7436)
  })
  test('hold 75,274 villages, of which 68 have ended', async () => {
    const nation = await get<AreaDetail>('/areas/TH')
    expect(nation.children).toEqual([
      { level: 'province', count: 77 }, { level: 'district', count: 928 }, { level: 'tambon', count: 7436 },
      { level: 'municipal-part', count: 590 }, { level: 'village', count: 75_274 - 68 },
    ])
    const { villages } = await database.public.selectFrom('open.area').select(({ fn }) => fn.countAll<number>().as('villages')).where('level', '=', 'village').executeTakeFirstOrThrow()
    expect(villages).toBe(75_274)
  })
  test('speak of เขต and แขวง in Bangkok and of อำเภอ and ตำบล everywhere else', async () => {
    const [khet] = (await get<{ items: AreaHit[] }>('/areas?parent=TH10&limit=1')).items
    expect(fullName(khet!, 'th')).toBe('เขตพระนคร')
    for (const tambon of await listAll('level=tambon')) expect(tambon.type).toBe(tambon.code.startsWith('TH10') ? 'khwaeng' : 'tambon')
    expect(fullName((await get<AreaDetail>('/areas/TH5007')), 'th')).toBe('อำเภอแม่ริม')
    expect(fullName((await get<AreaDetail>('/areas/TH10')), 'th')).toBe('กรุงเทพมหานคร')
  })
  test('know what holds them, nearest first', async () => {
    const village = await get<AreaDetail>('/areas/TH50070101')
    expect(village.parents.map(parent => parent.name.en)).toEqual(['Rim Tai', 'Mae Rim', 'Chiang Mai', 'Thailand'])
    expect(village.groups.map(group => group.id)).toEqual(['nesdb-7-upper-north', 'nesdc-6-north', 'royal-6-north'])
  })
  test('have children in the order of their codes, and all tambons of a province when the level is named', async () => {
    expect(codes(await get('/areas?parent=TH500701&limit=3'))).toEqual(['TH50070101', 'TH50070102', 'TH50070103'])
    const tambons = await listAll('parent=TH38&level=tambon')
    expect(tambons).toHaveLength(53)
    expect(tambons.map(tambon => tambon.code)).toEqual(tambons.map(tambon => tambon.code).sort())
  })
  test('an unknown code is answered with a word about searching by name', async () => {
    const reply = await app.inject({ url: '/api/areas/TH99', headers: { 'accept-language': 'th' } })
    expect(reply.statusCode).toBe(404)
    expect(reply.json()).toMatchObject({ code: 'area/not-found', detail: expect.stringContaining('TH99') })
  })
})

describe('regions', () => {
  test('the six of the national plans hold every province once', async () => {
    const { items } = await get<{ items: AreaGroup[] }>('/area-groups?scheme=nesdc-6')
    expect(Object.fromEntries(items.map(group => [group.name.en, group.members.length])))
      .toEqual({ North: 17, Northeast: 20, Central: 18, East: 8, South: 11, 'Southern Border': 3 })
    expect(new Set(items.flatMap(group => group.members)).size).toBe(77)
  })
  test('the tambons of the southern border are those of its three provinces', async () => {
    const tambons = await listAll('group=nesdc-6-border-south&level=tambon')
    const bySeparate = await Promise.all(['TH94', 'TH95', 'TH96'].map(code => listAll(`parent=${code}&level=tambon`)))
    expect(tambons.map(tambon => tambon.code)).toEqual(bySeparate.flat().map(tambon => tambon.code))
  })
})

describe('places as they were', () => {
  test('in 2010 Bueng Kan was eight districts of Nong Khai', async () => {
    const then = codes(await get('/areas?parent=TH43&asOf=2010-09-01'))
    expect(then).toHaveLength(17)
    expect(then).toContain('TH4303')
    expect(codes(await get('/areas?level=province&asOf=2010-09-01&limit=100'))).not.toContain('TH38')
    expect(codes(await get('/areas?parent=TH43'))).toHaveLength(9)
  })
  test('Bang Na was one khwaeng in the register of 2019, beside its halves, and is gone in that of 2020', async () => {
    expect(codes(await get('/areas?parent=TH1047&asOf=2019-12-31'))).toEqual(['TH104701', 'TH104702', 'TH104703'])
    expect(codes(await get('/areas?parent=TH1047&asOf=2020-12-31'))).toEqual(['TH104702', 'TH104703'])
  })
  test('a tambon of Nakhon Sawan is called วัดไทร on a day of 2018 and วัดไทรย์ today', async () => {
    const named = async (day: string) => (await get<{ items: AreaHit[] }>(`/areas?parent=TH6001&level=tambon${day}`)).items.find(area => area.code === 'TH600113')!.name.th
    expect(await named('&asOf=2018-12-31')).toBe('วัดไทร')
    expect(await named('&asOf=2020-12-31')).toBe('วัดไทรย์')
    expect(await named('')).toBe('วัดไทรย์')
  })
  test('the ledger shares out each predecessor wholly', async () => {
    const { items } = await get<{ items: AreaChange[] }>('/area-changes?limit=1000')
    const byAct = Map.groupBy(items.filter(change => change.predecessor), change => `${change.day} ${change.predecessor}`)
    for (const [act, lines] of byAct) expect(lines.reduce((sum, { share }) => sum + share, 0), act).toBeCloseTo(1, 12)
    const kinds = Map.groupBy(items, change => change.kind)
    expect(Object.fromEntries([...kinds].map(([kind, lines]) => [kind, lines.length]))).toEqual({ split: 6, created: 1, moved: 9, ended: 68, renamed: 2 })
  })
  test('Nong Khai tells of the eight districts that left it, and each of those where it went', async () => {
    expect((await get<AreaDetail>('/areas/TH43')).changes).toHaveLength(8)
    expect((await get<AreaDetail>('/areas/TH4303')).changes).toMatchObject([{ kind: 'moved', successor: 'TH3801', nameBefore: { th: 'บึงกาฬ' }, nameAfter: { th: 'เมืองบึงกาฬ' } }])
    expect((await get<AreaDetail>('/areas/TH38')).changes.map(change => change.kind)).toContain('created')
  })
  test('pages of the ledger follow each other', async () => {
    const first = await get<{ items: AreaChange[]; next: string }>('/area-changes?limit=50')
    const second = await get<{ items: AreaChange[]; next: null }>(`/area-changes?limit=50&after=${first.next}`)
    expect(first.items).toHaveLength(50)
    expect(second.items).toHaveLength(36)
    expect(second.next).toBeNull()
    expect((await get<{ items: AreaChange[] }>('/area-changes?within=TH10')).items).toHaveLength(7)
  })
})
