import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { recordApi } from '../../domain/record/api.ts'
import { SIDES, type seenApi } from '../../domain/record/api.seen.ts'
import { defineCanaries, picturesOf, sendCanaries } from '../setup/canary-family.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', OTHER = 'TH580704', PURPOSE = 'ตรวจสิทธิสวัสดิการ'
type Pictures = ReplyOf<typeof seenApi.listPictures>
type Detail = ReplyOf<typeof recordApi.getRecord>
type Who = 'buala' | 'thongdi' | 'somsak' | 'natthaphon' | 'chaidi'
const people = {} as Record<Who, Browser>
let house: Collecting

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  const admin = await signedIn(house, { userName: 'pricha', role: 'administrator', areas: ['TH'] })
  for (const [userName, role, areas] of [['buala', 'collector', [HOME, OTHER]], ['thongdi', 'tambon-integrator', [HOME]], ['somsak', 'provincial-integrator', ['TH58']], ['natthaphon', 'analyst', ['TH58']], ['chaidi', 'tambon-integrator', ['TH580702']]] as const) {
    people[userName] = await signedIn(house, { userName, role, areas: [...areas] })
  }
  const khampan = await signedIn(house, { userName: 'khampan', role: 'collector', areas: [HOME] })
  for (const [id, unit] of [['family', 'household'], ['shop', 'place']] as const) await defineCanaries(admin, id, unit)
  const phones: [string, Telephone][] = [['a', await telephoneOf(house, people.buala, [HOME, OTHER])], ['b', await telephoneOf(house, khampan, [HOME])]]
  for (const [who, phone] of phones) {
    const offered = await phone.listForms(), xformOf = async (id: string) => (await phone.download(offered.find(form => form.id === id) as never)).xform
    for (const id of ['family', 'shop']) {
      const xform = await xformOf(id), first = await sendCanaries(phone, xform, who, 1)
      // an edit names other pictures: those of the first version are not shown any more
      if (id === 'family') await sendCanaries(phone, xform, who, 2, { deprecatedId: first })
    }
    if (who === 'a') await sendFalls(phone, await xformOf('attraction'))
  }
  await untilRead(house)
})

/** Thirty waterfalls: of each third the photograph never arrived, each second lies in the other tambon. */
async function sendFalls(phone: Telephone, xform: string): Promise<void> {
  for (let i = 0; i < 30; i++) {
    const { xml } = fillIn(xform, { village: `${i % 2 === 0 ? HOME : OTHER}01`, visit_date: `2026-10-${String(i + 1).padStart(2, '0')}`, title: `น้ำตก ${i}`, kind: 'nature', position: `19.5${i} 98.2 0 0`, photo: `falls-${i}.jpg` })
    const heard = await phone.submit(xml, i % 3 === 2 ? [] : [{ name: `falls-${i}.jpg`, bytes: Buffer.from(`picture ${i}`) }])
    if (heard.status !== 201) throw new Error(heard.body)
  }
}

