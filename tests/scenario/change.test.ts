import { beforeAll, describe, expect, test } from 'vitest'
import type pg from 'pg'
import type { ChangePlan, PlaceChangeDetail, Preview } from '../../domain/change/change.ts'
import { listGrantsHeld } from '../../server/access/read.held.ts'
import { readAs, SYSTEM } from '../../server/db/scope.ts'
import { follow } from '../../server/publication/jobs.ts'
import { checkFigures } from '../../server/publication/read.check.ts'
import { box, DAY, differencesOf, type Dump, furnishedDemo, HOME, listShared, PART, REASON, split, village } from '../setup/changing.ts'
import { dumpPlaces } from '../setup/dump.ts'
import { serverFor, somebody } from '../setup/as.ts'
import type { Fresh } from '../setup/fresh.ts'

const DISTRICT = 'TH5807'
const admin = somebody('administrator', 'TH'), elsewhere = somebody('administrator', 'TH50')
let database: Fresh, before: Dump, owner: pg.Client, served: Awaited<ReturnType<typeof serverFor>>

beforeAll(async () => {
  const demo = await furnishedDemo()
  database = demo.database
  owner = demo.owner
  served = await serverFor(database)
  await settled()
  before = await dumpPlaces(owner)
})

const settled = async () => { while (await follow(database.app) !== 0); }
const checked = () => readAs(database.app, SYSTEM, checkFigures)
const count = async (table: string, where: string) => (await owner.query(`select count(*)::int as n from ${table} where ${where}`)).rows[0].n as number

async function post<T>(path: string, body: unknown, viewer = admin): Promise<{ status: number; body: T & { code?: string; detail?: string } }> {
  const reply = await served.server.inject({ method: 'POST', url: `/api/place-changes${path}`, headers: served.as(viewer), payload: body as object })
  return { status: reply.statusCode, body: reply.json() }
}
const preview = async (plan: ChangePlan) => (await post<Preview>('/preview', { plan })).body
async function done(plan: ChangePlan): Promise<string> {
  const { seen } = await preview(plan), { status, body } = await post<{ id: string }>('', { plan, seen })
  expect([status, body.detail]).toEqual([200, undefined])
  return body.id
}

const expectAsBefore = async () => expect(differencesOf(before, await dumpPlaces(owner))).toEqual({})

