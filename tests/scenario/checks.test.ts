import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import { DatasetId } from '../../domain/base/ids.ts'
import type { checkApi } from '../../domain/check/api.ts'
import { Check } from '../../domain/dataset/dataset.check.ts'
import type { recordApi } from '../../domain/record/api.ts'
import { judgeAgain } from '../../server/check/write.again.ts'
import { countDataset, countNext } from '../../server/check/write.quality.ts'
import { findDataset } from '../../server/dataset/read.ts'
import { SYSTEM, readAs, writeAs } from '../../server/db/scope.ts'
import { outliersOf } from '../../engine/stats/outliers.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', FAR = 'TH580102', WATER = DatasetId.parse('water-source')
type Reply<N extends keyof typeof checkApi> = ReplyOf<(typeof checkApi)[N]>

/** คำแก้ว collects in Tham Lot, มะลิ answers for it, ปรีชา administers the nation, ไกล answers for a tambon far away. */
let house: Collecting, phone: Telephone, xform: string
const people = {} as Record<'khamkaeo' | 'mali' | 'pricha' | 'klai', Browser>

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  people.khamkaeo = await signedIn(house, { userName: 'khamkaeo', role: 'collector', areas: [HOME] })
  people.mali = await signedIn(house, { userName: 'mali', role: 'tambon-integrator', areas: [HOME] })
  people.pricha = await signedIn(house, { userName: 'pricha', role: 'administrator', areas: ['TH'] })
  people.klai = await signedIn(house, { userName: 'klai', role: 'tambon-integrator', areas: [FAR] })
  phone = await telephoneOf(house, people.khamkaeo, [HOME])
  for (const form of await phone.listForms()) if (form.id === WATER) xform = (await phone.download(form)).xform
})

/** What a form asks of any water source. */
const PLAIN = { village: `${HOME}01`, visit_date: '2026-11-26', kind: 'weir', status: 'working', position: '19.5665 98.2781 0 5' }
async function submit(given: Given): Promise<string> {
  const id = randomUUID(), entity = `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="${WATER}" id="${id}" create="1"><label>x</label></entity>`
  const heard = await phone.submit(fillIn(xform, { ...PLAIN, title: 'ฝายบ้านถ้ำลอด', ...given }, { entity }).xml)
  if (heard.status !== 201) throw new Error(heard.body)
  return id
}
const send = async (given: Given) => { const id = await submit(given); await untilRead(house); return id }

const get = async <T>(who: Browser, path: string) => (await who.get(`/api${path}`)).json() as T
const page = (who: Browser, id: string) => get<ReplyOf<typeof recordApi.getRecord>>(who, `/records/${id}`)
const checksOf = async (who: Browser, id: string) => (await page(who, id)).faults.filter(fault => fault.kind === 'check').map(fault => `${fault.check} ${fault.severity}`)
const counts = (who: Browser) => get<Reply<'countChecks'>>(who, `/datasets/${WATER}/checks/counts`)
const newest = async (area: string) => (await get<Reply<'listChecks'>>(people.mali, `/datasets/${WATER}/checks?area=${HOME}`)).sets.find(set => set.area === area)
const ids = async (who: Browser, query: string) => (await get<{ items: { id: string }[] }>(who, `/datasets/${WATER}/records?limit=200&${query}`)).items.map(({ id }) => id)
const count = async () => { const found = await readAs(house.database.app, SYSTEM, tx => findDataset(tx, WATER)); await writeAs(house.database.app, SYSTEM, tx => countDataset(tx, (found ?? never()).dataset)) }
const never = (): never => { throw new Error('no such dataset') }
const errorsIn = async (id: string) => (await page(people.mali, id)).faults.filter(fault => fault.kind !== 'check').map(fault => fault.say.en)
const settle = async () => { while (await judgeAgain(house.database.app, 50) > 0); }
const check = (more: Partial<Check>): Check => ({ id: 'deep', severity: 'error', each: null, expression: '${depth_m} <= 10', about: ['depth_m'], always: false, say: { th: 'ลึกเกินไป', en: 'Too deep.' }, remedy: { th: 'วัดใหม่', en: 'Measure again.' }, on: true, ...more })
const states = async (who: Browser, id: string) => (await who.post(`/api/datasets/${WATER}/acts`, { act: 'approve', ids: [id], preview: true })).json() as { done: number; refused: { code: string }[] }

