import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { recordApi } from '../../domain/record/api.ts'
import type { ladderApi } from '../../domain/review/api.ladder.ts'
import type { Effect } from '../../domain/review/rules.ladder.ts'
import type { Outcome, Standing } from '../../domain/review/review.ts'
import { listNotes } from '../setup/people.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser, Reply } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', FAR = 'TH580102'
type Detail = ReplyOf<typeof recordApi.getRecord>

/** คำแก้ว collects in Tham Lot, มะลิ answers for it, สมศักดิ์ for the province, ไกล for a tambon far away. */
let house: Collecting, phone: Telephone
const people = {} as Record<'khamkaeo' | 'mali' | 'somsak' | 'klai', Browser>
const xforms = new Map<string, string>()

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  people.khamkaeo = await signedIn(house, { userName: 'khamkaeo', role: 'collector', areas: [HOME] })
  people.mali = await signedIn(house, { userName: 'mali', role: 'tambon-integrator', areas: [HOME] })
  people.somsak = await signedIn(house, { userName: 'somsak', role: 'provincial-integrator', areas: ['TH58'] })
  people.klai = await signedIn(house, { userName: 'klai', role: 'tambon-integrator', areas: [FAR] })
  phone = await telephoneOf(house, people.khamkaeo, [HOME])
  for (const form of await phone.listForms()) if (['household', 'attraction', 'story', 'local-wisdom'].includes(form.id)) xforms.set(form.id, (await phone.download(form)).xform)
})

async function send(dataset: string, given: Given, id: string = randomUUID(), how = 'create="1"'): Promise<string> {
  const entity = dataset === 'story' ? undefined : `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="${dataset}" id="${id}" ${how}><label>x</label></entity>`
  const day = dataset === 'story' ? 'story_date' : 'visit_date'
  const { xml } = fillIn(xforms.get(dataset) as string, { village: `${HOME}01`, [day]: '2026-11-26', ...given }, { ...entity && { entity }, ...dataset === 'story' && { instanceId: `uuid:${id}` } })
  const heard = await phone.submit(xml)
  if (heard.status !== 201) throw new Error(heard.body)
  await untilRead(house)
  return id
}
const cave = (given: Given = {}, id?: string, how?: string) => send('attraction', { title: 'ถ้ำปลา', kind: 'cave', status: 'open', not_public: 'no', condition: 'good', position: '19.5658 98.2774 0 5', ...given }, id, how)
const withoutTitle = () => send('attraction', { kind: 'cave', status: 'open', not_public: 'no', condition: 'good' })

const post = async (who: Browser, body: Record<string, unknown>, dataset = 'attraction'): Promise<Reply> => who.post(`/api/datasets/${dataset}/acts`, body)
const act = async (who: Browser, body: Record<string, unknown>, dataset = 'attraction') => (await post(who, body, dataset)).json() as Outcome
const standing = async (who: Browser, id: string) => (await who.get(`/api/records/${id}/standing`)).json() as Standing
const page = async (who: Browser, id: string) => (await who.get(`/api/records/${id}`)).json() as Detail
const codes = ({ refused }: Outcome) => refused.map(({ code }) => code)
const listed = async (who: Browser, query = '') => ((await who.get(`/api/datasets/attraction/records?limit=200${query}`)).json() as { items: { id: string }[] }).items.map(({ id }) => id)
/** As the site of everybody reads, with its own role. */
const inPublic = async (id: string) => (await sql<{ answers: Record<string, unknown>; lat: number | null }>`select * from open.record where id = ${id}`.execute(house.database.public)).rows[0] ?? null