describe('a tambon is split by its villages', () => {
  let id: string

  test('what would follow is told before anything is done, and nothing is', async () => {
    const told = await preview(split)
    expect(told.begins.map(({ code }) => code)).toEqual([PART, ...[5, 6, 7].map(n => village(n, PART))])
    expect(told.ends.map(({ code, name }) => `${code} ${name.th}`)).toEqual(['TH58070305 บ้านเมืองแพม', 'TH58070306 บ้านห้วยแห้ง', 'TH58070307 บ้านแอลา'])
    expect(told.moves.map(({ from, to }) => `${from} ${to}`)).toEqual([5, 6, 7].map(n => `${village(n)} ${village(n, PART)}`))
    for (const n of [5, 6, 7]) expect(told.rows.find(row => row.what === 'core.record.area_code' && row.from === village(n)), village(n)).toEqual({ what: 'core.record.area_code', from: village(n), to: village(n, PART), count: await count('core.record', `area_code = '${village(n)}'`) })
    expect(told.rows).toContainEqual({ what: 'core.target.area_code', from: null, to: PART, count: 1 })
    expect(told.rows).toContainEqual({ what: 'access.phone.area_code', from: village(6), to: village(6, PART), count: 1 })
    expect(told.grants.follow).toBeGreaterThan(0)
    expect(told.figures).toBeGreaterThan(0)
    await expectAsBefore()
    expect((await preview(split)).seen).toBe(told.seen)
  })

  test('who holds nothing there, or did not see what follows, changes nothing', async () => {
    const { seen } = await preview(split)
    expect((await post('', { plan: split, seen }, elsewhere)).body.code).toBe('access/no-right')
    expect((await post('', { plan: split, seen: 'x'.repeat(64) })).body.code).toBe('change/otherwise')
    expect((await post('/preview', { plan: { ...split, area: 'TH58' } })).status).toBeGreaterThanOrEqual(400)
    await expectAsBefore()
  })

  test('every table has it, counts and figures follow, and the record’s own history says so', async () => {
    const records = await count('core.record', `area_code like '${HOME}%'`), moving = await count('core.record', `area_code in ('${[5, 6, 7].map(n => village(n)).join("','")}')`)
    id = await done(split)
    expect(moving).toBeGreaterThan(3)
    expect([await count('core.record', `area_code like '${PART}%'`), await count('core.record', `area_code like '${HOME}%'`)]).toEqual([moving, records - moving])
    for (const table of ['core.record', 'core.record_row', 'core.national_id', 'core.flag', 'raw.act', 'core.duplicate_turn', 'access.phone', 'access.glass']) expect(await count(table, `area_code in ('${[5, 6, 7].map(n => village(n)).join("','")}')`), table).toBe(0)
    expect(await count('raw.act a join core.record r on r.id = a.record_id', 'r.area_code <> a.area_code')).toBe(0)
    expect(await count('raw.submission s join raw.act a using (instance_id, dataset_id)', `s.area_code <> a.area_code and a.area_code like '${PART}%'`)).toBe(0)
    const { rows: [act] } = await owner.query(`select a.reason, r.acts, (select count(*)::int from raw.act b where b.record_id = r.id) as n from raw.act a join core.record r on r.id = a.record_id where a.kind = 'recode' and a.area_code = '${village(5, PART)}' limit 1`)
    expect(act).toEqual({ reason: `${village(5)} → ${village(5, PART)}: ${REASON}`, acts: act.n, n: act.n })
    const { rows: targets } = await owner.query(`select area_code, expected from core.target where dataset_id = 'attraction' and area_code like '${DISTRICT}%' order by 1`)
    expect(targets).toEqual([{ area_code: HOME, expected: 61 }, { area_code: 'TH580704', expected: 7 }, { area_code: PART, expected: 40 }, { area_code: village(5, PART), expected: 9 }])
    expect((await owner.query(`select areas from team.invite where area_code = '${HOME}' and hash = 'h'`)).rows).toEqual([{ areas: [HOME, PART] }])
    for (const [name, { there, part }] of Object.entries(await listShared(owner))) expect([part, part.length], name).toEqual([there, expect.toSatisfy((n: number) => n > 0)])
    expect([await count('core.dataset', `id = 'own_things'`), await count('core.form', `dataset_id = 'own_things' and area_code = '${HOME}'`)], 'a dataset of its own is one').toEqual([1, 1])
    await settled()
    expect((await checked()).different).toBe(0)
    expect(await count('open.figure', `source_id like 'dataset-%' and area_code like '${PART}%'`)).toBeGreaterThan(0)
    expect(await count('audit.line', `action = 'place.change' and area_code = '${DISTRICT}'`)).toBe(1)
  })

  test('figures of files stay as they were, and are shared out on the places as they are now', async () => {
    const values = async (asOf: string) => ((await served.ask(`/figures?indicator=poor&level=tambon&area=${DISTRICT}&period=2018&asOf=${asOf}`, admin)).json() as { values: { area: string; value: number | null; status: string }[] }).values
    const [then, now] = [new Map((await values('then')).map(row => [row.area, row])), new Map((await values('now')).map(row => [row.area, row]))]
    const { rows } = await owner.query(`select numerator from open.figure where area_code = '${HOME}' and period = '2018' and indicator_id = 'poor'`)
    if (rows.length > 0) {
      expect(then.get(HOME)?.value).toBe(rows[0].numerator)
      expect([now.get(HOME)?.value, now.get(PART)?.value]).toEqual([expect.closeTo(rows[0].numerator * 0.6, 6), expect.closeTo(rows[0].numerator * 0.4, 6)])
    }
    const population = async (area: string) => (await (await served.ask(`/figures?indicator=registered-population&area=${area}&asOf=now`, admin)).json() as { values: { value: number | null; status: string }[] }).values[0]
    const whole = (await owner.query(`select numerator from open.figure where area_code = '${HOME}' and indicator_id = 'registered-population' order by period desc limit 1`)).rows[0]?.numerator as number
    expect(await population(PART)).toMatchObject({ value: expect.closeTo(whole * 0.4, 4), status: 'estimated' })
  })

  test('who answered for the whole answers for both parts', async () => {
    const { rows } = await owner.query(`select distinct person_id from access.grant where area_code = '${HOME}' and ended_at is null and role = 'tambon-integrator'`)
    expect(rows.length).toBeGreaterThan(0)
    const held = await readAs(database.app, SYSTEM, tx => listGrantsHeld(tx, rows[0].person_id))
    expect(held.map(({ area }) => area)).toEqual(expect.arrayContaining([HOME, PART]))
  })

  test('what came to a new place since stands against taking it back, and is told; without it everything is as it was', async () => {
    await owner.query(`insert into core.target (area_code, dataset_id, expected, set_by, set_by_name) values ('${village(6, PART)}', 'attraction', 3, gen_random_uuid(), 'x')`)
    const detail = (await served.ask(`/place-changes/${id}`, admin)).json() as PlaceChangeDetail
    expect(detail.hindrances.map(({ en }) => en)).toEqual(['targets that were set since: 1', 'targets that came to the new places: 1'])
    expect((await post(`/${id}/undo`, {})).body).toMatchObject({ code: 'change/hindered' })
    await owner.query(`delete from core.target where area_code = '${village(6, PART)}'`)
    expect((await post(`/${id}/undo`, {})).status).toBe(200)
    await settled()
    expect((await checked()).different).toBe(0)
    await expectAsBefore()
    expect((await post(`/${id}/undo`, {})).body.code).toBe('change/undone')
    expect(await count('audit.line', `action = 'place.undo'`)).toBe(1)
  })
})

