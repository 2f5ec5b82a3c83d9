import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { recordApi } from '../../domain/record/api.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { datasetOf, define, settingsOf } from '../setup/defining.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { listNotes, type Browser } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', OTHER = 'TH580704', PURPOSE = 'ตรวจสิทธิสวัสดิการ'
type List = ReplyOf<typeof recordApi.listRecords>

/** Gardens bear open names; the names of their owners are personal, and so is what is wrong with their ages. */
const form = (id: string, title: string) => `| survey | | | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | constraint | bind::rakkaeo:sensitivity | bind::rakkaeo:role |
| | select_one_from_file villages.csv | village | หมู่บ้าน | Village | | open | place |
| | date | day | วันที่ | Day | | open | date |
| | text | plant | พืช | Plant | | open | ${title === 'plant' ? 'title' : ''} |
| | text | owner | เจ้าของ | Owner | | personal | ${title === 'owner' ? 'title' : ''} |
| | integer | age | อายุเจ้าของ | Age of the owner | . < 120 | personal | |
${settingsOf(id)}`

let house: Collecting, buala: Browser, thongdi: Browser, somsak: Browser, xforms: Map<string, string>, phones: Record<'buala' | 'khampan', Telephone>

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  const admin = await signedIn(house, { userName: 'pricha', role: 'administrator', areas: ['TH'] })
  thongdi = await signedIn(house, { userName: 'thongdi', role: 'tambon-integrator', areas: [HOME, OTHER] })
  somsak = await signedIn(house, { userName: 'somsak', role: 'provincial-integrator', areas: ['TH58'] })
  await define(admin, 'TH', datasetOf('garden'), form('garden', 'plant'))
  await define(admin, 'TH', datasetOf('gardener'), form('gardener', 'owner'))
  buala = await signedIn(house, { userName: 'buala', role: 'collector', areas: [HOME, OTHER] })
  phones = { buala: await telephoneOf(house, buala, [HOME, OTHER]), khampan: await telephoneOf(house, await signedIn(house, { userName: 'khampan', role: 'collector', areas: [HOME] }), [HOME]) }
  const offered = (await phones.buala.listForms()).filter(one => one.id.startsWith('garden'))
  xforms = new Map(await Promise.all(offered.map(async one => [one.id, (await phones.buala.download(one)).xform] as const)))
})

