import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startServer } from '../tests/setup/server.ts'
import { ownerOf } from './database.ts'
import { measure, median, type Runs } from './measure.ts'
import { inMs, type Result } from './results.ts'

/** `BENCH_MOST`: no more than so many, on a machine that has something else to do. */
const SIZES = [25_000, 250_000, 2_500_000].filter(size => size <= Number(process.env['BENCH_MOST'] ?? Infinity))
const AT_ONCE = 10_000, PAGE = 50, FAR_PAGE = 10_000, RUNS = 7, LIST = '/datasets/water-source/records?state=received&limit=50'
/** Where the ten thousand lie that are approved together; of the others every second one lies in its province, the rest in the villages of the nation. */
const HERE = 'TH580703'
const LOOKERS = { 'a tambon': 'mali', 'a province': 'somsak', 'the nation': 'wilaiphon' }

/**
 * Ten thousand records approved in one act until the nation's figure shows it, and the queue's first page and a far one of a tambon, a
 * province and the nation, among more and more records; beside the bare statements, and beside counting from scratch.
 */
export async function benchReview(): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-review-')), data = join(folder, 'data'), server = await startServer(data, { RAKKAEO_RATE_LIMIT: '0' })
  const owner = new pg.Client({ connectionString: ownerOf(data) })
  await owner.connect()
  try {
    const results: Result[] = [], asks = new Map<string, Ask>()
    for (const [place, userName] of Object.entries(LOOKERS)) asks.set(place, await signIn(server.address, userName))
    for (const size of SIZES) {
      await fillTo(owner, size)
      results.push(...await measureAt(owner, asks, `${size.toLocaleString('en')} records`))
    }
    return results
  } finally {
    await owner.end()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

export type Ask = (path: string, body?: object) => Promise<unknown>

export async function signIn(address: string, name: string): Promise<Ask> {
  const post = (path: string, body: object, cookie = '') => fetch(`${address}/api${path}`, { method: 'POST', headers: { 'content-type': 'application/json', origin: address, cookie }, body: JSON.stringify(body) })
  const cookie = (await post('/auth/sign-in', { name, password: 'ruam-phalang-58' })).headers.getSetCookie().map(one => one.split(';')[0]).join('; ')
  return async (path, body) => {
    const reply = body ? await post(path, body, cookie) : await fetch(`${address}/api${path}`, { headers: { cookie } })
    if (!reply.ok) throw new Error(await reply.text())
    return reply.json()
  }
}

/** Waiting to be reviewed, or approved, as the server would have left them. */
export async function fillTo(owner: pg.Client, size: number): Promise<void> {
  await owner.query('set session_replication_role = replica')
  const { rows: [{ n }] } = await owner.query(`select count(*)::int as n from core.record where dataset_id = 'water-source' and open ? 'queued'`)
  await owner.query(`with village as materialized (select code, row_number() over (order by code like 'TH58%' desc, code) - 1 as turn, code like 'TH58%' as near from core.area where level = 'village' and valid_until is null and code not like '${HERE}%'),
    made as (insert into core.record (area_code, id, dataset_id, state, form_area, version, instance_id, versions, day, made_at, made_by, changed_at, changed_by, open, internal, personal, sensitive, faults, type, may_publish)
      select case when i <= ${AT_ONCE} then '${HERE}' else v.code end, gen_random_uuid(), f.dataset_id, case when i <= ${AT_ONCE} or i % 5 < 3 then 'received' else 'approved' end, f.area_code, f.version, 'queued ' || i, 1,
        date '2026-11-01' - (i % 700), now(), p.id, now() - i * interval '1 second', p.id, jsonb_build_object('queued', i, 'title', 'แหล่งน้ำ ' || i), '{}', '{}', '{}', '[]', (array['well', 'pond', 'stream', 'weir'])[1 + i % 4], true
      from (select count(*) filter (where near) as near, count(*) as all from village) many cross join generate_series(${n + 1}, ${size}) i join village v on v.turn = case when i % 2 = 0 then (i / 2) % many.near else (i / 2) % many.all end, (select * from core.form where dataset_id = 'water-source' order by version desc limit 1) f, (select id from access.person limit 1) p returning area_code, id, dataset_id, made_by, instance_id)
    insert into raw.act (area_code, record_id, dataset_id, kind, at, person_id, instance_id) select area_code, id, dataset_id, 'make', now(), made_by, instance_id from made`)
  await owner.query('set session_replication_role = origin')
  await owner.query('delete from core.record_count; delete from core.record_sum; delete from core.record_delta')
  await owner.query(`insert into core.record_delta (area_code, dataset_id, state, type, month, count, faulty, shown, last_at) select area_code, dataset_id, state, type, core.month_of(day, made_at), count(*), count(*) filter (where faults <> '[]'), count(*) filter (where may_publish), max(changed_at) from core.record group by 1, 2, 3, 4, 5`)
  while ((await owner.query('select from core.record_delta limit 1')).rowCount) await new Promise(done => setTimeout(done, 200))
  for (const table of ['core.record', 'raw.act', 'core.record_count', 'core.record_sum', 'core.record_delta']) await owner.query(`vacuum analyze ${table}`)
}

async function measureAt(owner: pg.Client, asks: ReadonlyMap<string, Ask>, size: string): Promise<Result[]> {
  const { acted, followed } = await approveAndUndo(asks.get('a province') as Ask)
  const bare = await measure(3, () => owner.query(`update core.record set state = state where area_code = '${HERE}' and open ? 'queued'`), 0)
  const results: Result[] = [
    { task: `approving ${AT_ONCE.toLocaleString('en')} records in one act`, size, ours: inMs(median(acted)), beside: `an UPDATE of the same rows, with its triggers: ${inMs(median(bare))}`, budget: '≤ 5 s' },
    { task: 'from that act to the figure of the nation', size, ours: inMs(median(followed)), beside: 'it is looked for every second', budget: '≤ 5 s' },
  ]
  for (const [place, ask] of asks) results.push(...await measureQueue(owner, ask, place, size))
  return results
}

async function measureQueue(owner: pg.Client, ask: Ask, place: string, size: string): Promise<Result[]> {
  const area = { 'a tambon': HERE, 'a province': 'TH58', 'the nation': 'TH' }[place], inside = `dataset_id = 'water-source' and area_code like '${area}%'`
  const { rows: [far] } = await owner.query<{ at: Date; id: string }>(`select changed_at as at, id from core.record where ${inside} and state = 'received' order by changed_at desc, id desc offset greatest(0, least(${FAR_PAGE * PAGE}, (select count(*) from core.record where ${inside} and state = 'received') - ${PAGE * 2})) limit 1`)
  const first = await measure(RUNS, () => ask(LIST)), deep = await measure(RUNS, () => ask(`${LIST}&after=${far?.at.toISOString()}_${far?.id}`)), counts = await measure(RUNS, () => ask('/review/counts'))
  const scratch = await measure(3, () => owner.query(`select state, count(*)::int as count from core.record where ${inside} group by 1`), 0), { rows } = await owner.query<{ state: string; count: number }>(`select state, count(*)::int as count from core.record where ${inside} group by 1`)
  const { items } = await ask('/review/counts') as { items: { dataset: string; states: Record<string, number> }[] }, told = items.find(({ dataset }) => dataset === 'water-source')?.states ?? {}
  if (rows.some(({ state, count }) => told[state] !== count)) throw new Error(`counted ${JSON.stringify(rows)}, told ${JSON.stringify(told)}`)
  return [
    { task: `the review queue of ${place}`, size, ours: `first page ${inMs(median(first))}, 10,000th or last ${inMs(median(deep))}`, beside: '', budget: '≤ 60 ms a page' },
    { task: `counts of all states of ${place}`, size, ours: inMs(median(counts)), beside: `of one dataset, from scratch: ${inMs(median(scratch))}`, budget: '≤ 30 ms' },
  ]
}

/** Each time on the same records: what was approved is taken back, and that is not counted. */
async function approveAndUndo(ask: Ask): Promise<{ acted: Runs; followed: Runs }> {
  const acted: Runs = { ms: [] }, followed: Runs = { ms: [] }
  const figure = async () => ((await ask('/figures?indicator=records-water-source')) as { values: { value: number | null }[] }).values[0]?.value ?? 0
  for (let run = 0; run < 3; run++) {
    const before = await figure(), began = performance.now()
    const { batch, done } = await ask('/datasets/water-source/acts', { act: 'approve', filter: { area: HERE, state: 'received' }, mode: 'good' }) as { batch: string; done: number }
    acted.ms.push(performance.now() - began)
    if (done < AT_ONCE) throw new Error(`${done} were approved`)
    while (await figure() < before + AT_ONCE) await new Promise(wait => setTimeout(wait, 20))
    followed.ms.push(performance.now() - began)
    await ask(`/datasets/water-source/acts/${batch}/undo`, {})
    while (await figure() > before) await new Promise(wait => setTimeout(wait, 20))
  }
  return { acted: { ms: acted.ms.sort((a, b) => a - b) }, followed: { ms: followed.ms.sort((a, b) => a - b) } }
}