describe('a record that arrives', () => {
  test('tells which checks it fails, beside the answer; a warning does not keep it from being approved', async () => {
    const id = await send({ price_m3: '150' })
    expect(await checksOf(people.mali, id)).toEqual(['price-likely warning'])
    expect((await page(people.mali, id)).faults.find(fault => fault.check)).toMatchObject({ key: 'price_m3', say: { th: expect.stringContaining('ค่าน้ำเกิน') as string } })
    expect(await ids(people.mali, 'check=price-likely')).toContain(id)
    expect(await ids(people.mali, 'check=ngan-below-4')).not.toContain(id)
    expect((await counts(people.mali)).checks.find(one => one.check === 'price-likely')).toMatchObject({ records: 1, places: [{ area: `${HOME}01`, records: 1 }] })
    expect((await counts(people.klai)).checks).toEqual([])
  })

  test('lies in its tambon, or says so; where it lies near the border it is let pass', async () => {
    expect(await checksOf(people.mali, await send({ position: '19.5665 98.2781 0 5' }))).toEqual([])
    expect(await checksOf(people.mali, await send({ position: '13.7563 100.5018 0 5' }))).toEqual(['point-in-tambon warning'])
  })

  test('is compared with what the house knows of its place', async () => {
    const { rows: [houses] } = await sql<{ n: number }>`select numerator as n from open.figure where area_code = ${HOME} and indicator_id = 'registered-houses' order by period desc limit 1`.execute(house.database.public)
    const known = houses?.n ?? 0
    expect(known).toBeGreaterThan(100)
    expect(await checksOf(people.mali, await send({ households: String(known) }))).toEqual([])
    expect(await checksOf(people.mali, await send({ households: String(known + 1) }))).toEqual(['households-likely warning'])
  })
})

describe('the checks of a dataset', () => {
  test('are tried before they are published; a place adds its own, and all its records are judged again', async () => {
    const deep = await send({ depth_m: '12' }), shallow = await send({ depth_m: '3' })
    const tried = (await people.mali.post(`/api/datasets/${WATER}/checks/trial`, { area: HOME, check: check({}) })).json() as Reply<'tryCheck'>
    expect(tried).toMatchObject({ fails: 1, more: false })
    expect(tried.judged).toBeGreaterThan(5)
    // who may define and sees no records learns nothing of them
    expect((await people.pricha.post(`/api/datasets/${WATER}/checks/trial`, { area: 'TH', check: check({}) })).json()).toMatchObject({ judged: 0, fails: 0 })
    const published = await people.mali.post(`/api/datasets/${WATER}/checks`, { area: HOME, seen: 0, checks: [check({})], limits: {} })
    expect(published.json()).toEqual({ version: 1 })
    await settle()
    expect([await checksOf(people.mali, deep), await checksOf(people.mali, shallow)]).toEqual([['deep error'], []])
    expect((await states(people.mali, deep)).refused.map(({ code }) => code)).toEqual(['review/has-errors'])
    expect(await errorsIn(shallow)).toEqual([])
    expect((await states(people.mali, shallow)).refused).toEqual([])
    expect(await checksOf(people.mali, await send({ depth_m: '11' }))).toEqual(['deep error'])
    await people.mali.post(`/api/datasets/${WATER}/checks`, { area: HOME, seen: 1, checks: [check({ on: false })], limits: {} })
    await settle()
    expect(await checksOf(people.mali, deep)).toEqual([])
    expect((await states(people.mali, deep)).refused).toEqual([])
  })

  test('say what is wrong with one that cannot be; nobody publishes over another, or above their place', async () => {
    const publish = async (who: Browser, body: object) => { const reply = await who.post(`/api/datasets/${WATER}/checks`, { area: HOME, seen: 2, limits: {}, checks: [], ...body }); return `${reply.statusCode} ${(reply.json() as { code?: string }).code}` }
    expect(await publish(people.mali, { checks: [check({ expression: '${no_such} > 1' })] })).toBe('400 check/unknown-question')
    expect(await publish(people.mali, { checks: [check({ id: 'price-likely' })] })).toBe('409 check/twice')
    expect(await publish(people.mali, { seen: 1 })).toBe('409 check/changed')
    expect(await publish(people.mali, { area: 'TH', seen: (await newest('TH'))?.version })).toMatch(/^403 /)
    expect(await publish(people.klai, {})).toMatch(/^403 /)
    expect((await newest(HOME))?.version).toBe(2)
  })
})

