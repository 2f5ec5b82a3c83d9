import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Board, RoundOutcome } from '../../domain/board/board.ts'
import { readAs, SYSTEM, writeAs } from '../../server/db/scope.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { listNotes, type Browser } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', NEXT = 'TH580702', FAR = 'TH580102', DISTRICT = 'TH5807'
let house: Collecting, phone: Telephone, xform: string
const people = {} as Record<'khamkaeo' | 'mali' | 'somsak' | 'wilaiphon' | 'klai', Browser>

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  people.khamkaeo = await signedIn(house, { userName: 'khamkaeo', name: 'คำแก้ว', role: 'collector', areas: [HOME, NEXT] })
  people.mali = await signedIn(house, { userName: 'mali', role: 'tambon-integrator', areas: [HOME] })
  people.somsak = await signedIn(house, { userName: 'somsak', role: 'provincial-integrator', areas: ['TH58'] })
  people.wilaiphon = await signedIn(house, { userName: 'wilaiphon', role: 'national-integrator', areas: ['TH'] })
  people.klai = await signedIn(house, { userName: 'klai', role: 'tambon-integrator', areas: [FAR] })
  phone = await telephoneOf(house, people.khamkaeo, [HOME, NEXT])
  const form = (await phone.listForms()).find(({ id }) => id === 'attraction')
  xform = (await phone.download(form as never)).xform
})

async function cave(given: Given = {}): Promise<string> {
  const id = randomUUID(), entity = `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="attraction" id="${id}" create="1"><label>x</label></entity>`
  const said = { village: `${HOME}01`, visit_date: '2026-11-20', title: 'ถ้ำปลา', kind: 'cave', status: 'open', not_public: 'no', condition: 'good', position: '19.5658 98.2774 0 5', ...given }
  expect((await phone.submit(fillIn(xform, said, { entity }).xml)).status).toBe(201)
  await untilRead(house)
  return id
}
const board = async (who: Browser, query = '') => (await who.get(`/api/board?dataset=attraction${query}`)).json() as Board
const act = (who: Browser, body: object) => who.post('/api/datasets/attraction/acts', body)
const row = ({ rows }: Board, key: string) => rows.find(each => each.key === key)
const makeRound = async (who: Browser, body: object) => (await who.post('/api/rounds', { dataset: 'attraction', area: 'TH58', name: { th: 'รอบปลายปี', en: 'End of the year' }, from: '2026-11-01', until: '2026-11-30', ...body })).json() as { id: string; code?: string }