describe('a record on its way', () => {
  test('is returned with a reason for a field, corrected, approved, verified and locked; then it takes nothing until it is opened', async () => {
    const { khamkaeo, mali, somsak } = people, id = await cave({ title: 'ถ้ำ' })
    expect(await standing(mali, id)).toEqual({ state: 'received', seen: 1, may: ['return', 'approve', 'reject', 'withdraw'], errors: 0, returned: null, held: [], maySettle: false })
    expect((await post(mali, { act: 'return', ids: [id] })).json()).toMatchObject({ code: 'review/needs-reason' })
    expect(await act(mali, { act: 'return', ids: [id], reason: 'ชื่อไม่ครบ', fields: [{ key: 'title', say: 'ถ้ำอะไร' }] })).toMatchObject({ done: 1, refused: [] })
    expect((await standing(khamkaeo, id)).returned).toEqual({ reason: 'ชื่อไม่ครบ', fields: [{ key: 'title', say: 'ถ้ำอะไร' }] })
    await cave({ title: 'ถ้ำปลา' }, id, 'update="1" baseVersion="1"')
    expect(await standing(mali, id)).toMatchObject({ state: 'received', seen: 3 })
    for (const [who, kind, state] of [[mali, 'approve', 'approved'], [somsak, 'verify', 'verified'], [somsak, 'lock', 'locked']] as const) {
      expect(await act(who, { act: kind, ids: [id] })).toMatchObject({ done: 1 })
      expect((await page(mali, id)).record.state).toBe(state)
    }
    await cave({ title: 'ถ้ำอื่น' }, id, 'update="1" baseVersion="2"')
    const { record, faults, history } = await page(mali, id)
    expect(record).toMatchObject({ state: 'locked', versions: 2, values: { title: 'ถ้ำปลา' } })
    expect(faults.map(({ kind }) => kind)).toContain('conflict')
    expect(history.map(({ kind }) => kind)).toEqual(['held', 'lock', 'verify', 'approve', 'update', 'return', 'make'])
    expect(history[0]?.changes).toContainEqual(expect.objectContaining({ key: 'title', before: 'ถ้ำปลา', after: 'ถ้ำอื่น' }))
    expect(history.at(-2)).toMatchObject({ byName: 'mali', reason: 'ชื่อไม่ครบ', fields: [{ key: 'title', say: 'ถ้ำอะไร' }] })
    expect(codes(await act(mali, { act: 'reopen', ids: [id], reason: 'ชื่อเปลี่ยน' }))).toEqual(['review/not-yours'])
    expect(await act(somsak, { act: 'reopen', ids: [id], reason: 'ชื่อเปลี่ยน' })).toMatchObject({ done: 1 })
    await cave({ title: 'ถ้ำอื่น' }, id, 'update="1" baseVersion="2"')
    expect((await page(mali, id)).record).toMatchObject({ state: 'received', values: { title: 'ถ้ำอื่น' } })
    expect((await listNotes(house.database)).filter(line => /^record\.(return|approve|verify|lock|reopen)/.test(line)).sort()).toEqual(['record.approve', 'record.lock', 'record.reopen', 'record.return', 'record.verify'])
  })

  test('is withdrawn by whoever wrote it until it is approved, and set aside: no list and no file has it unless it is asked for by name', async () => {
    const { khamkaeo, mali } = people, [mine, approved] = [await cave({ title: 'ถ้ำถอน' }), await cave()]
    await act(mali, { act: 'approve', ids: [approved] })
    expect([await act(khamkaeo, { act: 'withdraw', ids: [mine] }), codes(await act(khamkaeo, { act: 'withdraw', ids: [approved] }))]).toMatchObject([{ done: 1 }, ['review/not-yours']])
    expect([(await listed(mali)).includes(mine), (await listed(mali)).includes(approved), await listed(mali, '&state=withdrawn')]).toEqual([false, true, [mine]])
    const file = async (query: string) => (await mali.get(`/api/datasets/attraction/records/file/json?${query}`)).body
    expect([(await file('')).includes('ถ้ำถอน'), (await file('state=withdrawn')).includes('ถ้ำถอน')]).toEqual([false, true])
    const form = (await phone.listForms()).find(({ id }) => id === 'attraction')
    expect((await phone.download(form as never)).files.get('attraction.csv')).not.toContain(mine)
    expect(await act(mali, { act: 'reopen', ids: [mine], reason: 'ถอนผิดรายการ' })).toMatchObject({ done: 1 })
    expect((await standing(mali, mine)).state).toBe('received')
  })
})

