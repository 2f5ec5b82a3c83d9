import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import { messageOf, Telephone, type Offered } from '../setup/telephone.ts'

const HOME = 'TH580703', VILLAGE = 'TH58070301'
/** By which readers wait for one another (server/record/write.map.ts): whoever holds it keeps them out. */
const READING = 7254410
const READ_AGAIN_WITHIN_MS = 40_000

/** Two servers over one database, as behind a proxy. */
let house: Collecting, second: Collecting, integrator: Browser, phone: Telephone, atSecond: Telephone, xform: string, owner: pg.Client

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  second = await startCollecting(house.database)
  phone = await telephoneOf(house, await signedIn(house, { userName: 'buala', role: 'collector', areas: [HOME] }), [HOME])
  atSecond = new Telephone(`${second.address}${new URL(phone.base).pathname}`)
  integrator = await signedIn(house, { userName: 'thongdi', role: 'tambon-integrator', areas: [HOME] })
  xform = (await phone.download((await phone.listForms()).find(form => form.id === 'attraction') as Offered)).xform
  owner = new pg.Client({ connectionString: house.database.url })
  await owner.connect()
})
afterAll(() => owner.end())

type Options = Parameters<typeof fillIn>[2]
const cave = (title: string, more: Record<string, string> = {}, options: Options = {}) =>
  fillIn(xform, { village: VILLAGE, visit_date: '2026-11-26', title, kind: 'cave', status: 'open', not_public: 'no', ...more }, options)
const send = (from: Telephone, xml: string) => from.post(`${from.base}/submission`, xml, [])
const number = async (query: string) => (await owner.query(`select count(*)::int as n from ${query}`)).rows[0].n as number
const recordOf = async (id: string) => (await integrator.get(`/api/records/${id}`)).json()
const stuck = async () => ((await integrator.get('/api/waiting')).json() as { stuck: { instanceId: string; fault: string; say: { en: string } }[] }).stuck

/** Nothing with this word in its title can be kept in a table, until the shelf is mended. */
async function breakShelf(table: string, word: string, code = 'P0001', also = ''): Promise<() => Promise<unknown>> {
  await owner.query(`create function public.broken() returns trigger language plpgsql as $$
    begin ${also} if new::text like '%${word}%' then raise exception 'the shelf is broken' using errcode = '${code}'; end if; return new; end $$;
    create trigger broken before insert on ${table} for each row execute function public.broken()`)
  return () => owner.query('drop function public.broken cascade')
}

test('fifty times at once through two servers is one record, and every one of the fifty is thanked', async () => {
  const { xml, instanceId } = cave('ห้าสิบครั้ง')
  const heard = await Promise.all(Array.from({ length: 50 }, (_, i) => send(i % 2 ? phone : atSecond, xml)))
  expect(heard.map(one => one.status)).toEqual(Array(50).fill(201))
  await untilRead(house)
  expect((await recordOf(instanceId.slice(5))).record.versions).toBe(1)
  expect(await number(`audit.line where action = 'record.submit' and target = '${instanceId}'`)).toBe(1)
})

test('two servers read what waits, each thing once, and in the order in which it came', async () => {
  const id = randomUUID(), entity = `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="attraction" id="${id}" create="1" update="1"><label>x</label></entity>`
  await owner.query('select pg_advisory_lock($1)', [READING])
  for (let visit = 1; visit <= 5; visit++) await send(visit % 2 ? phone : atSecond, cave(`ครั้งที่ ${visit}`, {}, { entity }).xml)
  await Promise.all(Array.from({ length: 240 }, (_, i) => send(i % 2 ? phone : atSecond, cave('รออ่าน').xml)))
  expect(await number('raw.waiting')).toBeGreaterThanOrEqual(245)
  await owner.query('select pg_advisory_unlock($1)', [READING])
  await Promise.all([send(phone, cave('ปลุก').xml), send(atSecond, cave('ปลุก').xml)])
  await untilRead(house)
  expect(await number(`core.record where open ->> 'title' = 'รออ่าน' and versions = 1`)).toBe(240)
  expect(await number('(select from raw.act group by instance_id having count(*) > 1) twice')).toBe(0)
  expect((await recordOf(id)).record).toMatchObject({ versions: 5, values: { title: 'ครั้งที่ 5' } })
})

