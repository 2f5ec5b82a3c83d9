import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { recordApi } from '../../domain/record/api.ts'
import type { PointSheet, RecordCard } from '../../domain/record/record.ts'
import { startOf, unpackPoints } from '../../domain/record/rules.explore.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { datasetOf, define, settingsOf } from '../setup/defining.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { listNotes, type Browser } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', OTHER = 'TH580704', PURPOSE = 'เยี่ยมบ้านผู้สูงอายุ'

const form = (id: string, closeness: string) => `| survey | | | | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | bind::rakkaeo:sensitivity | bind::rakkaeo:role | bind::rakkaeo:term |
| | select_one_from_file villages.csv | village | หมู่บ้าน | Village | open | place | |
| | date | day | วันที่ | Day | open | date | |
| | text | name | ชื่อ | Name | open | title | |
| | select_one kinds | kind | ประเภท | Kind | ${closeness} | | dcterms:type |
| | geopoint | position | ตำแหน่ง | Position | ${closeness} | point | |
| choices | | | | |
| | list_name | name | label::ไทย (th) | label::English (en) |
| | kinds | well | บ่อ | Well |
| | kinds | pond | สระ | Pond |
| | kinds | weir | ฝาย | Weir |
${settingsOf(id)}`

let house: Collecting, thongdi: Browser, somsak: Browser, phone: Telephone, xforms: Map<string, string>
const people: Record<string, Browser> = {}

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  const admin = await signedIn(house, { userName: 'pricha', role: 'administrator', areas: ['TH'] })
  for (const [id, closeness] of [['pump', 'open'], ['shrine', 'open'], ['grave', 'personal']] as const) await define(admin, 'TH', datasetOf(id), form(id, closeness))
  thongdi = people['thongdi'] = await signedIn(house, { userName: 'thongdi', role: 'tambon-integrator', areas: [HOME] })
  somsak = people['somsak'] = await signedIn(house, { userName: 'somsak', role: 'provincial-integrator', areas: ['TH58'] })
  people['natthaphon'] = await signedIn(house, { userName: 'natthaphon', role: 'analyst', areas: ['TH58'] })
  phone = await telephoneOf(house, await signedIn(house, { userName: 'buala', role: 'collector', areas: [HOME, OTHER] }), [HOME, OTHER])
  const offered = (await phone.listForms()).filter(one => ['pump', 'shrine', 'grave'].includes(one.id))
  xforms = new Map(await Promise.all(offered.map(async one => [one.id, (await phone.download(one)).xform] as const)))
  await sendMany()
})

const KINDS = ['well', 'pond', 'weir', undefined]

/** Two hundred and ten things, some without a position or a type, some at one spot, in two tambons. */
async function sendMany(): Promise<void> {
  const things = Array.from({ length: 210 }, (_, i): [string, Given] => [['pump', 'shrine', 'grave'][i % 3] as string, {
    village: `${i % 7 === 0 ? OTHER : HOME}01`, day: `2026-${String(1 + i % 9).padStart(2, '0')}-15`, name: `สิ่งที่ ${i}`, kind: KINDS[i % 4],
    position: i % 10 === 3 ? undefined : i % 10 === 4 ? '19.5 98.25 0 5' : `${19.4 + i % 13 / 50} ${98.1 + i % 17 / 40} 600 5`,
  }])
  for (let i = 0; i < things.length; i += 30) await Promise.all(things.slice(i, i + 30).map(([id, given]) => send(id, given)))
  await untilRead(house)
}

async function send(id: string, given: Given): Promise<void> {
  const heard = await phone.post(`${phone.base}/submission`, fillIn(xforms.get(id) as string, given).xml, [])
  if (heard.status !== 201) throw new Error(heard.body)
}

