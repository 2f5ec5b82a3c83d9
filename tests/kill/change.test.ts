import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findKeys } from '../../server/base/keys.ts'
import { openEmbedded, type Embedded } from '../../server/db/embedded.ts'
import { PART, split as plan, village } from '../setup/changing.ts'
import { copySeeded, makeTempFolder } from '../setup/seeded-folder.ts'
import { House } from './house.ts'

const folder = makeTempFolder(), data = join(folder, 'data'), PATIENCE_MS = 30_000
let house: House, open: Embedded, owner: pg.Client, cookie = ''

beforeAll(async () => { house = new House(await copySeeded(data)) })
afterAll(async () => {
  await owner?.end()
  await open?.close()
  await house.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function post(path: string, body: unknown): Promise<Response> {
  return fetch(`${await house.address()}/api${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin', cookie }, body: JSON.stringify(body) })
}

/** As its owner, beside the server; it may be killed under us. */
async function enter(): Promise<void> {
  const port = Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[3])
  owner = new pg.Client(`postgres://rakkaeo:${findKeys(`${data}.keys`)?.superuser}@127.0.0.1:${port}/rakkaeo`)
  owner.on('error', () => {})
  await owner.connect()
}

/** Asks for something, and kills server and database when all of it was done but its line in the audit: it is held there, and so is its commit. */
async function killBeforeCommit(path: string, body: unknown): Promise<void> {
  await owner.query('begin')
  await owner.query('lock table audit.line in share mode')
  post(path, body).catch(() => {})
  const until = performance.now() + PATIENCE_MS, isThere = async () => (await owner.query(`select from pg_locks w join pg_locks h on h.pid = w.pid and h.granted and h.relation = 'core.record'::regclass and h.mode = 'ExclusiveLock'
    where not w.granted and w.relation = 'audit.line'::regclass`)).rowCount
  while (!await isThere()) {
    if (performance.now() > until) throw new Error(`${path} never came to its end`)
    await wait(10)
  }
  await house.kill()
}

/** What stands of the act: whether it is there, how many areas began, how many records lie in the new part and tell of it, how many lie at the old villages, and whether each lies with its history. */
async function look(): Promise<Record<'acts' | 'areas' | 'records' | 'told' | 'remaining' | 'apart' | 'noted' | 'undone', number>> {
  const { rows: [found] } = await owner.query(`select (select count(*)::int from core.area_act) as acts, (select count(*)::int from core.area where code like '${PART}%') as areas, (select count(*)::int from core.record where area_code like '${PART}%') as records,
    (select count(*)::int from raw.act where kind = 'recode') as told, (select count(*)::int from core.record where area_code in ('${[5, 6, 7].map(n => village(n)).join("','")}')) as remaining, (select count(*)::int from core.area_act where undone_at is not null) as undone,
    (select count(*)::int from raw.act a join core.record r on r.id = a.record_id where r.area_code <> a.area_code) as apart, (select count(*)::int from audit.line where action = 'place.change') as noted`)
  return found
}

test('server and database are killed before the split of a tambon is kept, right after it was acknowledged, and before its undo is kept: nothing of it is there, then all, and still all', async () => {
  await house.start()
  await enter()
  cookie = (await post('/auth/sign-in', { name: 'pricha', password: 'ruam-phalang-58' })).headers.getSetCookie().map(one => one.split(';')[0]).join('; ')
  const { seen } = await (await post('/place-changes/preview', { plan })).json() as { seen: string }, { remaining } = await look()
  expect(remaining).toBeGreaterThan(10)
  await killBeforeCommit('/place-changes', { plan, seen })

  await house.start()
  await enter()
  expect(await look()).toEqual({ acts: 0, areas: 0, records: 0, told: 0, remaining, apart: 0, noted: 0, undone: 0 })
  const { id } = await (await post('/place-changes', { plan, seen })).json() as { id: string }
  await house.kill()

  await house.start()
  await enter()
  const all = { acts: 1, areas: 4, records: remaining, told: remaining, remaining: 0, apart: 0, noted: 1, undone: 0 }
  expect(await look()).toEqual(all)
  await killBeforeCommit(`/place-changes/${id}/undo`, {})

  open = await openEmbedded(data, `${data}.keys`, null)
  await enter()
  expect(await look()).toEqual(all)
}, 120_000)