const others: [string, ChangePlan, () => Promise<void>][] = [
  ['a tambon gets another name', { kind: 'rename', area: HOME, name: { th: 'ถ้ำน้ำลอด', en: 'Tham Nam Lot' }, day: DAY, reason: REASON } as never, async () => {
    expect((await owner.query(`select name_th from core.area where code = '${HOME}'`)).rows).toEqual([{ name_th: 'ถ้ำน้ำลอด' }])
    for (const q of ['ถ้ำน้ำลอด', 'ถ้ำลอด']) expect(((await served.ask(`/areas?q=${encodeURIComponent(q)}&parent=${DISTRICT}`)).json() as { items: { code: string }[] }).items.map(({ code }) => code), q).toContain(HOME)
  }],
  ['a tambon moves to another district', { kind: 'move', area: HOME, code: 'TH580650', day: DAY, reason: REASON } as never, async () => {
    expect([await count('core.record', `area_code like '${HOME}%'`), await count('core.form', `area_code = '${HOME}'`), await count('core.form_file', `area_code = 'TH580650'`)]).toEqual([0, 0, 1])
    expect((await owner.query(`select count(*)::int as n from core.area where code like 'TH580650%'`)).rows).toEqual([{ n: 8 }])
    const { rows: [shape] } = await owner.query(`select topology from core.boundary where area_code = 'TH58' and level = 'tambon'`)
    expect(shape.topology.length).toBeGreaterThan(0)
    expect(((await served.ask('/areas/at?lat=19.5619&lon=98.30544')).json() as { items: { code: string }[] }).items[0]?.code).toBe('TH580650')
  }],
  ['two tambons become one, whose villages get free numbers and whose targets are added up', { kind: 'merge', areas: ['TH580704', HOME], code: 'TH580704', name: { th: 'นาปู่ป้อม', en: 'Na Pu Pom' }, day: DAY, reason: REASON } as never, async () => {
    expect((await owner.query(`select area_code, expected from core.target where dataset_id = 'attraction' and area_code like 'TH580704' or area_code = '${HOME}'`)).rows).toEqual([{ area_code: 'TH580704', expected: 108 }])
    expect(await count('core.record', `area_code like '${HOME}%'`)).toBe(0)
    expect(await count('dataset.draft', `area_code = '${HOME}'`), 'there is one already').toBe(1)
  }],
  ['a tambon becomes two others, and what belongs to the whole goes on in one of them', { ...split, heir: 'TH580706', parts: split.parts.map((part, i) => ({ ...part, code: i === 0 ? 'TH580706' : PART })) } as never, async () => {
    expect((await owner.query(`select area_code, expected from core.target where dataset_id = 'attraction' and area_code = any('{${HOME},${PART},TH580706}') order by 1`)).rows).toEqual([{ area_code: PART, expected: 40 }, { area_code: 'TH580706', expected: 61 }])
    expect((await owner.query(`select valid_until from core.area where code = '${HOME}'`)).rows).toEqual([{ valid_until: expect.anything() }])
    expect([await count('core.record', `area_code like '${HOME}%'`), await count('core.form', `area_code = 'TH580706'`)]).toEqual([0, 2])
  }],
  ['a village is divided, and each half gets a number', { kind: 'split', area: village(5), heir: village(5), day: DAY, reason: REASON, parts: [{ code: village(5), name: { th: 'เมืองแพมเหนือ', en: '' }, share: 0.5, children: [], outline: null }, { code: village(8), name: { th: 'เมืองแพมใต้', en: '' }, share: 0.5, children: [], outline: null }] } as never, async () => {
    expect(await count('core.area', `code = '${village(8)}' and valid_from = '${DAY}'`)).toBe(1)
  }],
  ['the parts of a tambon have outlines, and records without a village go where their point lies', { ...split, parts: split.parts.map((part, i) => ({ ...part, children: i === 0 ? [1, 2, 3, 4, 5, 6, 7].map(n => village(n)) : [], outline: { type: 'Polygon', coordinates: [i === 0 ? box(97, 98.29) : box(98.29, 99)] } })) } as never, async () => {
    const { rows } = await owner.query(`select area_code, lon from core.record where area_code in ('${HOME}', '${PART}') and lon is not null`)
    for (const { area_code, lon } of rows) expect(area_code).toBe(lon < 98.29 ? HOME : PART)
    expect(((await served.ask('/areas/at?lat=19.5619&lon=98.30544')).json() as { items: { code: string }[] }).items[0]?.code).toBe(PART)
  }],
  ['a district is split, and its tambons go along with all that is theirs', { kind: 'split', area: DISTRICT, heir: DISTRICT, day: DAY, reason: REASON, parts: [[DISTRICT, 'ปางมะผ้า', [1, 2]], ['TH5808', 'ถ้ำลอด', [3, 4]]].map(([code, th, numbers]) => ({ code, name: { th, en: '' }, share: 0.5, outline: null, children: (numbers as number[]).map(n => `${DISTRICT}0${n}`) })) } as never, async () => {
    expect([await count('core.record', `area_code like '${HOME}%'`), await count('core.form', `area_code = 'TH580803' and dataset_id = 'attraction'`), await count('core.target', `area_code = 'TH580803'`)]).toEqual([0, 1, 1])
    expect(await count('core.area', `code like 'TH580803%' and parent_code = left(code, -2)`)).toBe(8)
    expect(((await served.ask('/areas/at?lat=19.5619&lon=98.30544')).json() as { items: { code: string }[] }).items.map(({ code }) => code)).toContain('TH580803')
    const { rows: [mali] } = await owner.query(`select person_id from access.grant where area_code = '${HOME}' and ended_at is null and role = 'tambon-integrator'`)
    expect((await readAs(database.app, SYSTEM, tx => listGrantsHeld(tx, mali.person_id))).map(({ area }) => area)).toContain('TH580803')
  }],
  ['two districts become one, whose tambons get free numbers', { kind: 'merge', areas: ['TH5806', DISTRICT], code: 'TH5806', name: { th: 'สบเมย', en: 'Sop Moei' }, day: DAY, reason: REASON } as never, async () => {
    expect([await count('core.area', `code like '${DISTRICT}%' and valid_until is null`), await count('core.record', `area_code like '${DISTRICT}%'`)]).toEqual([0, 0])
    expect(await count('core.record r join core.area a on a.code = r.area_code', `a.code like 'TH5806%' and a.valid_until is null and r.dataset_id = 'attraction'`)).toBeGreaterThan(3)
  }],
  ['a district moves to another province', { kind: 'move', area: DISTRICT, code: 'TH5030', day: DAY, reason: REASON } as never, async () => {
    expect([await count('core.record', `area_code like '${DISTRICT}%'`), await count('core.area', `code like 'TH503003%'`)]).toEqual([0, 8])
  }],
]