async function send(who: keyof typeof phones, answers: Given, id = 'garden'): Promise<string> {
  const { xml, instanceId } = fillIn(xforms.get(id) as string, { village: `${HOME}01`, day: '2026-11-26', ...answers })
  const heard = await phones[who].post(`${phones[who].base}/submission`, xml, [])
  if (heard.status !== 201) throw new Error(heard.body)
  return instanceId.slice(5)
}
const search = (query: Record<string, string>) => new URLSearchParams(query).toString()
const list = async (browser: Browser, query: Record<string, string> = {}, id = 'garden'): Promise<List> => {
  const reply = await browser.get(`/api/datasets/${id}/records?${search(query)}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}

describe('two hundred and fifty gardens', () => {
  let all: List['items']
  const day = (i: number) => `2026-${String(1 + i % 10).padStart(2, '0')}-${String(1 + i % 28).padStart(2, '0')}`

  beforeAll(async () => {
    const gardens = Array.from({ length: 250 }, (_, i) => ({ plant: `ต้น ${i}`, day: day(i), age: i % 50 === 0 ? '130' : '40', village: i % 5 === 0 ? `${OTHER}01` : `${HOME}01` }))
    for (let i = 0; i < gardens.length; i += 50) await Promise.all(gardens.slice(i, i + 50).map(garden => send(garden.village.startsWith(OTHER) ? 'buala' : i < 100 ? 'khampan' : 'buala', garden)))
    await untilRead(house)
    all = (await list(thongdi, { limit: '1000' })).items
  })

  test('come page by page, each once, the latest first, also while others arrive', async () => {
    const met: List['items'] = []
    let after: string | null = ''
    for (let page = 0; after !== null; page++) {
      const { items, next, count } = await list(thongdi, { limit: '40', ...after && { after } })
      expect(count).toBe(page === 0 ? 250 : 251)
      if (page === 0) { await send('buala', { plant: 'มาทีหลัง' }); await untilRead(house) }
      met.push(...items)
      after = next
    }
    expect(met.map(item => item.id)).toEqual(all.map(item => item.id))
    expect(new Set(met.map(item => item.id)).size).toBe(250)
    expect(met.map(item => item.changedAt)).toEqual([...met.map(item => item.changedAt)].sort().reverse())
    expect([...met.map(item => item.title)].sort()).toEqual(Array.from({ length: 250 }, (_, i) => `ต้น ${i}`).sort())
  })

  test('are narrowed by day, by place, by who wrote them down and by what is wrong with them, as one would by hand', async () => {
    const cases: [Browser, Record<string, string>, (item: List['items'][number]) => boolean][] = [
      [thongdi, { from: '2026-03-04' }, item => item.day! >= '2026-03-04'], [thongdi, { until: '2026-03-04' }, item => item.day! <= '2026-03-04'],
      [thongdi, { from: '2026-03-04', until: '2026-05-01' }, item => item.day! >= '2026-03-04' && item.day! <= '2026-05-01'], [thongdi, { from: '2027-01-01' }, () => false],
      [thongdi, { area: HOME }, item => item.area.startsWith(HOME)], [thongdi, { area: `${OTHER}01` }, item => item.area.startsWith(OTHER)], [thongdi, { area: 'TH580702' }, () => false], [thongdi, { area: 'TH' }, () => true],
      [thongdi, { only: 'faults' }, item => item.values['age'] === 130], [buala, { only: 'own' }, item => !/^ต้น [0-9]{1,2}$/.test(item.title!) || item.area.startsWith(OTHER)], [thongdi, { only: 'own' }, () => false],
      [thongdi, { q: 'ต้น 24' }, item => item.title!.includes('ต้น 24')], [thongdi, { q: 'ต้น 24', area: OTHER, until: '2026-04-30' }, item => item.title!.includes('ต้น 24') && item.area.startsWith(OTHER) && item.day! <= '2026-04-30'],
    ]
    for (const [browser, query, isMeant] of cases) {
      const { items, count } = await list(browser, { ...query, until: query['until'] ?? '2026-11-01', limit: '1000' })
      const expected = all.filter(isMeant).map(item => item.id)
      expect([items.map(item => item.id), count], JSON.stringify(query)).toEqual([expected, expected.length])
    }
  })

  test('a page that nobody was given is refused with a sentence', async () => {
    for (const after of ['1', 'x_y', '2026-11-26T00:00:00.000Z_x', "'); drop table core.record; --", '\0']) {
      const reply = await thongdi.get(`/api/datasets/garden/records?${search({ after })}`)
      expect([reply.statusCode, reply.json().code, reply.json().details?.field], after).toEqual([400, 'base/bad-request', 'after'])
    }
  })

  test('a sign that no text may hold is refused with a sentence', async () => {
    for (const url of ['/api/datasets/garden/records?q=%00', '/api/datasets/garden/points?purpose=visit%00s', `/api/records/${all[0]?.id}/files/%00`, '/api/datasets/garden/records/file/json?q=%00']) {
      const reply = await thongdi.get(url)
      expect([reply.statusCode, reply.json().code], url).toEqual([400, 'base/bad-request'])
    }
  })
})

describe('a search by title', () => {
  const TITLES = ['100% กาแฟ', 'ถั่ว_ลาย', 'Coffee ARABICA', `'); drop table core.record; --`, '"อ้าง", จุลภาค', 'ทับ\\หลัง', '=1+1', '🌶️ พริก', 'สอง\nบรรทัด']
  beforeAll(async () => { for (const plant of TITLES) await send('buala', { plant, day: '2020-01-01' }); await untilRead(house) })

  test.each([
    ['%', ['100% กาแฟ']], ['_', ['ถั่ว_ลาย']], ['arabica', ['Coffee ARABICA']], [`'); drop table core.record; --`, [`'); drop table core.record; --`]], ['"อ้าง",', ['"อ้าง", จุลภาค']],
    ['\\', ['ทับ\\หลัง']], ['=1+1', ['=1+1']], ['🌶️', ['🌶️ พริก']], ['สอง\nบ', ['สอง\nบรรทัด']], ['ไม่มีต้นนี้', []], ['\u0007', []],
  ])('for %j finds what bears it, and nothing is a sign to the database, in the list and in every file', async (q, expected) => {
    expect((await list(thongdi, { q, until: '2020-01-01' })).items.map(item => item.title)).toEqual(expected)
    for (const as of ['json', 'geojson']) {
      const reply = await thongdi.get(`/api/datasets/garden/records/file/${as}?${search({ q, until: '2020-01-01' })}`)
      const { items, features } = reply.json()
      expect((items ?? features.map((one: { properties: unknown }) => one.properties)).map((item: { plant?: string; values?: { plant: string } }) => item.plant ?? item.values?.plant), as).toEqual(expected)
    }
    expect((await list(thongdi, { until: '2020-01-01' })).count).toBe(TITLES.length)
  })
})

