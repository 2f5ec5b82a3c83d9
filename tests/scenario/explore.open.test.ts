import { randomUUID } from 'node:crypto'
import { parse } from 'csv-parse/sync'
import { beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { recordApi } from '../../domain/record/api.ts'
import type { OpenCard, PointSheet } from '../../domain/record/record.ts'
import { startOf, unpackPoints } from '../../domain/record/rules.explore.ts'
import { programOf, type Looker } from '../setup/canary-family.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'

const HOME = 'TH580703', OTHER = 'TH580704'
type Query = Record<string, string>
/** A place that was recorded, as the test itself knows it. */
type Known = { id: string; title: string; kind: string; day: string; area: string; lat: number; lon: number; isPublic: boolean }
let house: Collecting, anybody: Looker, known: Known[]

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  const phone = await telephoneOf(house, await signedIn(house, { userName: 'khamkaeo', role: 'collector', areas: [HOME, OTHER] }), [HOME, OTHER])
  const mali = await signedIn(house, { userName: 'mali', role: 'tambon-integrator', areas: [HOME, OTHER] })
  anybody = programOf(house, 'nobody')
  const form = (await phone.listForms()).find(({ id }) => id === 'attraction')!, { xform } = await phone.download(form)
  known = Array.from({ length: 24 }, (_, i) => ({ id: randomUUID(), title: `ที่ ${i}`, kind: ['cave', 'nature'][i % 2] as string, day: `2026-0${1 + i % 6}-10`, area: i % 5 === 0 ? OTHER : HOME, lat: 19.5 + i / 100, lon: 98.2 + i % 7 / 50, isPublic: i % 3 > 0 && i % 4 > 0 }))
  for (const { id, title, kind, day, area, lat, lon } of known) {
    const given: Given = { village: `${area}01`, title, visit_date: day, kind, status: 'open', not_public: known.findIndex(one => one.id === id) % 4 === 0 ? 'yes' : 'no', condition: 'good', position: `${lat} ${lon} 0 5` }
    expect((await phone.submit(fillIn(xform, given, { instanceId: `uuid:${id}` }).xml)).status).toBe(201)
  }
  await untilRead(house)
  const approved = known.filter((_, i) => i % 3 > 0).map(({ id }) => id)
  expect((await mali.post('/api/datasets/attraction/acts', { act: 'approve', ids: approved })).json()).toMatchObject({ done: approved.length })
})

const ask = async <T>(path: string, query: Query = {}): Promise<T> => {
  const reply = await anybody.get(`/api/explore/open${path}?${new URLSearchParams(query)}`)
  expect(reply.statusCode, path).toBe(200)
  return reply.json() as T
}
const cards = (query: Query) => ask<ReplyOf<typeof recordApi.listOpenCards>>('/records', { limit: '1000', ...query })

const QUERIES: [Query, (one: Known) => boolean][] = [
  [{}, () => true], [{ area: OTHER }, one => one.area === OTHER], [{ area: 'TH50' }, () => false], [{ datasets: 'attraction,plant' }, () => true], [{ datasets: 'plant' }, () => false], [{ type: 'cave' }, one => one.kind === 'cave'],
  [{ from: '2026-03-01', until: '2026-04-30' }, one => one.day > '2026-03' && one.day < '2026-05'], [{ q: 'ที่ 1' }, one => one.title.startsWith('ที่ 1')], [{ box: '98.19,19.55,98.26,19.65' }, one => one.lon >= 98.19 && one.lon <= 98.26 && one.lat >= 19.55 && one.lat <= 19.65],
]

test('anyone meets on the map and in the list what was approved and may be public, chosen as the test chooses by hand', async () => {
  for (const [query, isMeant] of QUERIES) {
    const expected = known.filter(one => one.isPublic && isMeant(one)), told = JSON.stringify(query)
    const list = await cards(query), points = (await ask<PointSheet[]>('/points', query)).flatMap(unpackPoints)
    expect(list.items.map(({ id }) => id as string).sort(), told).toEqual(expected.map(({ id }) => id).sort())
    expect([list.count, list.next], told).toEqual([expected.length, null])
    expect(points.map(({ start, type, lon, lat }) => [start, type, lon.toFixed(5), lat.toFixed(5)]).sort(), told).toEqual(expected.map(({ id, kind, lon, lat }) => [startOf(id), kind, lon.toFixed(5), lat.toFixed(5)]).sort())
  }
  expect(known.filter(one => one.isPublic).length).toBeGreaterThan(8)
})

test('what is shown can be taken along as a table and as a map, each record once, with the licence of its dataset', async () => {
  for (const [query, isMeant] of QUERIES) {
    const expected = known.filter(one => one.isPublic && isMeant(one)).map(({ id, title, lat, lon }) => [id, title, lat.toFixed(5), lon.toFixed(5), 'CC-BY']).sort(), told = JSON.stringify(query)
    const table = parse((await anybody.get(`/api/explore/open/file/csv?${new URLSearchParams(query)}`)).body, { bom: true, columns: true }) as Record<string, string>[]
    expect(table.map(({ id, title, lat, lon, licence }) => [id, title, Number(lat).toFixed(5), Number(lon).toFixed(5), licence]).sort(), told).toEqual(expected)
    const { features } = (await ask<GeoJSON.FeatureCollection<GeoJSON.Point>>('/file/geojson', query))
    expect(features.map(({ id, properties, geometry: { coordinates: [lon, lat] } }) => [id, properties?.['title'], lat?.toFixed(5), lon?.toFixed(5), properties?.['licence']]).sort(), told).toEqual(expected)
  }
})

test('the list goes on page by page, each once', async () => {
  const met: string[] = []
  for (let after: string | null = ''; after !== null;) {
    const page: ReplyOf<typeof recordApi.listOpenCards> = await cards({ limit: '5', ...after && { after } })
    met.push(...page.items.map(({ id }) => id))
    after = page.next
  }
  expect(met).toEqual((await cards({})).items.map(({ id }) => id))
})

test('behind a public point is its card, and behind no other is anything', async () => {
  const seen = known.find(one => one.isPublic)!, hidden = known.filter(one => !one.isPublic)
  expect(await ask<OpenCard>(`/records/${startOf(seen.id)}`)).toMatchObject({ id: seen.id, title: seen.title, type: { value: seen.kind }, day: seen.day, dataset: 'attraction' })
  for (const { id } of hidden) expect((await anybody.get(`/api/explore/open/records/${startOf(id)}`)).statusCode).toBe(404)
  const all = JSON.stringify([await cards({}), await ask('/points')])
  for (const { id } of hidden) expect(all).not.toContain(startOf(id))
})
