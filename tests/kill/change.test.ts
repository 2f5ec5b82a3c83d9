import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEmbedded, type Embedded } from '../../server/db/embedded.ts'
import { HOME, village } from '../setup/changing.ts'
import { copySeeded, makeTempFolder } from '../setup/seeded-folder.ts'
import { House } from './house.ts'

/** How long after a change was asked for the house is killed: while it works, and about when it is done. */
const KILLED_AFTER_MS = [60, 350], PART = 'TH580705'
const plan = { kind: 'split', area: HOME, heir: HOME, day: '2026-11-20', reason: 'ประกาศกระทรวงมหาดไทย', parts: [[HOME, [1, 2, 3, 4]], [PART, [5, 6, 7]]].map(([code, numbers]) => ({ code, name: { th: 'ถ้ำลอด', en: 'Tham Lot' }, share: 0.5, children: (numbers as number[]).map(n => village(n)), outline: null })) }
const folder = makeTempFolder(), data = join(folder, 'data')
let house: House, open: Embedded, owner: pg.Client

beforeAll(async () => { house = new House(await copySeeded(data)) })
afterAll(async () => {
  await owner?.end()
  await open?.close()
  await house.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function post(path: string, body: unknown, cookie = ''): Promise<Response> {
  return fetch(`${await house.address()}/api${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie }, body: JSON.stringify(body) })
}

/** What stands of the act: whether it is there, how many areas began, how many records lie in the new part and tell of it, and whether each lies with its history. */
async function look(): Promise<Record<string, number>> {
  const { rows: [found] } = await owner.query(`select (select count(*)::int from core.area_act) as acts, (select count(*)::int from core.area where code like '${PART}%') as areas, (select count(*)::int from core.record where area_code like '${PART}%') as records,
    (select count(*)::int from raw.act where kind = 'recode') as told, (select count(*)::int from core.record where area_code in ('${[5, 6, 7].map(n => village(n)).join("','")}')) as remaining,
    (select count(*)::int from raw.act a join core.record r on r.id = a.record_id where r.area_code <> a.area_code) as apart, (select count(*)::int from audit.line where action = 'place.change') as noted`)
  return found
}

test('server and database are killed in the middle of the split of a tambon: nothing of it is there, or all of it', async () => {
  for (const after of KILLED_AFTER_MS) {
    await house.start()
    const signed = await post('/auth/sign-in', { name: 'pricha', password: 'ruam-phalang-58' }), cookie = signed.headers.getSetCookie().map(one => one.split(';')[0]).join('; ')
    const told = await (await post('/place-changes/preview', { plan }, cookie)).json() as { seen: string; code?: string }
    if (told.code === 'change/taken') break
    post('/place-changes', { plan, seen: told.seen }, cookie).catch(() => {})
    await wait(after)
    await house.kill()
  }
  open = await openEmbedded(data, `${data}.keys`, null)
  owner = new pg.Client(open.admin)
  await owner.connect()
  const { acts, areas, records, told, remaining, apart, noted } = await look()
  console.log(`split after ${KILLED_AFTER_MS.join(' and ')} ms: acts=${acts} areas=${areas} records=${records} told=${told} remaining=${remaining}`)
  expect([apart, noted]).toEqual([0, acts])
  if (acts === 0) expect([areas, records, told, remaining]).toEqual([0, 0, 0, expect.any(Number)])
  else expect([areas, records, remaining]).toEqual([4, told, 0])
  expect((records as number) + (remaining as number)).toBeGreaterThan(10)
}, 120_000)