describe('what is withheld', () => {
  beforeAll(async () => { await send('buala', { plant: 'ชา', owner: 'ยายคำ', age: '121' }, 'gardener'); await untilRead(house) })

  test('is found by those alone who see it, and is listed for the others with whom to ask', async () => {
    const seen = async (browser: Browser, query: Record<string, string>) => (await list(browser, query, 'gardener')).items.map(item => [item.title, item.values['owner']])
    for (const q of ['ยายคำ', 'ย', '']) {
      expect(await seen(thongdi, { q }), q).toEqual([['ยายคำ', 'ยายคำ']])
      expect(await seen(buala, { q }), q).toEqual([['ยายคำ', 'ยายคำ']])
      expect(await seen(somsak, { q, purpose: PURPOSE }), q).toEqual([['ยายคำ', 'ยายคำ']])
      expect(await seen(somsak, { q }), q).toEqual(q === '' ? [[null, undefined]] : [])
    }
    const { withheld } = await list(somsak, {}, 'gardener')
    expect(withheld).toEqual([{ sensitivity: 'personal', fields: ['owner', 'age'], why: { th: expect.stringContaining('ต้องบอกก่อนว่าจะดูข้อมูลส่วนบุคคลไปเพื่ออะไร'), en: expect.stringContaining('Say first') }, ask: { th: 'ผู้ประสานระดับตำบลของพื้นที่', en: 'the tambon integrator of the place' } }])
    expect((await list(thongdi, {}, 'gardener')).withheld).toEqual([])
  })

  test('is not told of by its faults', async () => {
    const seen = async (browser: Browser, query: Record<string, string>) => (await list(browser, query, 'gardener')).items.map(item => item.faults)
    expect([await seen(thongdi, { only: 'faults' }), await seen(somsak, { only: 'faults', purpose: PURPOSE }), await seen(somsak, { only: 'faults' }), await seen(somsak, {})]).toEqual([[1], [1], [], [0]])
  })

  test('a purpose is a sentence, and stands in the audit with who looked', async () => {
    expect((await somsak.get('/api/datasets/gardener/records?purpose=ดู')).statusCode).toBe(400)
    await list(somsak, { purpose: 'เยี่ยมบ้านผู้สูงอายุเดือนธันวาคม' }, 'gardener')
    expect((await listNotes(house.database)).at(-1)).toBe('record.list (เยี่ยมบ้านผู้สูงอายุเดือนธันวาคม)')
  })
})