test('of what arrives together one cannot be kept: the others are, it is refused with a sentence, and is kept once the cause is gone', async () => {
  await owner.query('create sequence public.tried; grant usage on public.tried to public')
  const mend = await breakShelf('raw.submission', 'เสียใบเดียว', 'P0001', `perform nextval('public.tried');`)
  const all = Array.from({ length: 40 }, (_, i) => cave(i === 17 ? 'เสียใบเดียว' : 'มาด้วยกัน')), bad = all[17] as (typeof all)[number]
  await owner.query('begin')
  await owner.query('lock table raw.submission in exclusive mode')
  const sending = all.map(async ({ xml }, i) => { if (i > 1) await wait(300); return send(phone, xml) })
  await wait(1500)
  await owner.query('commit')
  const heard = await Promise.all(sending)
  expect(heard.map(one => one.status)).toEqual(all.map(one => one === bad ? 500 : 201))
  expect(messageOf(heard[17] as (typeof heard)[number])).toMatch(/[ก-๙]{5}/)
  // the two first went alone while the others gathered; these were tried together, and then each by itself
  expect(await number(`public.tried where last_value > ${all.length}`)).toBe(1)
  expect(await number(`raw.submission where instance_id = '${bad.instanceId}'`)).toBe(0)
  await mend()
  expect((await send(phone, bad.xml)).status).toBe(201)
  await untilRead(house)
  expect(await number(`core.record where open ->> 'title' in ('เสียใบเดียว', 'มาด้วยกัน')`)).toBe(40)
})

test('what cannot be read holds up nobody, says why, and is read by itself once the cause is gone, before what changes it', async () => {
  const mend = await breakShelf('core.record', 'อ่านไม่ได้')
  const id = randomUUID(), entity = (how: string) => ({ entity: `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="attraction" id="${id}" ${how}><label>x</label></entity>` })
  const bad = cave('อ่านไม่ได้'), edit = cave('แก้แล้ว', {}, { deprecatedId: bad.instanceId }), first = cave('อ่านไม่ได้ครั้งแรก', { condition: 'good' }, entity('create="1"'))
  await owner.query('select pg_advisory_lock($1)', [READING])
  for (const { xml } of [bad, first, ...Array.from({ length: 120 }, () => cave('ไม่ต้องรอ'))]) expect((await send(phone, xml)).status).toBe(201)
  await owner.query('select pg_advisory_unlock($1)', [READING])
  await send(atSecond, cave('ไม่ต้องรอ').xml)
  await untilRead(house)
  expect(await number(`core.record where open ->> 'title' = 'ไม่ต้องรอ'`)).toBe(121)
  expect((await stuck()).map(one => `${one.instanceId} ${one.fault}`)).toEqual([`${bad.instanceId} the shelf is broken`, `${first.instanceId} the shelf is broken`])
  expect((await integrator.get(`/api/records/${bad.instanceId.slice(5)}`)).statusCode).toBe(404)
  const again = cave('แก้แล้วแก้อีก', {}, { deprecatedId: edit.instanceId }), later = cave('ครั้งหลัง', { status: 'closed' }, entity('update="1" baseVersion="1"'))
  for (const { xml } of [edit, again, later]) expect((await send(phone, xml)).status).toBe(201)
  await untilRead(house)
  expect((await stuck()).map(one => one.say.en.split('.')[0])).toEqual([...Array(2).fill('The program failed to read it'), ...Array(3).fill('It waits for an earlier one of the same record, which cannot be read yet')])
  expect((await stuck()).slice(2).map(one => `${one.instanceId} ${one.fault}`)).toEqual([[edit, bad], [again, edit], [later, first]].map(([one, before]) => `${one?.instanceId} waits for ${before?.instanceId}, which cannot be read yet`))
  await mend()
  for (const until = Date.now() + READ_AGAIN_WITHIN_MS; await number('raw.waiting') > 0 && Date.now() < until;) await wait(250)
  expect([await stuck(), await number('raw.waiting')]).toEqual([[], 0])
  expect((await recordOf(bad.instanceId.slice(5))).record).toMatchObject({ versions: 3, values: { title: 'แก้แล้วแก้อีก' } })
  expect((await recordOf(id)).record).toMatchObject({ versions: 2, values: { title: 'ครั้งหลัง', status: 'closed', condition: 'good' } })
}, 90_000)

test('a form that could not be looked up for a moment is looked up again at once', async () => {
  const fresh = await startCollecting(house.database), late = new Telephone(`${fresh.address}${new URL(phone.base).pathname}`)
  await owner.query('revoke select on open.form from rakkaeo_public')
  expect((await send(late, cave('สะดุด').xml)).status).toBe(500)
  await owner.query('grant select on open.form to rakkaeo_public')
  expect((await send(late, cave('สะดุด').xml)).status).toBe(201)
})
