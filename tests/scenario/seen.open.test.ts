import { randomUUID } from 'node:crypto'
import pg from 'pg'
import sharp from 'sharp'
import { beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { recordApi } from '../../domain/record/api.ts'
import type { seenApi } from '../../domain/record/api.seen.ts'
import { programOf, type Looker } from '../setup/canary-family.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import type { SentFile, Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', OTHER = 'TH580704'
type Open = ReplyOf<typeof seenApi.getOpenSide>
let house: Collecting, phone: Telephone, mali: Browser, anybody: Looker
const xforms = new Map<string, string>()

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  const khamkaeo = await signedIn(house, { userName: 'khamkaeo', role: 'collector', areas: [HOME, OTHER] })
  mali = await signedIn(house, { userName: 'mali', role: 'tambon-integrator', areas: [HOME, OTHER] })
  anybody = programOf(house, 'nobody')
  phone = await telephoneOf(house, khamkaeo, [HOME, OTHER])
  for (const form of await phone.listForms()) if (['attraction', 'plant'].includes(form.id)) xforms.set(form.id, (await phone.download(form)).xform)
})

async function send(dataset: string, given: Given, files: SentFile[] = []): Promise<string> {
  const id = randomUUID()
  const { xml } = fillIn(xforms.get(dataset) as string, { village: `${HOME}01`, ...given }, { instanceId: `uuid:${id}` })
  const heard = await phone.submit(xml, files)
  if (heard.status !== 201) throw new Error(heard.body)
  return id
}
const cave = (title: string, given: Given = {}, files: SentFile[] = []) => send('attraction', { title, visit_date: '2026-11-26', kind: 'cave', status: 'open', not_public: 'no', condition: 'good', position: '19.5 98.2 0 5', ...given }, files)
const act = async (name: string, ids: string[], dataset = 'attraction', more = {}) => {
  const reply = (await mali.post(`/api/datasets/${dataset}/acts`, { act: name, ids, ...more })).json() as { done: number }
  expect(reply, name).toMatchObject({ done: ids.length })
}
const open = async (side: string, area?: string): Promise<Open> => {
  const reply = await anybody.get(`/api/sides/${side}/open${area ? `?area=${area}` : ''}`)
  expect(reply.statusCode).toBe(200)
  return reply.json()
}
const titles = ({ latest }: Open) => latest.map(({ title }) => title).sort()

test('anyone sees of the economy of a tambon what was approved and may be public, by name, place and position, and no other word', async () => {
  const waiting = await cave('ถ้ำรอ'), approved = await cave('ถ้ำรับแล้ว'), far = await cave('ถ้ำข้างเคียง', { village: `${OTHER}01` }), sacred = await cave('ถ้ำศักดิ์สิทธิ์', { not_public: 'yes' })
  await untilRead(house)
  expect(await open('economy')).toEqual({ counts: [], latest: [], points: [] })
  await act('approve', [approved, far, sacred])
  const home = await open('economy', HOME)
  expect(home).toEqual({
    counts: [{ dataset: 'attraction', records: 1 }], points: [{ id: approved, dataset: 'attraction', lat: 19.5, lon: 98.2, title: 'ถ้ำรับแล้ว' }],
    latest: [{ id: approved, dataset: 'attraction', title: 'ถ้ำรับแล้ว', day: '2026-11-26', areaName: expect.objectContaining({ th: expect.stringContaining('ถ้ำลอด') }), photo: null }],
  })
  expect(titles(await open('economy', 'TH5807'))).toEqual(['ถ้ำข้างเคียง', 'ถ้ำรับแล้ว'])
  expect(titles(await open('economy'))).toEqual(titles(await open('economy', 'TH58')))
  expect([(await open('nature')).counts, (await open('economy', 'TH50')).counts]).toEqual([[], []])
  expect(JSON.stringify(await open('economy'))).not.toContain(waiting)

  await act('withdraw', [approved], 'attraction', { reason: 'เจ้าของขอถอน' })
  expect((await open('economy', HOME)).counts, 'gone at once').toEqual([])
})

test('where a plant stands is not told: only that it is there', async () => {
  const id = await send('plant', { visit_date: '2026-11-26', local_name: 'เอื้องคำ', habit: 'climber', growing: 'wild', habitats: 'community_forest', abundance: 'some', uses: 'ornament', position: '19.51234 98.21234 0 5' })
  await untilRead(house)
  await act('approve', [id], 'plant')
  const nature = await open('nature', HOME)
  expect([nature.counts, nature.points, titles(nature)]).toEqual([[{ dataset: 'plant', records: 1 }], [], ['เอื้องคำ']])
  expect(JSON.stringify(nature)).not.toMatch(/19\.5123|98\.2123/)
})