type Query = Record<string, string>
const search = (query: Query) => new URLSearchParams(query).toString()
async function ask<T>(browser: Browser, path: string, query: Query): Promise<T> {
  const reply = await browser.get(`/api${path}?${search(query)}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return JSON.parse(reply.body) as T
}
const points = async (browser: Browser, query: Query) => (await ask<PointSheet[]>(browser, '/explore/points', query)).flatMap(sheet => unpackPoints(sheet).map(point => ({ ...point, dataset: sheet.dataset as string })))
const cards = (browser: Browser, query: Query) => ask<ReplyOf<typeof recordApi.listCards>>(browser, '/explore/records', query)

/** The slow way: every record of every dataset as its own list shows it, chosen one by one. */
async function choose(browser: Browser, query: Query) {
  const { datasets = 'pump,shrine,grave', type, box, purpose, area, from, until, q } = query, [west, south, east, north] = (box ?? '-180,-90,180,90').split(',').map(Number) as [number, number, number, number]
  const lists = await Promise.all(datasets.split(',').filter(id => xforms.has(id)).map(id => ask<ReplyOf<typeof recordApi.listRecords>>(browser, `/datasets/${id}/records`, { limit: '1000', ...purpose && { purpose } })))
  return lists.flatMap(list => list.items).filter(({ values, point, day, title, area: at }) =>
    (!area || at.startsWith(area)) && (!from || day! >= from) && (!until || day! <= until) && (!q || title?.includes(q)) && (!type || type.split(',').includes(String(values['kind'] ?? '-')))
    && (!box || (point !== null && point.lon >= west && point.lon <= east && point.lat >= south && point.lat <= north)))
    .sort((a, b) => a.changedAt === b.changedAt ? (a.id > b.id ? -1 : 1) : a.changedAt > b.changedAt ? -1 : 1)
}

const QUERIES: Query[] = [
  {}, { datasets: 'pump' }, { datasets: 'shrine,grave' }, { datasets: 'nowhere' }, { area: OTHER }, { area: `${HOME}01` }, { area: 'TH500101' }, { from: '2026-04-01' }, { from: '2026-03-15', until: '2026-06-15' },
  { type: 'well' }, { type: 'pond,weir', datasets: 'pump,grave' }, { type: "well' or true --" }, { q: 'ที่ 1' }, { q: '%' }, { box: '98.2,19.45,98.3,19.55' }, { box: '98.25,19.5,98.25,19.5' }, { box: '0,0,1,1' },
  { box: '98.1,19.4,98.4,19.6', type: 'well', until: '2026-05-15', area: HOME }, { purpose: PURPOSE }, { purpose: PURPOSE, box: '98.2,19.45,98.3,19.55', datasets: 'grave' }, { purpose: PURPOSE, type: 'weir' },
]

describe('two hundred and ten things of three datasets', () => {
  test.each(['thongdi', 'somsak', 'natthaphon'])('%s meets on the map, in the list and in the files what the lists of the datasets hold, whatever is asked', async name => {
    const browser = people[name] as Browser
    for (const query of QUERIES) {
      const expected = await choose(browser, query), told = JSON.stringify(query)
      const found = await points(browser, query)
      expect(found.map(point => [point.start, point.dataset, point.type, point.lon.toFixed(5), point.lat.toFixed(5)]).sort(), told)
        .toEqual(expected.flatMap(({ id, dataset, values, point }) => point ? [[startOf(id), dataset, values['kind'] ?? null, point.lon.toFixed(5), point.lat.toFixed(5)]] : []).sort())
      const list = await cards(browser, { ...query, limit: '1000' })
      expect(list.items.map(({ id }) => id), told).toEqual(expected.map(({ id }) => id))
      expect([list.count, list.next], told).toEqual([expected.length, null])
    }
  })

  test('some are found and some are not: the questions above are not empty', async () => {
    const counts = await Promise.all(QUERIES.map(async query => (await choose(somsak, query)).length))
    expect(counts.filter(count => count > 0 && count < 210).length).toBeGreaterThan(10)
    expect(counts[0]).toBe(210)
  })

  test('what is narrowed on the map by type and box leaves as a file with the same records', async () => {
    for (const query of [{ type: 'well,pond' }, { box: '98.2,19.45,98.3,19.55' }, { box: '98.2,19.45,98.3,19.55', type: 'weir', from: '2026-02-01' }] as Query[]) {
      const { items } = await ask<{ items: { id: string }[] }>(somsak, '/datasets/pump/records/file/json', query)
      expect(items.map(({ id }) => id).sort(), JSON.stringify(query)).toEqual((await choose(somsak, { ...query, datasets: 'pump' })).map(({ id }) => id).sort())
      expect(items.length).toBeGreaterThan(0)
    }
  })

  test('the list goes on page by page through all datasets, each once, in the order of the whole', async () => {
    const whole = (await cards(somsak, { limit: '1000' })).items.map(({ id }) => id), met: string[] = []
    for (let after: string | null = ''; after !== null;) {
      const page: ReplyOf<typeof recordApi.listCards> = await cards(somsak, { limit: '37', ...after && { after } })
      expect(page.count).toBe(210)
      met.push(...page.items.map(({ id }) => id))
      after = page.next
    }
    expect(met).toEqual(whole)
  })

  test('where graves are is shown after saying what for, and to nobody whose role does not include it', async () => {
    const graves = async (browser: Browser, query: Query) => (await points(browser, query)).filter(({ dataset }) => dataset === 'grave').length
    expect([await graves(thongdi, {}), await graves(somsak, {}), await graves(somsak, { purpose: PURPOSE }), await graves(people['natthaphon'] as Browser, { purpose: PURPOSE })]).toEqual([expect.toSatisfy(n => n > 40), 0, 63, 0])
    expect((await cards(somsak, { datasets: 'grave', box: '98,19,99,20' })).count, 'nor found by where they are').toBe(0)
    expect((await cards(somsak, { datasets: 'grave', type: 'well' })).count, 'nor by what they are').toBe(0)
  })

  test('behind a point is its record, for those alone who may see it', async () => {
    const all = (await cards(somsak, { limit: '1000' })).items
    const foreign = all.find(({ area }) => area.startsWith(OTHER)) as RecordCard, own = all.find(({ area }) => area.startsWith(HOME)) as RecordCard
    expect(await ask<RecordCard>(somsak, `/explore/records/${startOf(foreign.id)}`, {})).toEqual(foreign)
    expect((await ask<RecordCard>(thongdi, `/explore/records/${startOf(own.id)}`, {})).title).toBe(own.title)
    const refused = await Promise.all([startOf(foreign.id), 'dead000000004000'].map(async start => { const reply = await thongdi.get(`/api/explore/records/${start}`); return [reply.statusCode, reply.json().code] }))
    expect(refused[0], 'as one that is not there').toEqual(refused[1])
    expect(refused[0]?.[0]).toBe(404)
  })

  test('what is no box, no dataset and no beginning of an id is refused with a sentence', async () => {
    for (const [path, field] of [['/explore/points?box=1,2,3', 'box'], ['/explore/points?box=1,2,3,4,5', 'box'], ['/explore/records?box=a,b,c,d', 'box'], ['/explore/points?datasets=A;B', 'datasets'], ['/explore/records?type=%00', 'type'], ['/explore/records/xyz', 'start']] as const) {
      const reply = await somsak.get(`/api${path}`)
      expect([reply.statusCode, reply.json().code, reply.json().details?.field], path).toEqual([400, 'base/bad-request', field])
    }
  })

  test('each look leaves its line in the audit, with what for', async () => {
    const before = (await listNotes(house.database)).length
    await points(somsak, { purpose: PURPOSE })
    await cards(somsak, { datasets: 'pump' })
    expect((await listNotes(house.database)).slice(before)).toEqual([`record.list (${PURPOSE})`, 'record.list'])
  })
})
