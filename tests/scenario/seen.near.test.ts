import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { seenApi } from '../../domain/record/api.seen.ts'
import type { RecordEntry } from '../../domain/record/record.ts'
import type { Writer } from '../../server/db/db.ts'
import { SYSTEM, writeAs } from '../../server/db/scope.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { datasetOf, define, settingsOf } from '../setup/defining.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { listNotes, type Browser } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', OTHER = 'TH580704', PURPOSE = 'ตามหาบ่อน้ำใกล้บ้าน'
type Near = ReplyOf<typeof seenApi.listNear>

/** Wells lie open; where a shrine is, is known to those who work there; where a family lives, to those who may know of persons. */
const KINDS = { well: ['place', 'open'], shrine: ['place', 'internal'], family: ['household', 'personal'] } as const
const form = (id: keyof typeof KINDS) => `| survey | | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | bind::rakkaeo:sensitivity | bind::rakkaeo:role |
| | select_one_from_file villages.csv | village | หมู่บ้าน | Village | open | place |
| | text | name | ชื่อ | Name | open | title |
| | geopoint | spot | ตำแหน่ง | Position | ${KINDS[id][1]} | point |
${settingsOf(id)}`

let house: Collecting, phone: Telephone
const people = {} as Record<'buala' | 'thongdi' | 'somsak' | 'natthaphon' | 'chaidi', Browser>
const CENTRE = { lat: 19.5658, lon: 98.2774 }, EACH = 120

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  const admin = await signedIn(house, { userName: 'pricha', role: 'administrator', areas: ['TH'] })
  for (const [userName, role, areas] of [['buala', 'collector', [HOME, OTHER]], ['thongdi', 'tambon-integrator', [HOME]], ['somsak', 'provincial-integrator', ['TH58']], ['natthaphon', 'analyst', ['TH58']], ['chaidi', 'tambon-integrator', ['TH580702']]] as const) {
    people[userName] = await signedIn(house, { userName, role, areas: [...areas] })
  }
  for (const id of ['well', 'shrine', 'family'] as const) await define(admin, 'TH', datasetOf(id, { unit: KINDS[id][0] }), form(id))
  phone = await telephoneOf(house, people.buala, [HOME, OTHER])
  const offered = await phone.listForms()
  for (const id of ['well', 'shrine', 'family']) {
    const { xform } = await phone.download(offered.find(one => one.id === id) as never)
    for (let i = 0; i < EACH; i++) await send(xform, i)
  }
  await untilRead(house)
}, 120_000)

/** Around the centre, some kilometres far, always the same; each fifth has no position, each third lies in the other tambon. */
let turn = 1
const random = () => { turn = turn * 48_271 % 2_147_483_647; return turn / 2_147_483_647 }
async function send(xform: string, i: number): Promise<void> {
  const at = i === 0 ? CENTRE : { lat: CENTRE.lat + (random() - 0.5) * 0.07, lon: CENTRE.lon + (random() - 0.5) * 0.07 }
  const { xml } = fillIn(xform, { village: `${i % 3 === 0 ? OTHER : HOME}01`, name: `ที่ ${i}`, ...i % 5 !== 4 && { spot: `${at.lat} ${at.lon} 0 0` } })
  const heard = await phone.submit(xml, [])
  if (heard.status !== 201) throw new Error(heard.body)
}

const R = 6_371_008.8, rad = (degrees: number) => degrees * Math.PI / 180
const haversine = (a: typeof CENTRE, b: typeof CENTRE) => 2 * R * Math.asin(Math.sqrt(Math.sin(rad(b.lat - a.lat) / 2) ** 2 + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2))

const ask = async <T>(browser: Browser, address: string, purpose: string | null): Promise<T> => {
  const reply = await browser.get(`/api${address}${address.includes('?') ? '&' : '?'}${purpose ? `purpose=${encodeURIComponent(purpose)}` : ''}`)
  if (reply.statusCode !== 200) throw new Error(reply.body)
  return reply.json()
}
/** Everything that somebody sees, one list after the other. */
const listAll = async (browser: Browser, purpose: string | null) => (await Promise.all(['well', 'shrine', 'family'].map(id => ask<{ items: RecordEntry[] }>(browser, `/datasets/${id}/records?limit=1000`, purpose)))).flatMap(list => list.items)