type Thing = ReplyOf<typeof recordApi.getThing>
/** As a camera writes it: with where it was taken. */
const taken = async (name: string, colour: string): Promise<SentFile> => ({ name, bytes: await sharp({ create: { width: 900, height: 600, channels: 3, background: colour } }).jpeg().withExif({ IFD0: { Make: 'CAMERA' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '19/1 30/1 44/1', GPSLongitudeRef: 'E', GPSLongitude: '98/1 12/1 44/1' } }).toBuffer() })
const look = (id: string) => anybody.get(`/api/things/${id}`)
const picture = (id: string, key: string) => anybody.get(`/api/things/${id}/pictures/${key}`)

test('anyone reads of an approved thing its open answers and sees its photograph, which bears no trace of the camera; taken back, all of it is gone at once', async () => {
  const photo = await taken('a.jpg', '#486'), id = await cave('ถ้ำมีภาพ', { description: 'ลำธารในถ้ำ', visitor_wish: 'more', photo: 'a.jpg' }, [photo]), near = await cave('ถ้ำใกล้กัน', { position: '19.501 98.2 0 5' })
  await untilRead(house)
  for (const path of [look(id), picture(id, 'photo')]) expect((await path).statusCode, 'not approved yet').toBe(404)
  await act('approve', [id, near])
  const thing = (await look(id)).json() as Thing
  expect(thing).toMatchObject({ card: { id, title: 'ถ้ำมีภาพ', point: { lat: 19.5, lon: 98.2 } }, answers: { description: 'ลำธารในถ้ำ' }, dataset: { id: 'attraction' }, pictures: [{ key: 'photo' }] })
  expect(thing.near.find(each => each.id === near)).toEqual({ id: near, dataset: 'attraction', datasetName: expect.objectContaining({ en: expect.any(String) }), title: 'ถ้ำใกล้กัน', metres: 111 })
  expect(Object.keys(thing.answers)).not.toContain('visitor_wish')
  expect((await sharp(photo.bytes).metadata()).exif, 'the camera wrote where it was').toBeDefined()
  const shown = await picture(id, 'photo'), { format, exif, width } = await sharp(shown.rawPayload).metadata()
  expect([shown.statusCode, format, exif, width]).toEqual([200, 'webp', undefined, 900])
  for (const key of ['photo_2', 'title', 'visitor_wish', 'a.jpg']) expect((await picture(id, key)).statusCode, key).toBe(404)

  expect((await open('economy', HOME)).latest.map(({ id, photo }) => [id, photo])).toEqual(expect.arrayContaining([[id, 'photo'], [near, null]]))

  await act('withdraw', [id], 'attraction', { reason: 'เจ้าของขอถอน' })
  for (const path of [look(id), picture(id, 'photo')]) expect((await path).statusCode, 'withdrawn').toBe(404)
  expect((((await look(near)).json()) as Thing).near.map(each => each.id)).not.toContain(id)
})

test('a photograph that is kept more closely, or of a visit that was set aside, is nobody’s', async () => {
  const id = await cave('ถ้ำสองภาพ', { photo: 'b.jpg', photo_2: 'c.jpg' }, [await taken('b.jpg', '#f00'), await taken('c.jpg', '#0f0')]), other = await cave('ถ้ำอื่น', { photo: 'b.jpg' }, [await taken('b.jpg', '#00f')])
  await untilRead(house)
  await act('approve', [id])
  const colour = async (key: string) => { const { statusCode, rawPayload } = await picture(id, key); return statusCode === 200 ? (await sharp(rawPayload).stats()).channels.map(({ mean }) => mean > 128 ? 1 : 0).join('') : statusCode }
  expect([await colour('photo'), await colour('photo_2')]).toEqual(['100', '010'])
  const owner = new pg.Client({ connectionString: house.database.url })
  await owner.connect()
  try {
    await owner.query(`set rakkaeo.areas = 'TH'`)
    await owner.query(`update core.record set open = open - 'photo_2', internal = internal || '{"photo_2":"c.jpg"}' where id = $1`, [id])
    expect(await colour('photo_2'), 'internal from now on').toBe(404)
    const visit = (kind: string) => owner.query(`insert into raw.act (area_code, record_id, dataset_id, kind, at, instance_id) select area_code, $1, dataset_id, $2, now(), instance_id from raw.act where record_id = $3 and kind = 'make'`, [id, kind, other])
    await visit('held')
    expect(await colour('photo'), 'a visit that is set aside brings a picture of the same name').toBe('100')
    await visit('update')
    expect(await colour('photo'), 'one that counts').toBe('001')
  } finally {
    await owner.end()
  }
})
