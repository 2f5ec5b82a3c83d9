import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { duplicateApi } from '../../domain/duplicate/api.ts'
import type { Pair } from '../../domain/duplicate/duplicate.ts'
import type { recordApi } from '../../domain/record/api.ts'
import { readAs, SYSTEM } from '../../server/db/scope.ts'
import { compareArrived } from '../../server/duplicate/write.search.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { listNotes, type Browser } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', BESIDE = 'TH580704'
type Detail = ReplyOf<typeof recordApi.getRecord>
type Twins = ReplyOf<typeof duplicateApi.listTwins>

/** คำแก้ว collects in two tambons, มะลิ answers for Tham Lot, ข้าง for the next one, สมศักดิ์ for the province. */
let house: Collecting, phone: Telephone
const people = {} as Record<'khamkaeo' | 'mali' | 'khang' | 'somsak', Browser>
const xforms = new Map<string, string>()

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  people.khamkaeo = await signedIn(house, { userName: 'khamkaeo', role: 'collector', areas: [HOME, BESIDE] })
  people.mali = await signedIn(house, { userName: 'mali', role: 'tambon-integrator', areas: [HOME] })
  people.khang = await signedIn(house, { userName: 'khang', role: 'tambon-integrator', areas: [BESIDE] })
  people.somsak = await signedIn(house, { userName: 'somsak', role: 'provincial-integrator', areas: ['TH58'] })
  phone = await telephoneOf(house, people.khamkaeo, [HOME, BESIDE])
  for (const form of await phone.listForms()) if (['household', 'attraction', 'farmer'].includes(form.id)) xforms.set(form.id, (await phone.download(form)).xform)
})

async function send(dataset: string, given: Given, id: string = randomUUID(), how = 'create="1"', files: { name: string; bytes: Buffer; type: string }[] = []): Promise<string> {
  const entity = `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="${dataset}" id="${id}" ${how}><label>x</label></entity>`
  const { xml } = fillIn(xforms.get(dataset) as string, { village: `${HOME}01`, visit_date: '2026-11-26', ...given }, { entity })
  const heard = await phone.submit(xml, files)
  if (heard.status !== 201) throw new Error(heard.body)
  await untilRead(house)
  return id
}
const PLACE = { kind: 'waterfall', status: 'open', not_public: 'no', condition: 'good' }
const fall = (given: Given = {}, id?: string, how?: string) => send('attraction', { ...PLACE, title: 'น้ำตกแม่สะงา', position: '19.5 98.2 0 5', ...given }, id, how)
const farmer = (given: Given) => send('farmer', { consent: 'yes', first_name: 'สมชาย', last_name: 'ใจดี', ...given })

const compare = async () => { while (await compareArrived(house.database.app, message => { throw new Error(message) })); }
const pairs = async (who: Browser, query = '&state=open') => ((await who.get(`/api/duplicates?limit=100${query}`)).json() as { items: Pair[] }).items
const pairOf = async (who: Browser, ...ids: string[]) => (await pairs(who)).find(({ one, other }) => ids.includes(one.id) && ids.includes(other.id))
const page = async (who: Browser, id: string) => (await who.get(`/api/records/${id}`)).json() as Detail
const twins = async (who: Browser, id: string) => (await who.get(`/api/records/${id}/twins`)).json() as Twins
const merge = async (who: Browser, body: object, dataset = 'attraction') => (await who.post(`/api/datasets/${dataset}/merges`, body)).json() as { batch: string; code?: string }
const split = async (who: Browser, id: string, body: object = {}) => (await who.post(`/api/records/${id}/split`, body)).json() as { stays: string; goes: string; code?: string }
const listed = async (who: Browser) => ((await who.get('/api/datasets/attraction/records?limit=500')).json() as { items: { id: string }[] }).items.map(({ id }) => id)

/** All that the database holds of a record but for how often and when it was touched. */
async function stand(...ids: string[]): Promise<unknown> {
  const { rows } = await readAs(house.database.app, SYSTEM, tx => sql`
    select to_jsonb(r) - '{acts,acted_at,versions}'::text[] as record, (select jsonb_agg(to_jsonb(w) order by w.repeat, w.position) from core.record_row w where w.area_code >= 'TH' and w.record_id = r.id) as rows,
      (select jsonb_agg(to_jsonb(n) order by n.path, n.position) from core.national_id n where n.area_code >= 'TH' and n.record_id = r.id) as numbers
    from core.record r where r.area_code >= 'TH' and r.id = any(${ids}::uuid[]) order by r.id`.execute(tx))
  return rows
}

