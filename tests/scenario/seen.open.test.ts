import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { seenApi } from '../../domain/record/api.seen.ts'
import { programOf, type Looker } from '../setup/canary-family.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

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

async function send(dataset: string, given: Given): Promise<string> {
  const id = randomUUID()
  const { xml } = fillIn(xforms.get(dataset) as string, { village: `${HOME}01`, ...given }, { instanceId: `uuid:${id}` })
  const heard = await phone.submit(xml)
  if (heard.status !== 201) throw new Error(heard.body)
  return id
}
const cave = (title: string, given: Given = {}) => send('attraction', { title, visit_date: '2026-11-26', kind: 'cave', status: 'open', not_public: 'no', condition: 'good', position: '19.5 98.2 0 5', ...given })
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
    latest: [{ id: approved, dataset: 'attraction', title: 'ถ้ำรับแล้ว', day: '2026-11-26', areaName: expect.objectContaining({ th: expect.stringContaining('ถ้ำลอด') }) }],
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
