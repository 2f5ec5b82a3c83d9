import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { sql } from 'kysely'
import { beforeAll, describe, expect, inject, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { recordApi } from '../../domain/record/api.ts'
import { RecordState } from '../../domain/record/record.ts'
import { makeLocator } from '../../engine/geo/locate.ts'
import { outlinesOf } from '../../engine/geo/outline.ts'
import { readAnswers } from '../../engine/form/answers.ts'
import { readXForm } from '../../engine/form/read-xform.ts'
import { settleDemo } from '../../server/demo.ts'
import { fillForm } from '../../server/demo.xml.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { environmentOf } from '../setup/database.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { convertMarkdown } from '../setup/forms.ts'
import { Browser } from '../setup/people.ts'

type List = ReplyOf<typeof recordApi.listRecords>
type Page = ReplyOf<typeof recordApi.getRecord>
const SEED = new URL('../../seed/', import.meta.url), HOME = 'TH580703', PURPOSE = 'purpose=ดูแผนที่ของจังหวัด'
const { password } = JSON.parse(readFileSync(new URL('demo/people.json', SEED), 'utf8')) as { password: string }
const TEN = ['returnee', 'attraction', 'accommodation', 'restaurant', 'local-food', 'farmer', 'local-wisdom', 'plant', 'animal', 'water-source']
const ALL = [...TEN, 'otop-product', 'story', 'household', 'tambon-profile']

let house: Collecting
const settle = (demo: string) => settleDemo({ environment: environmentOf(inject('cluster'), house.database.name, { RAKKAEO_DEMO: demo }), database: house.database })

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  await settle('1')
})

async function enter(userName: string): Promise<Browser> {
  const browser = new Browser(house.app)
  expect((await browser.ask('POST', '/api/auth/sign-in', { name: userName, password })).statusCode).toBe(200)
  return browser
}