describe('what is out of the ordinary', () => {
  test('is flagged as the slow statistic says, with its numbers; somebody sets it aside, and it stays so', async () => {
    const depths = Array.from({ length: 40 }, (_, i) => 1 + (i * 7 % 13) / 4)
    await Promise.all(depths.map(depth => submit({ depth_m: String(depth), position: undefined })))
    const strange = await send({ depth_m: '500', position: undefined })
    await count()
    const { flags, may } = await get<Reply<'listFlags'>>(people.mali, `/records/${strange}/flags`)
    const { rows } = await readAs(house.database.app, SYSTEM, tx => sql<{ id: string; value: number }>`select id, (open ->> 'depth_m')::float8 as value from core.record where area_code >= 'TH' and dataset_id = ${WATER} and open ? 'depth_m'`.execute(tx))
    const slow = outliersOf(rows.map(({ value }) => value), 3.5, 20).map(({ at, score }) => ({ id: rows[at]?.id, score }))
    const { rows: fast } = await readAs(house.database.app, SYSTEM, tx => sql<{ id: string; score: number }>`select record_id as id, (reason ->> 'score')::float8 as score from core.flag where area_code >= 'TH' and dataset_id = ${WATER} and kind = 'outlier' and key = 'depth_m'`.execute(tx))
    const byId = (a: { id?: string | undefined }, b: { id?: string | undefined }) => String(a.id).localeCompare(String(b.id))
    expect(fast.sort(byId).map(({ id, score }) => `${id} ${score.toFixed(2)}`)).toEqual(slow.sort(byId).map(({ id, score }) => `${id} ${score.toFixed(2)}`))
    expect(flags).toMatchObject([{ kind: 'outlier', key: 'depth_m', aside: null, reason: { value: 500 } }])
    expect(may).toBe(true)
    expect(await get(people.klai, `/records/${strange}/flags`)).toMatchObject({ code: 'access/not-there' })
    const aside = (who: Browser, body: object) => who.post(`/api/records/${strange}/flags`, { kind: 'outlier', key: 'depth_m', why: 'บ่อบาดาลลึก', aside: true, ...body })
    expect((await aside(people.khamkaeo, {})).statusCode).toBe(403)
    expect((await aside(people.mali, {})).statusCode).toBe(200)
    await count()
    expect((await get<Reply<'listFlags'>>(people.mali, `/records/${strange}/flags`)).flags).toMatchObject([{ aside: { why: 'บ่อบาดาลลึก' } }])
    expect((await counts(people.mali)).flags).toMatchObject([{ kind: 'outlier', aside: 1 }])
  })
})

describe('how good the records are', () => {
  test('is counted for each place above them, as a slow count says, and told to everybody where there are enough', async () => {
    await sql`update core.check_work set counted_at = '-infinity' where dataset_id = ${WATER}`.execute(house.database.app)
    // by the server's own job, or by this turn
    const isDue = async () => (await sql<{ due: boolean }>`select counted_at = '-infinity' as due from core.check_work where dataset_id = ${WATER}`.execute(house.database.app)).rows[0]?.due
    for (let tries = 0; tries < 400 && await isDue(); tries++) { await countNext(house.database.app, 0); await wait(25) }
    expect(await isDue()).toBe(false)
    const { rows } = await readAs(house.database.app, SYSTEM, tx => sql<{ state: string; asked: number; answered: number; faults: { severity?: string; kind: string }[]; flagged: boolean }>`
      select r.state, r.asked, r.answered, r.faults, exists (select from core.flag f where f.area_code >= 'TH' and f.record_id = r.id and f.aside_at is null) as flagged from core.record r where r.area_code >= 'TH' and dataset_id = ${WATER}`.execute(tx))
    const share = (is: (row: (typeof rows)[number]) => boolean) => Number((rows.filter(is).length / rows.length).toFixed(3)), sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0)
    const expected = {
      completeness: Number((sum(row => row.answered) / sum(row => row.asked)).toFixed(3)), timeliness: 1, plausibility: share(row => !row.flagged), approval: 0,
      consistency: share(row => !row.faults.some(fault => (fault.severity ?? (['required', 'constraint', 'choice', 'type', 'national-id'].includes(fault.kind) ? 'error' : 'warning')) === 'error')),
    }
    for (const area of [HOME, 'TH5807', 'TH58', 'TH']) {
      const { items } = await get<Reply<'listQuality'>>(people.klai, `/quality?area=${area}`)
      expect(items).toMatchObject([{ dataset: WATER, records: rows.length, parts: expected }])
      expect(items[0]?.total).toBeCloseTo(Object.values(expected).reduce((a, b) => a + b, 0) / 5, 6)
    }
    expect((await get<Reply<'listQuality'>>(people.klai, `/quality?area=${HOME}01`)).items).toEqual([])
  })

  test('is said of five records and more', async () => {
    await writeAs(house.database.app, SYSTEM, tx => sql`update core.record set state = 'withdrawn' where area_code >= 'TH' and dataset_id = ${WATER} and id <> all(array(select id from core.record where area_code >= 'TH' and dataset_id = ${WATER} order by id limit 4))`.execute(tx))
    await count()
    expect((await get<Reply<'listQuality'>>(people.klai, '/quality?area=TH')).items).toEqual([])
  })
})