describe('what came while a record was locked', () => {
  test('waits beside it, in the tab of conflicts; once it is open again it is taken in or set aside, visit by visit', async () => {
    const { mali, somsak, klai, khamkaeo } = people, id = await cave({ title: 'ถ้ำเดิม' })
    await act(mali, { act: 'approve', ids: [id] })
    await act(somsak, { act: 'lock', ids: [id] })
    for (const title of ['ถ้ำที่ไม่ใช้', 'ถ้ำที่ใช้']) await cave({ title }, id, 'update="1" baseVersion="1"')
    const { held, seen, maySettle } = await standing(mali, id), settle = async (who: Browser, n: number, kind: string, more: object = {}) => (await who.post(`/api/records/${id}/held`, { instance: held[n]?.instance, act: kind, seen: (await standing(mali, id)).seen, ...more })).json() as { id?: string; code?: string }
    expect([held.length, seen, maySettle, await listed(mali, '&only=conflicts')]).toEqual([2, 5, false, expect.arrayContaining([id])])
    expect(await settle(somsak, 0, 'take')).toMatchObject({ code: 'review/locked' })
    await act(somsak, { act: 'reopen', ids: [id], reason: 'มีข้อมูลใหม่' })
    expect([await settle(khamkaeo, 0, 'take'), await settle(klai, 0, 'take'), await settle(mali, 0, 'take', { seen: 1 }), await settle(mali, 0, 'leave', { instance: 'uuid:nobody' })].map(({ code }) => code)).toEqual(['review/not-yours', 'access/not-there', 'review/changed', 'review/no-held'])
    expect([await settle(mali, 0, 'leave', { reason: 'พิมพ์ผิด' }), await settle(mali, 0, 'take')]).toMatchObject([{ id }, { code: 'review/no-held' }])
    expect((await page(mali, id)).record.values.title).toBe('ถ้ำเดิม')
    expect(await settle(mali, 1, 'take')).toEqual({ id })
    // whatever arrives next wakes the reader
    await cave()
    const { record, faults, history } = await page(mali, id)
    expect([record.values.title, record.state, record.versions, faults, (await standing(mali, id)).held]).toEqual(['ถ้ำที่ใช้', 'received', 2, [], []])
    expect(history.map(({ kind, changes }) => [kind, changes.filter(({ key }) => key === 'title').map(({ before, after }) => `${before} > ${after}`)[0]])).toEqual([
      ['update', 'ถ้ำเดิม > ถ้ำที่ใช้'], ['take', undefined], ['leave', undefined], ['reopen', undefined], ['held', 'ถ้ำเดิม > ถ้ำที่ใช้'], ['held', 'ถ้ำเดิม > ถ้ำที่ไม่ใช้'], ['lock', undefined], ['approve', undefined], ['make', 'null > ถ้ำเดิม'],
    ])
    expect((await listNotes(house.database)).filter(line => /^record\.(take|leave)/.test(line))).toEqual(['record.leave', 'record.take'])
  })
})