test.each(others)('%s; taken back, everything is as it was', async (_, plan, look) => {
  const id = await done(plan)
  await settled()
  expect((await checked()).different).toBe(0)
  await look()
  expect((await post(`/${id}/undo`, {})).body.detail).toBeUndefined()
  await settled()
  expect((await checked()).different).toBe(0)
  await expectAsBefore()
})

test('a plan that cannot be says why', async () => {
  const code = async (change: object) => (await post('/preview', { plan: { ...split, ...change } })).body.code
  const [first, second] = split.parts as [object, object]
  expect(await code({ day: '2099-01-01' })).toBe('change/future')
  expect(await code({ heir: 'TH580704' })).toBe('change/heir')
  expect(await code({ parts: [first, { ...second, share: 0.5 }] })).toBe('change/shares')
  expect(await code({ parts: [first, { ...second, children: [village(5)] }] })).toBe('change/unplaced')
  expect(await code({ parts: [first, { ...second, children: [5, 6, 7, 1].map(n => village(n)) }] })).toBe('change/twice')
  expect(await code({ parts: [first, { ...second, code: 'TH580704' }] })).toBe('change/taken')
  expect(await code({ parts: [first, { ...second, code: 'TH580799' }] })).toBe('change/level')
  expect(await code({ parts: [first, { ...second, children: [5, 6, 7].map(n => village(n)).concat('TH58070401') }] })).toBe('change/foreign')
  expect((await post('/preview', { plan: { kind: 'move', area: HOME, code: 'TH589901', day: DAY, reason: REASON } })).body.code).toBe('change/not-there')
})