describe('what arrives', () => {
  test('is compared with what is there, and told with its reasons to who may see both', async () => {
    const first = await fall(), far = await fall({ title: 'น้ำตกแม่สะงา', position: '19.7 98.2 0 5' }), second = await fall({ title: 'น้ำตกแม่สงา', position: '19.50036 98.2 0 5' }), other = await fall({ title: 'ถ้ำผาเผือก', kind: 'cave', position: '19.5004 98.2 0 5' })
    await compare()
    const found = await pairOf(people.mali, first, second)
    expect(found).toMatchObject({ dataset: 'attraction', state: 'open', mine: true, area: `${HOME}01` })
    expect(found?.reasons.map(({ kind, speaksFor, say }) => [kind, speaksFor, say.th])).toEqual([['name', true, 'ชื่อคล้ายกัน 86%'], ['distance', true, 'ห่าง 40 ม.'], ['type', true, 'ประเภทเดียวกัน']])
    expect(found?.score).toBeGreaterThan(0.9)
    expect([await pairOf(people.mali, first, other), await pairOf(people.mali, first, far), await pairOf(people.khang, first, second)]).toEqual([undefined, undefined, undefined])
    expect((await twins(people.mali, first)).twins.map(({ id }) => id)).toContain(second)
    // a correction makes two of them
    await fall({ title: 'อ่างเก็บน้ำห้วยผึ้ง', kind: 'lake', position: '19.6 98.3 0 5' }, second, 'update="1" baseVersion="1"')
    await compare()
    expect(await pairOf(people.mali, first, second)).toBeUndefined()
  })

  test('a pair of two tambons is for the province alone; nobody hears of a record that is not theirs', async () => {
    const here = await fall({ title: 'น้ำตกชายแดน', position: '19.55 98.25 0 5' }), there = await fall({ title: 'น้ำตกชายแดน', village: `${BESIDE}01`, position: '19.5503 98.25 0 5' })
    await compare()
    expect(await pairOf(people.somsak, here, there)).toMatchObject({ area: 'TH5807', mine: true })
    const secret = await pairOf(people.somsak, here, there)
    for (const who of [people.mali, people.khang]) {
      expect(await pairOf(who, here, there)).toBeUndefined()
      expect([(await who.get(`/api/duplicates/pairs/${secret?.id}`)).statusCode, (await twins(who, who === people.mali ? here : there)).twins]).toEqual([404, []])
      expect(await merge(who, { keep: here, from: [there] })).toMatchObject({ code: 'review/not-yours' })
    }
  })

  test('people are the same by their number, wherever they live', async () => {
    const one = await farmer({ national_id: '1101700230708' }), same = await farmer({ first_name: 'สมหญิง', last_name: 'รักษาป่า', national_id: '1101700230708', village: `${BESIDE}01` })
    await compare()
    const pair = await pairOf(people.somsak, one, same)
    expect(pair?.score).toBeGreaterThan(0.8)
    // the province sees a name only once it says what for: nor does it read what the name was found to be
    expect([pair?.reasons.map(({ kind }) => kind), pair?.one.title]).toEqual([['village'], null])
  })

  test('a whole place is searched, tambon by tambon, and what was said before stays said', async () => {
    const [a, b] = [await fall({ title: 'ศาลาริมน้ำ', position: '19.52 98.22 0 5' }), await fall({ title: 'ศาลาริมนำ้', position: '19.52 98.22 0 5' })]
    await compare()
    const pair = await pairOf(people.mali, a, b)
    expect(pair?.reasons[0]?.say.en).toBe('the same name')
    expect((await people.khamkaeo.post(`/api/duplicates/pairs/${pair?.id}`, { say: 'different' })).json()).toMatchObject({ code: 'review/not-yours' })
    expect((await people.mali.post(`/api/duplicates/pairs/${pair?.id}`, { say: 'different' })).json()).toEqual({ state: 'different' })
    expect((await people.mali.post('/api/duplicates/searches', { area: 'TH58' })).statusCode).toBe(404)
    expect((await people.somsak.post('/api/duplicates/searches', { area: 'TH58' })).statusCode).toBe(200)
    const latest = async () => ((await people.somsak.get('/api/duplicates/searches')).json() as ReplyOf<typeof duplicateApi.listSearches>).items[0]
    await expect.poll(async () => (await latest())?.endedAt ?? null, { timeout: 20_000 }).not.toBeNull()
    const search = await latest()
    expect(search).toMatchObject({ total: search?.done, area: 'TH58' })
    expect(search?.found).toBeGreaterThan(1)
    expect(await pairOf(people.mali, a, b)).toBeUndefined()
    expect((await pairs(people.mali, '&state=different')).map(({ id, saidBy }) => [id, saidBy])).toContainEqual([pair?.id, 'mali'])
    expect((await people.mali.get('/api/duplicates/counts')).json()).toMatchObject({ items: expect.arrayContaining([expect.objectContaining({ dataset: 'attraction', different: 1 })]) })
  })
})