async function get<T>(browser: Browser, path: string): Promise<T> {
  const reply = await browser.get(`/api/${path}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json() as T
}

const list = async (browser: Browser, dataset: string, query = '') => (await get<List>(browser, `datasets/${dataset}/records?limit=1000&${query}`)).items
const listAll = async (browser: Browser, query = '') => (await Promise.all(ALL.map(dataset => list(browser, dataset, query)))).flat()
const read = (browser: Browser, id: string) => get<Page>(browser, `records/${id}`)
const byTitle = (items: List['items'], title: string) => items.find(item => item.title?.startsWith(title)) as List['items'][number]

describe('what Mali finds when she signs in', () => {
  test.each(ALL)('%s has records of her tambon, and each says that it is invented', async dataset => {
    const items = await list(await enter('mali'), dataset)
    expect(items.length).toBeGreaterThan(0)
    for (const { area, values } of items) expect([area.slice(0, 8), JSON.stringify(values)]).toEqual([HOME, expect.stringContaining('ตัวอย่าง')])
  })

  test('the waterfall was visited three times, by two people, one of whom did not know of the other', async () => {
    const mali = await enter('mali'), { id } = byTitle(await list(mali, 'attraction'), 'น้ำตกห้วยแก้ว')
    const { history, record } = await read(mali, id)
    expect(history.map(({ kind, byName }) => [kind, byName])).toEqual([['update', 'มะลิ ตัวอย่าง'], ['update', 'คำแก้ว ตัวอย่าง'], ['make', 'คำแก้ว ตัวอย่าง']])
    expect(history[1]?.changes.map(change => change.key)).toEqual(expect.arrayContaining(['condition', 'problems']))
    expect(record.day).toBe('2026-09-06')
  })

  test('there are records in every state, by the acts of the people who may; the public sees the approved ones, and not the sacred spring', async () => {
    const mali = await enter('mali'), { items } = await get<{ items: { dataset: string; states: Record<string, number> }[] }>(mali, 'review/counts')
    expect([...new Set(items.flatMap(({ states }) => Object.keys(states)))].sort(), 'nobody has asked to be erased').toEqual(RecordState.options.filter(state => state !== 'erased').sort())
    const { id } = byTitle(await list(mali, 'attraction', 'state=returned'), 'ศาลาไม้เก่า'), { history } = await read(mali, id)
    expect(history[0]).toMatchObject({ kind: 'return', byName: 'มะลิ ตัวอย่าง', fields: [{ key: 'condition' }, { key: 'photo' }] })
    const { rows } = await sql<{ title: string }>`select answers ->> 'title' as title from open.record where dataset_id = 'attraction' and area_code like ${`${HOME}%`} order by 1`.execute(house.database.public)
    expect(rows.map(({ title }) => title.replace(' (ตัวอย่าง)', ''))).toEqual(['จุดชมวิวผามอน', 'ถ้ำน้ำลอด', 'ถ้ำลมเย็น', 'นาขั้นบันไดวนาหลวง', 'เดินชมบ้านเมืองแพม'])
  })

  test('exactly what is wrong on purpose is to be looked at, and nothing else', async () => {
    const mali = await enter('mali')
    const kinds = await Promise.all((await listAll(mali, 'only=faults')).map(async ({ id }) => (await read(mali, id)).faults.map(fault => fault.check ?? fault.kind)))
    expect(kinds.flat().sort()).toEqual(['conflict', 'constraint', 'constraint', 'constraint', 'constraint', 'constraint', 'constraint', 'national-id', 'price-above-0'])
  })

  test('pictures are there, but for one that never came', async () => {
    const mali = await enter('mali'), items = await listAll(mali), pages = await Promise.all(items.map(({ id }) => read(mali, id)))
    const files = pages.flatMap(({ record: { id }, files }) => files.map(file => ({ id, ...file })))
    expect(files.length).toBeGreaterThan(70)
    expect(files.filter(file => !file.present).map(file => file.name).sort()).toEqual(['viewpoint.jpg'])
    const [shown] = files.filter(file => file.present), reply = await mali.get(`/api/records/${shown?.id}/files/${shown?.name}`)
    expect([reply.statusCode, reply.headers['content-type'], reply.rawPayload.length]).toEqual([200, 'image/jpeg', shown?.bytes])
    expect(await get(mali, 'waiting')).toMatchObject({ waiting: 0, stuck: [], filesMissing: 1 })
  })
})

describe('what Somsak finds in his province', () => {
  test('attractions, water sources and farmers in many tambons, each of them labelled', async () => {
    const somsak = await enter('somsak')
    for (const dataset of ['attraction', 'water-source', 'farmer']) {
      const items = await list(somsak, dataset, PURPOSE)
      expect(new Set(items.map(item => item.area.slice(0, 8))).size, dataset).toBeGreaterThan(15)
      for (const { values } of items) expect(JSON.stringify(values)).toContain('ตัวอย่าง')
    }
  })

  test('none of a farmer before he says what for', async () => {
    for (const { title, values } of await list(await enter('somsak'), 'farmer')) expect([title, JSON.stringify(values)]).toEqual([null, expect.not.stringContaining('ตัวอย่าง')])
  })

  test('every place on the map lies in the tambon that it is said to be of', () => {
    const locate = makeLocator(outlinesOf(JSON.parse(gunzipSync(readFileSync(new URL('boundary/TH58.tambon.topojson.gz', SEED))).toString())))
    let places = 0
    for (const folder of ['tambon', 'province']) for (const name of readdirSync(new URL(`demo/records/${folder}`, SEED))) {
      for (const { answers } of JSON.parse(readFileSync(new URL(`demo/records/${folder}/${name}`, SEED), 'utf8')).records as { answers: { village: string } }[]) {
        for (const [, lat, lon] of JSON.stringify(answers).matchAll(/"(\d+\.\d+) (\d+\.\d+) \d+ \d+"/g)) {
          places++
          expect(locate(Number(lon), Number(lat))?.code, JSON.stringify(answers)).toBe(answers.village.slice(0, 8))
        }
      }
    }
    expect(places).toBeGreaterThan(200)
  })
})

describe('the demo records', () => {
  const count = async () => (await listAll(await enter('somsak'))).length

  test('are seen by nobody who has not signed in', async () => {
    const stranger = new Browser(house.app), [any] = await list(await enter('mali'), 'attraction')
    for (const path of [...ALL.map(dataset => `datasets/${dataset}/records`), 'datasets/attraction/points', `records/${any?.id}`, `records/${any?.id}/files/cave.jpg`, 'records/counts']) expect((await stranger.get(`/api/${path}`)).statusCode, path).toBe(401)
  })

  test('come once: a second start changes nothing', async () => {
    const before = await listAll(await enter('mali'))
    await settle('1')
    expect(await listAll(await enter('mali'))).toEqual(before)
  })

  test('are gone where the demo world may not be, while what others recorded stays; they come back once, as new', async () => {
    const before = await count()
    const buala = await signedIn(house, { userName: 'buala', role: 'collector', areas: [HOME] }), phone = await telephoneOf(house, buala, [HOME])
    const offered = (await phone.listForms()).find(form => form.id === 'attraction'), { xform } = await phone.download(offered as NonNullable<typeof offered>)
    const { xml } = fillIn(xform, { village: `${HOME}01`, visit_date: '2026-11-20', title: 'สะพานของบัวลา', kind: 'other', kind_other: 'สะพาน', status: 'open', not_public: 'no', condition: 'good' })
    expect((await phone.post(`${phone.base}/submission`, xml, [])).status).toBe(201)
    await untilRead(house)
    await settle('0')
    expect((await listAll(buala)).map(item => item.title)).toEqual(['สะพานของบัวลา'])
    await settle('1')
    expect(await count()).toBe(before + 1)
    expect((await read(buala, byTitle(await list(buala, 'attraction'), 'น้ำตกห้วยแก้ว').id)).history).toHaveLength(3)
  })
})

test('answers are written into the groups and rows of their form, and are read again as they were', async () => {
  const { xform } = await convertMarkdown(readFileSync(new URL('dataset/farmer/form.md', SEED), 'utf8')), model = readXForm(xform as string)
  const crop = [{ crop_kind: 'rice' }, { crop_kind: 'maize', crop_rai: 2.5 }]
  const given = { village: `${HOME}01`, consent: 'yes', first_name: 'ก < ข & ค', plot: [{ rai: 3, crop }, { rai: 4 }], machines: 'pump truck' }
  const { values, rows, unfit, unknown, instanceId, entity } = readAnswers(model, fillForm(model, given, 'uuid:1', { list: 'farmer', id: 'f', label: 'ก', knew: 2 }))
  const named = (answers: object) => Object.fromEntries(Object.entries(answers).map(([path, answer]) => [path.split('/').at(-1), answer]))
  expect(named(values)).toEqual({ village: `${HOME}01`, consent: 'yes', first_name: 'ก < ข & ค', machines: ['pump', 'truck'] })
  expect(rows.map(({ repeat, parent, values }) => [repeat.split('/').at(-1), parent, named(values)])).toEqual([['plot', null, { rai: 3 }], ['crop', 0, { crop_kind: 'rice' }], ['crop', 0, { crop_kind: 'maize', crop_rai: 2.5 }], ['plot', null, { rai: 4 }]])
  expect({ unfit, unknown, instanceId, entity }).toEqual({ unfit: [], unknown: [], instanceId: 'uuid:1', entity: { list: 'farmer', id: 'f', create: false, update: true, baseVersion: 2, label: 'ก' } })
  expect(() => fillForm(model, { colour: 'red' }, 'uuid:2', null)).toThrow('farmer does not ask for colour')
})