const LOOKERS: [keyof typeof people, string | null, string[]][] = [
  ['buala', null, ['family', 'shrine', 'well']], ['thongdi', null, ['family', 'shrine', 'well']], ['somsak', null, ['shrine', 'well']], ['somsak', PURPOSE, ['family', 'shrine', 'well']], ['natthaphon', PURPOSE, ['shrine', 'well']],
]

describe.each(LOOKERS)('%s, for %s', (who, purpose, kinds) => {
  test('is shown what lies near a well, of these datasets, nearest first, as one would measure by hand', async () => {
    const all = await listAll(people[who], purpose), met = new Set<string>()
    for (const from of all.filter(({ dataset, point }) => dataset === 'well' && point).slice(0, 12)) {
      for (const metres of [1, 400, 2000, 5000]) {
        const expected = all.flatMap(one => one.point && one.id !== from.id ? [{ id: one.id, dataset: one.dataset, title: one.title, far: haversine(from.point!, one.point) }] : [])
          .filter(({ far }) => far <= metres).sort((a, b) => a.far - b.far)
        const { items, more } = await ask<Near>(people[who], `/records/${from.id}/near?metres=${metres}`, purpose)
        expect(items.map(({ id, dataset, title, metres }) => ({ id, dataset, title, metres }))).toEqual(expected.slice(0, 12).map(({ far, ...one }) => ({ ...one, metres: Math.round(far) })))
        expect(more).toBe(Math.max(0, expected.length - 12))
        expected.forEach(({ dataset }) => met.add(dataset))
      }
    }
    expect([...met].sort()).toEqual(kinds)
  })
})

test('from a place that one does not see nothing is near, and of a record elsewhere nothing is said', async () => {
  const families = (await listAll(people.somsak, null)).filter(({ dataset }) => dataset === 'family'), [well] = (await listAll(people.buala, null)).filter(({ dataset, area }) => dataset === 'well' && area.startsWith(OTHER))
  expect(families.length).toBe(EACH)
  for (const { id, point } of families.slice(0, 5)) expect([point, await ask(people.somsak, `/records/${id}/near`, null)]).toEqual([null, { items: [], more: 0 }])
  expect((await people.thongdi.get(`/api/records/${well!.id}/near`)).statusCode).toBe(404)
  expect((await people.chaidi.get(`/api/records/${well!.id}/near`)).statusCode).toBe(404)
})

test('that somebody looked stands in the audit', async () => {
  const [{ id }] = (await listAll(people.somsak, PURPOSE)).filter(({ dataset }) => dataset === 'family') as [RecordEntry]
  await ask(people.somsak, `/records/${id}/near`, PURPOSE)
  expect((await listNotes(house.database)).at(-1)).toBe(`record.list (${PURPOSE})`)
})

test('what is near is found by the index of positions, under the net', async () => {
  const plan = await house.database.app.transaction().execute(async tx => {
    await sql`select set_config('rakkaeo.areas', 'TH5807,TH5806', true), set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)`.execute(tx)
    return (await sql<{ 'QUERY PLAN': string }>`explain select id from core.record where lat between 19.56 and 19.57 and lon between 98.27 and 98.28`.execute(tx)).rows.map(row => row['QUERY PLAN']).join('\n')
  })
  expect(plan).toMatch(/Index Scan using record_spot[\s\S]*Index Cond: \(\(lat >= '19.56'[^\n]*\(lon >=/)
})

test('what was recorded before positions had columns of their own has the same ones', async () => {
  const migration = (await readFile(new URL('../../db/migrations/0017_spot.sql', import.meta.url), 'utf8')).replace(/^[\s\S]*?(?=select set_config)/, '')
  const spots = (tx: Writer) => sql`select id, lat, lon, point_kept from core.record where area_code >= 'TH' order by id`.execute(tx).then(({ rows }) => rows)
  await writeAs(house.database.app, SYSTEM, async tx => {
    const before = await spots(tx)
    await sql`update core.record set lat = null, lon = null, point_kept = null where area_code >= 'TH'`.execute(tx)
    for (const statement of migration.split(';').filter(part => part.trim() !== '')) await sql.raw(statement).execute(tx)
    expect(await spots(tx)).toEqual(before)
  })
})