describe('two records as one', () => {
  test('field by field; the other is set aside and leads there; taken back, both stand as before', async () => {
    const { mali, khamkaeo } = people, keep = await fall({ title: 'น้ำตกผาเสื่อ', visitor_wish: 'more' }), from = await fall({ title: 'ผาเสื่อ', condition: 'bad' })
    const before = await stand(keep, from)
    expect(await merge(khamkaeo, { keep, from: [from] })).toMatchObject({ code: 'review/not-yours' })
    expect(await merge(mali, { keep, from: [from], seen: { [from]: 7 } })).toMatchObject({ code: 'review/changed' })
    expect(await merge(mali, { keep, from: [keep] })).toMatchObject({ code: 'duplicate/not-two' })
    const { batch } = await merge(mali, { keep, from: [from], choices: { title: keep }, seen: { [keep]: 1, [from]: 1 } })
    expect((await page(mali, keep)).record).toMatchObject({ state: 'received', values: { title: 'น้ำตกผาเสื่อ', condition: 'bad', visitor_wish: 'more' } })
    expect((await page(mali, from)).record.state).toBe('merged')
    expect((await twins(mali, from)).into).toMatchObject({ id: keep, title: 'น้ำตกผาเสื่อ' })
    expect([(await listed(mali)).includes(from), (await listed(mali)).includes(keep)]).toEqual([false, true])
    expect((await page(mali, keep)).history[0]).toMatchObject({ kind: 'merge', byName: 'mali', changes: [{ key: 'condition', before: 'good', after: 'bad' }] })
    expect((await khamkaeo.post(`/api/datasets/attraction/merges/${batch}/undo`)).json()).toMatchObject({ code: 'review/not-last' })
    expect((await mali.post(`/api/datasets/attraction/acts/${batch}/undo`)).json()).toMatchObject({ done: 0 })
    expect((await mali.post(`/api/datasets/attraction/merges/${batch}/undo`)).json()).toEqual({ records: expect.arrayContaining([keep, from]) })
    expect(await stand(keep, from)).toEqual(before)
    expect((await page(mali, keep)).record.values).toMatchObject({ condition: 'good' })
    expect((await listNotes(house.database)).filter(line => /^record\.(merge|undo)/.test(line)).length).toBe(2)
  })

  test('what is sent for the one that went in is laid over the survivor; then only splitting takes them apart, and gives back what nobody changed', async () => {
    const { mali } = people, keep = await fall({ title: 'น้ำพุร้อน', visitor_wish: 'more' }), from = await fall({ title: 'น้ำพุร้อนผาบ่อง', condition: 'bad' })
    const { batch } = await merge(mali, { keep, from: [from] })
    await fall({ title: 'น้ำพุร้อนผาบ่อง ใหม่', condition: undefined, visitor_wish: 'less' } as Given, from, 'update="1" baseVersion="1"')
    const after = await page(mali, keep)
    expect(after.record.values).toMatchObject({ title: 'น้ำพุร้อนผาบ่อง ใหม่', condition: 'bad' })
    expect(after.faults.map(({ say }) => say.en)).toContainEqual(expect.stringMatching(/had been merged into this one/))
    expect((await page(mali, from)).record).toMatchObject({ state: 'merged', values: { title: 'น้ำพุร้อนผาบ่อง' } })
    expect((await mali.post(`/api/datasets/attraction/merges/${batch}/undo`)).json()).toMatchObject({ code: 'review/not-last' })
    expect(await split(mali, from)).toEqual({ stays: keep, goes: from })
    expect((await page(mali, from)).record).toMatchObject({ state: 'received', values: { title: 'น้ำพุร้อนผาบ่อง', condition: 'bad' } })
    // the title was changed by the later visit and stays, the condition came from the other and goes back
    expect((await page(mali, keep)).record.values).toMatchObject({ title: 'น้ำพุร้อนผาบ่อง ใหม่', condition: 'good' })
    expect(await split(mali, from, { ways: { title: 'stays' }, seen: { [from]: 1 } })).toMatchObject({ code: 'review/changed' })
  })

  test('one that went into another, which went into a third, comes out after it; what is sent for it reaches the third', async () => {
    const { mali } = people, [first, second, third] = [await fall({ title: 'ลำน้ำลาง' }), await fall({ title: 'น้ำลาง' }), await fall({ title: 'แม่น้ำลาง' })]
    await merge(mali, { keep: second, from: [first] })
    await merge(mali, { keep: third, from: [second] })
    await fall({ title: 'แม่น้ำลาง สายบน' }, first, 'update="1" baseVersion="1"')
    expect((await page(mali, third)).record.title).toBe('แม่น้ำลาง สายบน')
    expect(await split(mali, first)).toMatchObject({ code: 'review/not-now' })
    expect([await split(mali, second), await split(mali, first)]).toEqual([{ stays: third, goes: second }, { stays: second, goes: first }])
    expect([(await page(mali, first)).record.title, (await page(mali, second)).record.title]).toEqual(['ลำน้ำลาง', 'น้ำลาง'])
  })

  test('a photograph of the other is shown at the survivor, although both call theirs photo.jpg', async () => {
    const { mali } = people, jpeg = (n: number) => ({ name: 'photo.jpg', type: 'image/jpeg', bytes: Buffer.from([0xff, 0xd8, 0xff, n]) })
    const [keep, from] = [await send('attraction', { ...PLACE, title: 'ผาแดง', photo: 'photo.jpg' }, undefined, undefined, [jpeg(1)]), await send('attraction', { ...PLACE, title: 'ผาแดง', photo: 'photo.jpg', village: `${HOME}02` }, undefined, undefined, [jpeg(2)])]
    await merge(mali, { keep, from: [from], choices: { photo: from } })
    const { record, files } = await page(mali, keep), name = record.values['photo'] as string, bytes = (await mali.get(`/api/records/${keep}/files/${name}`)).rawPayload
    expect([record.area, name, [...bytes].at(-1), files.filter(file => file.name === name && file.present).length]).toEqual([`${HOME}02`, `${from.slice(0, 8)}-photo.jpg`, 2, 1])
  })

  test('one record that is two things becomes two, each with its own answers', async () => {
    const { mali } = people, id = await fall({ title: 'วัดและถ้ำ', visitor_wish: 'more' })
    expect(await split(mali, id, { ways: Object.fromEntries(Object.keys((await page(mali, id)).record.values).map(key => [key, 'stays'])) })).toMatchObject({ code: 'duplicate/one-sided' })
    const { stays, goes } = await split(mali, id, { ways: { title: 'both', visitor_wish: 'goes', condition: 'stays' }, seen: { [id]: 1 } })
    const [rest, copy] = [await page(mali, stays), await page(mali, goes)]
    expect([rest.record.values['condition'], rest.record.values['visitor_wish'], copy.record.values['condition'], copy.record.values['visitor_wish'], copy.record.title]).toEqual(['good', undefined, undefined, 'more', 'วัดและถ้ำ'])
    expect([rest.history[0]?.kind, copy.history.map(({ kind }) => kind)]).toEqual(['split', ['split']])
    await compare()
    expect(await pairOf(mali, stays, goes)).toBeUndefined()
  })

  test('members and citizens’ numbers of two households stand one behind the other, and come back apart', async () => {
    const { mali } = people, member = (name: string, number: string) => ({ first_name: name, national_id: number })
    const ids = [await send('household', { consent: 'yes', house_number: '7', head_name: 'จันทร์', member: [member('จันทร์', '1101700230708')] }), await send('household', { consent: 'yes', house_number: '7', head_name: 'จันทร์ ดี', member: [member('คำ', '3101700230701')] })]
    const [keep, from] = ids as [string, string], before = await stand(...ids), repeat = (await page(mali, keep)).rows[0]?.repeat as string
    const { batch } = await merge(mali, { keep, from: [from], choices: { [repeat]: 'both' } }, 'household')
    expect((await page(mali, keep)).rows.map(({ position, values }) => [position, values['first_name']])).toEqual([[1, 'จันทร์'], [2, 'คำ']])
    expect(await mali.post('/api/datasets/household/number', { number: '3101700230701', purpose: 'to see that it went along' }).then(reply => (reply.json() as { records: string[] }).records)).toContain(keep)
    await mali.post(`/api/datasets/household/merges/${batch}/undo`)
    expect(await stand(...ids)).toEqual(before)
  })
})