describe('the board of a place', () => {
  test('has a row for every village, those from which nothing came first, and counts what stands by how far it is', async () => {
    const [one, two] = [await cave(), await cave(), await cave({ village: `${HOME}02` })]
    await act(people.mali, { act: 'approve', ids: [one] })
    await act(people.mali, { act: 'return', ids: [two], reason: 'ขอภาพ' })
    const { area, by, rows, total } = await board(people.mali)
    expect([area, by, rows.length > 5, rows[0]?.attention, rows[0]?.numbers.arrived]).toEqual([HOME, 'village', true, 'never', 0])
    expect(rows.find(({ key }) => key === `${HOME}01`)?.numbers).toMatchObject({ arrived: 2, received: 0, returned: 1, approved: 1, locked: 0, faults: 0, last: expect.any(String) })
    expect([rows.find(({ key }) => key === `${HOME}01`)?.attention, total.numbers.arrived, total.expected]).toEqual(['returned', 3, null])
    expect(row(await board(people.somsak, '&by=tambon'), HOME)?.numbers).toEqual(total.numbers)
    expect(row(await board(people.somsak), DISTRICT)?.numbers).toEqual(total.numbers)
    expect(row(await board(people.wilaiphon), 'TH58')?.numbers).toEqual(total.numbers)
  })

  test('shows nobody what lies elsewhere: another tambon has its own rows and no number of these', async () => {
    const far = await board(people.klai)
    expect([far.area, far.total.numbers.arrived, far.rows.every(({ key }) => key.startsWith(FAR))]).toEqual([FAR, 0, true])
    expect((await people.klai.get(`/api/board?area=${HOME}`)).statusCode).toBe(404)
  })

  test('names those who collect to whoever looks after them, and leaves a line', async () => {
    const { rows } = (await people.mali.get('/api/board/people?dataset=attraction')).json() as Board
    expect(rows).toContainEqual(expect.objectContaining({ name: { th: 'คำแก้ว', en: 'คำแก้ว' }, numbers: expect.objectContaining({ arrived: 3 }) }))
    expect((await people.khamkaeo.get('/api/board/people')).statusCode).toBe(403)
    expect((await board(people.khamkaeo, '&by=person')).by).not.toBe('person')
    expect(await listNotes(house.database)).toContain('person.list')
  })

  test('by university: a team has what lies in its tambons in sight, and opens into them', async () => {
    const team = (await people.somsak.post('/api/teams', { name: { th: 'ทีมถ้ำ', en: 'Caves' }, university: { th: 'มหาวิทยาลัยตัวอย่าง', en: 'Example University' }, areas: [HOME, FAR] })).json() as { id: string }
    const { rows } = await board(people.somsak, '&by=team')
    expect(rows).toMatchObject([{ key: team.id, name: { en: 'Example University · Caves' }, numbers: { arrived: 3, approved: 1 } }])
    expect((await board(people.somsak, `&by=tambon&team=${team.id}`)).rows.map(({ key }) => key).sort()).toEqual([FAR, HOME])
    expect((await board(people.klai, '&by=team')).rows).toMatchObject([{ key: team.id, numbers: { arrived: 0 } }])
  })

  test('what is expected: a target before the round before before the register, always told which, else nothing', async () => {
    const { somsak, mali, wilaiphon } = people
    const [last, now] = [await makeRound(somsak, { name: { th: 'รอบแรก', en: 'First' }, from: '2026-11-01', until: '2026-11-25' }), await makeRound(somsak, { name: { th: 'รอบสอง', en: 'Second' }, from: '2026-11-26', until: '2026-12-31' })]
    expect(await makeRound(somsak, { from: '2026-12-31', until: '2027-01-31' })).toMatchObject({ code: 'round/overlaps' })
    expect(await makeRound(mali, { area: HOME })).toMatchObject({ code: 'access/no-right' })
    expect(await makeRound(wilaiphon, { area: DISTRICT })).toMatchObject({ code: 'round/level' })
    const inRound = await board(mali, `&round=${now.id}`)
    expect([inRound.total.expected, inRound.total.numbers.arrived, row(inRound, `${HOME}02`)?.expected]).toMatchObject([{ count: 1, from: 'round', say: { en: 'what counted in First' } }, 0, null])
    const set = (who: Browser, targets: object[]) => who.ask('PUT', '/api/board/targets', { dataset: 'attraction', round: now.id, targets })
    expect((await set(mali, [{ area: HOME, expected: 9 }])).statusCode).toBe(403)
    expect((await set(somsak, [{ area: `${HOME}01`, expected: 4 }, { area: `${HOME}02`, expected: 6 }])).json()).toEqual({ set: 2 })
    const targeted = await board(mali, `&round=${now.id}`)
    expect([row(targeted, `${HOME}02`)?.expected, targeted.total.expected]).toMatchObject([{ count: 6, from: 'target' }, { count: 10, from: 'targets', of: 2 }])
    expect(row(await board(somsak, `&round=${now.id}&by=tambon`), HOME)?.expected).toMatchObject({ count: 10, from: 'targets' })
    expect((await set(somsak, [{ area: `${HOME}02`, expected: null }])).json()).toEqual({ set: 0 })
    expect((await board(mali, `&round=${now.id}`)).total.expected).toMatchObject({ count: 4, of: 1 })
    const households = (await mali.get('/api/board?dataset=household')).json() as Board, registered = (await mali.get(`/api/figures?indicator=registered-houses&area=${HOME}`)).json() as { values: { value: number }[] }
    expect(households.total.expected).toMatchObject({ count: registered.values[0]?.value, from: 'register' })
    expect((await somsak.get(`/api/board?round=${last.id}`)).json()).toMatchObject({ dataset: 'attraction', total: { numbers: { arrived: 3 } } })
  })

  test('a round is locked by the province: first what cannot be and why, then what is ready; and opened again with a reason', async () => {
    const { somsak, mali } = people, [round] = ((await somsak.get('/api/rounds?dataset=attraction')).json() as { items: { id: string; name: { en: string } }[] }).items.filter(({ name }) => name.en === 'First')
    const lock = async (who: Browser, body: object) => (await who.post(`/api/rounds/${round?.id}/lock`, { area: 'TH58', ...body })).json() as RoundOutcome
    expect(await lock(mali, { area: HOME })).toMatchObject({ code: 'access/no-right' })
    expect(await lock(somsak, { preview: true })).toMatchObject({ done: 1, remaining: 2, reasons: [{ code: 'review/not-now', count: 1 }, { code: 'review/not-now', count: 1 }] })
    expect(await lock(somsak, {})).toMatchObject({ done: 0, remaining: 2 })
    expect((await board(somsak)).total.numbers.locked).toBe(0)
    expect(await lock(somsak, { mode: 'good' })).toMatchObject({ done: 1, remaining: 2 })
    expect(await lock(somsak, { mode: 'good' })).toMatchObject({ code: 'round/is-locked' })
    expect((await board(mali)).total.numbers).toMatchObject({ locked: 1, approved: 1 })
    expect((await somsak.post(`/api/rounds/${round?.id}/open`, { area: 'TH58', reason: 'ชื่อผิดทั้งตำบล' })).json()).toMatchObject({ done: 1 })
    expect((await board(mali)).total.numbers).toMatchObject({ locked: 0, received: 2 })
    const { items } = (await somsak.get('/api/rounds')).json() as { items: { id: string; locks: object[] }[] }
    expect(items.find(({ id }) => id === round?.id)?.locks).toMatchObject([{ area: 'TH58', byName: 'somsak', records: 1, remaining: 2, opened: { byName: 'somsak', reason: 'ชื่อผิดทั้งตำบล' } }])
    expect((await listNotes(house.database)).filter(line => /^(round|target)\./.test(line))).toEqual(['round.make', 'round.make', 'target.set', 'target.set', 'target.set', 'round.lock', 'round.open (ชื่อผิดทั้งตำบล)'])
  })

  test('what waits longer than the ladder of its dataset allows is late: to review, or returned and not corrected', async () => {
    const { mali } = people, listed = async (query: string) => ((await mali.get(`/api/datasets/attraction/records?limit=200&area=${HOME}03${query}`)).json() as { items: { id: string }[] }).items.map(({ id }) => id).sort()
    const [old, fresh, returned, done] = [await cave({ village: `${HOME}03` }), await cave({ village: `${HOME}03` }), await cave({ village: `${HOME}03` }), await cave({ village: `${HOME}03` })]
    await act(mali, { act: 'return', ids: [returned], reason: 'ขอภาพ' })
    await act(mali, { act: 'approve', ids: [done] })
    await writeAs(house.database.app, SYSTEM, tx => sql`update core.record set acted_at = now() - interval '15 days' where area_code >= 'TH' and id = any(${[old, returned, done]}::uuid[])`.execute(tx))
    expect(await listed('&only=late')).toEqual([old, returned].sort())
    expect(((await mali.get(`/api/review/counts?area=${HOME}03`)).json() as { items: object[] }).items).toMatchObject([{ dataset: 'attraction', late: 2, conflicts: 0 }])
    expect(await listed('&only=affirmed')).toEqual([done])
    expect(await listed('')).toContain(fresh)
  })

  test('leaves as CSV and XLSX: what is shown, with its total', async () => {
    const { rows, total } = await board(people.mali), csv = (await people.mali.get('/api/board/file/csv?dataset=attraction')).body.split('\r\n')
    expect([csv.length, csv.at(-2)?.split(',').slice(1, 8)]).toEqual([rows.length + 3, ['รวม', 'total', '', '', String(total.numbers.arrived), String(total.numbers.received), String(total.numbers.returned)]])
    expect((await people.mali.get('/api/board/file/xlsx?dataset=attraction')).rawPayload.subarray(0, 2).toString()).toBe('PK')
  })

  test('its numbers are those of a slow walk over generated records', async () => {
    const states = ['received', 'returned', 'approved', 'verified', 'locked', 'rejected', 'withdrawn'], villages = [`${HOME}01`, `${HOME}03`, `${NEXT}01`, `${FAR}01`]
    const drawn = fc.sample(fc.record({ state: fc.constantFrom(...states), village: fc.constantFrom(...villages), faulty: fc.boolean() }), { numRuns: 120, seed: 58 })
    await writeAs(house.database.app, SYSTEM, tx => sql`
      insert into core.record (area_code, id, dataset_id, state, form_area, version, instance_id, versions, day, made_at, made_by, changed_at, changed_by, open, internal, personal, sensitive, faults)
      select g.village, gen_random_uuid(), 'attraction', g.state, r.form_area, r.version, gen_random_uuid()::text, 1, '2026-11-22', now(), gen_random_uuid(), now(), r.made_by, '{}', '{}', '{}', '{}', case when g.faulty then '[{"key":null}]'::jsonb else '[]' end
      from unnest(${drawn.map(({ village }) => village)}::text[], ${drawn.map(({ state }) => state)}::text[], ${drawn.map(({ faulty }) => faulty)}::boolean[]) g (village, state, faulty)
      cross join (select * from core.record where area_code >= 'TH' limit 1) r`.execute(tx))
    const { rows } = await readAs(house.database.app, SYSTEM, tx => sql<{ area: string; state: string; faulty: boolean; day: string }>`select area_code as area, state, faults <> '[]' as faulty, day from core.record where area_code >= 'TH' and dataset_id = 'attraction'`.execute(tx))
    const walk = (place: string) => rows.filter(({ area, state }) => area.startsWith(place) && !['rejected', 'withdrawn'].includes(state)).reduce((sum, { state, faulty }) => ({
      arrived: sum.arrived + 1, received: sum.received + Number(state === 'received'), returned: sum.returned + Number(state === 'returned'), approved: sum.approved + Number(['approved', 'verified', 'locked'].includes(state)), locked: sum.locked + Number(state === 'locked'), faults: sum.faults + Number(faulty),
    }), { arrived: 0, received: 0, returned: 0, approved: 0, locked: 0, faults: 0 })
    for (const [query, who] of [['', people.somsak], ['&by=tambon', people.somsak], ['', people.mali], [`&area=${DISTRICT}&by=village`, people.wilaiphon]] as const) {
      const shown = await board(who, query)
      for (const { key, numbers } of [...shown.rows, shown.total]) expect([key, { ...numbers, last: null }]).toEqual([key, { ...walk(key), last: null }])
    }
  })
})