describe('an act on many', () => {
  test('is refused, one by one, for what is not yours, what is locked, what has an error, and what changed under your eyes', async () => {
    const { mali, somsak, klai, khamkaeo } = people
    const [good, bad, locked, changed] = [await cave(), await withoutTitle(), await cave(), await cave()]
    await act(mali, { act: 'approve', ids: [locked] })
    await act(somsak, { act: 'lock', ids: [locked] })
    const seen = { [good]: 1, [changed]: 1 }, unknown = randomUUID(), ids = [good, bad, locked, changed, unknown]
    await cave({ title: 'ถ้ำใหม่' }, changed, 'update="1" baseVersion="1"')
    const refusals = { [bad]: 'review/has-errors', [locked]: 'review/locked', [changed]: 'review/changed', [unknown]: 'review/not-yours' }
    const told = (outcome: Outcome) => Object.fromEntries(outcome.refused.map(({ id, code }) => [id, code]))
    const preview = await act(mali, { act: 'approve', ids, seen, preview: true }), all = await act(mali, { act: 'approve', ids, seen })
    expect([preview.done, told(preview), all.done, told(all), (await standing(mali, good)).state]).toEqual([1, refusals, 0, refusals, 'received'])
    for (const { say } of all.refused) { expect(say.th).toMatch(/[ก-๙]/); expect(say.en).toMatch(/\.$/) }
    // to whom it is foreign it is as one that is not there; who may only collect does not approve
    expect([codes(await act(klai, { act: 'approve', ids: [good] })), codes(await act(khamkaeo, { act: 'approve', ids: [good] })), codes(await act(mali, { act: 'verify', ids: [locked] }))]).toEqual([['review/not-yours'], ['review/not-yours'], ['review/locked']])
    const some = await act(mali, { act: 'approve', ids, seen, mode: 'good' })
    expect([some.done, told(some), (await standing(mali, good)).state, (await standing(mali, bad)).errors]).toEqual([1, refusals, 'approved', 1])
    expect((await post(mali, { act: 'approve', ids: [] })).json()).toMatchObject({ code: 'review/nothing-chosen' })
  })

  test('takes all that a list shows, as it was when it was counted, and is taken back whole while nothing else happened', async () => {
    const { mali, khamkaeo } = people, [one, two] = [await cave({ title: 'ถ้ำหนึ่งหมู่สอง', village: `${HOME}02` }), await cave({ village: `${HOME}02` })]
    const { items } = (await mali.get(`/api/review/counts?area=${HOME}02`)).json() as { items: unknown[] }, seenAt = new Date().toISOString()
    expect(items).toEqual([{ dataset: 'attraction', states: { received: 2 }, faults: 0, mine: 0, conflicts: 0, late: 0 }])
    const later = await cave({ village: `${HOME}02` }), filter = { area: `${HOME}02`, state: 'received' }
    const done = await act(mali, { act: 'approve', filter, seenAt, mode: 'good' })
    expect([done.done, done.refused.map(({ id, code }) => [id, code])]).toEqual([2, [[later, 'review/changed']]])
    await act(mali, { act: 'return', ids: [two], reason: 'ขอภาพ' })
    expect((await khamkaeo.post(`/api/datasets/attraction/acts/${done.batch}/undo`)).json()).toMatchObject({ code: 'review/not-last' })
    const back = (await mali.post(`/api/datasets/attraction/acts/${done.batch}/undo`)).json() as Outcome
    expect([back.done, back.refused.map(({ id, code }) => [id, code])]).toEqual([1, [[two, 'review/not-last']]])
    expect([(await standing(mali, one)).state, (await standing(mali, two)).state]).toEqual(['received', 'returned'])
    expect(((await mali.post(`/api/datasets/attraction/acts/${done.batch}/undo`)).json() as Outcome).done).toBe(0)
  })
})

