import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startServer } from '../tests/setup/server.ts'
import { measure, median, type Runs } from './measure.ts'
import { inMs, type Result } from './results.ts'
import { ownerOf } from './submissions.ts'

const SIZES = [25_000, 250_000, 2_500_000]
const AT_ONCE = 10_000, PAGE = 50, FAR_PAGE = 10_000, RUNS = 7
/** Where the ten thousand lie that are approved together; the others lie in the other tambons of the province. */
const HERE = 'TH580703'

/** Ten thousand records approved in one act, and the queue's first page and a far one, among more and more records of the province; beside the bare statements. */
export async function benchReview(): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-review-')), data = join(folder, 'data'), server = await startServer(data, { RAKKAEO_RATE_LIMIT: '0' })
  const owner = new pg.Client({ connectionString: ownerOf(data) })
  await owner.connect()
  try {
    const ask = await signIn(server.address), results: Result[] = []
    for (const size of SIZES) {
      await fillTo(owner, size)
      results.push(...await measureAt(owner, ask, `${size.toLocaleString('en')} records`))
    }
    return results
  } finally {
    await owner.end()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

type Ask = (path: string, body?: object) => Promise<unknown>

async function signIn(address: string): Promise<Ask> {
  const post = (path: string, body: object, cookie = '') => fetch(`${address}/api${path}`, { method: 'POST', headers: { 'content-type': 'application/json', origin: address, cookie }, body: JSON.stringify(body) })
  const cookie = (await post('/auth/sign-in', { name: 'somsak', password: 'ruam-phalang-58' })).headers.getSetCookie().map(one => one.split(';')[0]).join('; ')
  return async (path, body) => {
    const reply = body ? await post(path, body, cookie) : await fetch(`${address}/api${path}`, { headers: { cookie } })
    if (!reply.ok) throw new Error(await reply.text())
    return reply.json()
  }
}

/** Waiting to be reviewed, as the server would have left them. */
async function fillTo(owner: pg.Client, size: number): Promise<void> {
  await owner.query('set session_replication_role = replica')
  const { rows: [{ n }] } = await owner.query(`select count(*)::int as n from core.record where dataset_id = 'water-source' and open ? 'queued'`)
  await owner.query(`with tambon as (select code, row_number() over (order by code) - 1 as turn, count(*) over () as count from core.area where level = 'tambon' and valid_until is null and code like 'TH58%' and code <> '${HERE}'),
    made as (insert into core.record (area_code, id, dataset_id, state, form_area, version, instance_id, versions, day, made_at, made_by, changed_at, changed_by, open, internal, personal, sensitive, faults)
      select case when i <= ${AT_ONCE} then '${HERE}' else t.code end, gen_random_uuid(), f.dataset_id, 'received', f.area_code, f.version, 'queued ' || i, 1, '2026-11-01', now(), p.id, now() - i * interval '1 second', p.id, jsonb_build_object('queued', i, 'title', 'แหล่งน้ำ ' || i), '{}', '{}', '{}', '[]'
      from generate_series(${n + 1}, ${size}) i join tambon t on t.turn = i % t.count, (select * from core.form where dataset_id = 'water-source' order by version desc limit 1) f, (select id from access.person limit 1) p returning area_code, id, dataset_id, made_by, instance_id)
    insert into raw.act (area_code, record_id, dataset_id, kind, at, person_id, instance_id) select area_code, id, dataset_id, 'make', now(), made_by, instance_id from made`)
  await owner.query('set session_replication_role = origin')
  for (const table of ['core.record', 'raw.act']) await owner.query(`vacuum analyze ${table}`)
}

async function measureAt(owner: pg.Client, ask: Ask, size: string): Promise<Result[]> {
  const list = '/datasets/water-source/records?state=received&limit=50'
  const acted = await approveAndUndo(ask)
  const bare = await measure(3, () => owner.query(`update core.record set state = state where area_code = '${HERE}' and open ? 'queued'`), 0)
  const { rows: [far] } = await owner.query<{ at: Date; id: string }>(`select changed_at as at, id from core.record where dataset_id = 'water-source' and state = 'received' order by changed_at desc, id desc offset least(${FAR_PAGE * PAGE}, (select count(*) from core.record where dataset_id = 'water-source') - ${PAGE * 2}) limit 1`)
  const first = await measure(RUNS, () => ask(list)), deep = await measure(RUNS, () => ask(`${list}&after=${far?.at.toISOString()}_${far?.id}`)), counts = await measure(RUNS, () => ask('/review/counts'))
  return [
    { task: `approving ${AT_ONCE.toLocaleString('en')} records in one act`, size, ours: inMs(median(acted)), beside: `a bare UPDATE of the same rows: ${inMs(median(bare))}`, budget: '≤ 5 s' },
    { task: 'the review queue', size, ours: `first page ${inMs(median(first))}, 10,000th or last ${inMs(median(deep))}`, beside: `counts of all states ${inMs(median(counts))}`, budget: '≤ 60 ms a page' },
  ]
}

/** Each time on the same records: what was approved is taken back, and that is not counted. */
async function approveAndUndo(ask: Ask): Promise<Runs> {
  const runs: Runs = { ms: [] }
  for (let run = 0; run < 3; run++) {
    const began = performance.now(), { batch, done } = await ask('/datasets/water-source/acts', { act: 'approve', filter: { area: HERE, state: 'received' }, mode: 'good' }) as { batch: string; done: number }
    runs.ms.push(performance.now() - began)
    if (done < AT_ONCE) throw new Error(`${done} were approved`)
    await ask(`/datasets/water-source/acts/${batch}/undo`, {})
  }
  return { ms: runs.ms.sort((a, b) => a - b) }
}