const ask = async <T>(who: Who, address: string, query: Record<string, string>): Promise<T> => {
  const reply = await people[who].get(`/api${address}?${new URLSearchParams(query)}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}
const pictures = (who: Who, query: Record<string, string> = {}) => ask<Pictures>(who, '/pictures', query)

/** Looked up record by record, as somebody would who opens every page. */
async function byHand(who: Who, purpose: Record<string, string>): Promise<Record<string, string[]>> {
  const lists = await Promise.all(['family', 'shop', 'attraction'].map(id => ask<{ items: { id: string }[] }>(who, `/datasets/${id}/records`, { limit: '1000', ...purpose })))
  const details = await Promise.all(lists.flatMap(list => list.items).map(({ id }) => ask<Detail>(who, `/records/${id}`, purpose)))
  const named = details.map(({ record, files, rows }) => {
    const answers = new Set([record.values, ...rows.map(row => row.values)].flatMap(values => Object.values(values)))
    return [record.id, files.filter(file => file.present && file.mediaType?.startsWith('image/') && answers.has(file.name)).map(file => file.name).sort()] as const
  })
  return Object.fromEntries(named.filter(([, names]) => names.length > 0))
}

const LOOKERS: [Who, string | null, string, string][] = [['buala', null, 'oips', 'a'], ['thongdi', null, 'oips', 'ab'], ['somsak', null, 'oi', 'ab'], ['somsak', PURPOSE, 'oip', 'ab'], ['natthaphon', PURPOSE, '', ''], ['chaidi', null, '', '']]

describe.each(LOOKERS)('%s (%s)', (who, purpose, kinds, families) => {
  const for_: Record<string, string> = purpose ? { purpose } : {}

  test('sees in the gallery the pictures that the pages of the records show, and each of them opens', async () => {
    const { items } = await pictures(who, { limit: '1000', ...for_ })
    expect(Object.fromEntries(items.map(({ id, photos }) => [id, photos.map(photo => photo.name).sort()]))).toEqual(await byHand(who, for_))
    const shown = items.filter(({ dataset }) => dataset === 'family').flatMap(({ photos }) => photos.map(({ name }) => name.replace('zq-', '').replace('.jpg', '')))
    expect(shown.sort()).toEqual([...families].flatMap(one => picturesOf(kinds).map(name => `${name}-${one}2`)).sort())
    for (const { id, photos } of items.slice(0, 6)) {
      for (const { name } of photos) expect((await people[who].get(`/api/records/${id}/files/${encodeURIComponent(name)}?${new URLSearchParams({ size: '320', ...for_ })}`)).statusCode, name).toBe(200)
    }
  })

  test('comes to the end page by page, each record once, the latest first', async () => {
    const all = (await pictures(who, { limit: '1000', ...for_ })).items, met: Pictures['items'] = []
    for (let after: string | null = ''; after !== null;) {
      const page: Pictures = await pictures(who, { limit: '7', ...after && { after }, ...for_ })
      met.push(...page.items)
      after = page.next
    }
    expect(met).toEqual(all)
  })
})

test('by dataset, side, place and day it holds what one would pick by hand', async () => {
  const all = (await pictures('buala', { limit: '1000' })).items
  const cases: [Record<string, string>, (item: Pictures['items'][number]) => boolean][] = [
    [{ dataset: 'attraction' }, item => item.dataset === 'attraction'], [{ side: 'economy' }, item => item.dataset === 'attraction'], [{ side: 'nature' }, () => false], [{ dataset: 'shop', side: 'economy' }, () => false],
    [{ area: OTHER }, item => item.area.startsWith(OTHER)], [{ area: 'TH580702' }, () => false], [{ from: '2026-10-10', until: '2026-10-20' }, item => item.day! >= '2026-10-10' && item.day! <= '2026-10-20'],
  ]
  for (const [query, isMeant] of cases) expect((await pictures('buala', { limit: '1000', ...query })).items, JSON.stringify(query)).toEqual(all.filter(isMeant))
  expect(all.filter(item => item.dataset === 'attraction').length).toBe(20)
})

test('the points of a side are those of its datasets’ maps', async () => {
  for (const who of ['buala', 'thongdi', 'chaidi'] as const) {
    for (const side of ['economy', 'nature'] as const) {
      const maps = await Promise.all(SIDES[side].map(id => ask<ReplyOf<typeof recordApi.mapRecords>>(who, `/datasets/${id}/points`, {})))
      const { points, more } = await ask<ReplyOf<typeof seenApi.mapSide>>(who, `/sides/${side}/points`, {})
      expect(points.map(({ dataset: _, ...point }) => point).sort((a, b) => a.id.localeCompare(b.id))).toEqual(maps.flatMap(map => map.points).sort((a, b) => a.id.localeCompare(b.id)))
      expect(more).toBe(0)
    }
  }
  expect((await ask<ReplyOf<typeof seenApi.mapSide>>('buala', '/sides/economy/points', { area: OTHER })).points.length).toBe(15)
})