describe('the public', () => {
  test('sees what is approved, its open answers alone, and not what somebody asked to keep from it or did not agree to', async () => {
    const { mali } = people, canary = 'zq-internal-qz'
    const ids = {
      plain: await cave({ visitor_wish: 'more' }), waiting: await cave({ title: 'zq-waiting-qz' }), sacred: await cave({ title: 'zq-sacred-qz', not_public: 'yes' }), unsaid: await cave({ title: 'zq-unsaid-qz', not_public: undefined }),
      agreed: await send('story', { consent: 'yes', people_shown: 'none', title: 'เรื่องเล่า', kind: 'legend', contact_name: canary }), refused: await send('story', { consent: 'no', people_shown: 'none', title: 'zq-refused-qz', kind: 'legend' }),
      household: await send('household', { consent: 'yes', house_number: '7', head_name: canary, household_name: canary }),
      wisdom: await send('local-wisdom', { consent: 'yes', not_public: 'no', title: 'zq-wisdom-qz' }),
    }
    // as the database says who is approved, whatever was wrong with them
    const owner = async (set: string) => { const pg = (await import('pg')).default, client = new pg.Client({ connectionString: house.database.url }); await client.connect(); await client.query(set, [Object.entries(ids).filter(([name]) => name !== 'waiting').map(([, id]) => id)]); await client.end() }
    await owner(`update core.record set state = 'approved', faults = faults || '[{"say":{"th":"zq-fault-qz"}}]', internal = internal || '{"note":"zq-internal-qz"}', personal = personal || '{"phone":"zq-personal-qz"}', sensitive = sensitive || '{"religion":"zq-sensitive-qz"}' where id = any($1)`)
    expect((await standing(mali, ids.sacred)).state).toBe('approved')
    const shown = Object.fromEntries(await Promise.all(Object.entries(ids).map(async ([name, id]) => [name, await inPublic(id) !== null])))
    expect(shown).toEqual({ plain: true, waiting: false, sacred: false, unsaid: false, agreed: true, refused: false, household: false, wisdom: false })
    expect(await inPublic(ids.plain)).toMatchObject({ answers: { title: 'ถ้ำปลา' }, lat: 19.5658, lon: 98.2774 })
    const { rows } = await sql`select * from open.record`.execute(house.database.public)
    expect(JSON.stringify(rows)).not.toMatch(/zq-|visitor_wish|not_public|contact_name|made_by/)
    // where the question of the position is not open, there is none
    await owner(`update core.record set point_kept = 'internal' where id = any($1)`)
    expect(await inPublic(ids.plain)).toMatchObject({ lat: null, lon: null })
    await owner(`update core.record set state = 'returned' where id = any($1)`)
    expect(await inPublic(ids.plain)).toBe(null)
  })

  test('waits for the province where the ladder of a dataset says so: what another one would do is told before it is set, by whoever defines it', async () => {
    const { mali, somsak } = people, pricha = await signedIn(house, { userName: 'pricha', role: 'administrator', areas: ['TH'] }), id = await cave()
    const preview = async (query: string, who: Browser = somsak) => (await who.get(`/api/datasets/attraction/ladder?${query}`)).json() as ReplyOf<typeof ladderApi.previewLadder>, set = (who: Browser, ladder: object) => who.ask('PUT', '/api/datasets/attraction/ladder', { ladder })
    expect(await act(mali, { act: 'approve', ids: [id] })).toMatchObject({ done: 1 })
    const { now, then, ladder } = await preview('counts=verified') as { now: Effect; then: Effect; ladder: object }, { rows } = await sql<{ n: number }>`select count(*)::int as n from open.record where dataset_id = 'attraction'`.execute(house.database.public)
    expect([ladder, now.public, now.public > then.public, now.counted > then.counted]).toEqual([{ approves: 'tambon', counts: 'approved' }, rows[0]?.n, true, true])
    expect([(await set(mali, { approves: 'tambon', counts: 'verified' })).statusCode, (await set(somsak, { approves: 'tambon', counts: 'verified' })).statusCode, await inPublic(id)]).toEqual([403, 403, expect.anything()])
    // who sees no records is told no numbers of them
    expect(await preview('counts=verified', pricha)).toMatchObject({ now: null, then: null, may: true })
    expect((await set(pricha, { approves: 'tambon', counts: 'verified', lateDays: 7 })).json()).toEqual({ version: 1 })
    expect([await inPublic(id), (await preview('')).now, codes(await act(somsak, { act: 'lock', ids: [id] }))]).toEqual([null, then, ['review/not-verified']])
    await act(somsak, { act: 'verify', ids: [id] })
    expect(await inPublic(id)).not.toBe(null)
    await set(pricha, { approves: 'province', counts: 'approved' })
    const next = await cave()
    expect([codes(await act(mali, { act: 'approve', ids: [next] })), (await act(somsak, { act: 'approve', ids: [next] })).done]).toEqual([['review/not-yours'], 1])
    await set(pricha, { approves: 'tambon', counts: 'approved' })
    expect((await preview('')).versions.map(({ version, ladder: { counts }, byName }) => [version, counts, byName])).toEqual([[3, 'approved', 'pricha'], [2, 'approved', 'pricha'], [1, 'verified', 'pricha']])
  })
})
