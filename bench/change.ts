import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { split as plan, village } from '../tests/setup/changing.ts'
import { startServer } from '../tests/setup/server.ts'
import { ownerOf } from './database.ts'
import { inMs, type Result } from './results.ts'
import { signIn, type Ask } from './review.ts'

/** `BENCH_MOST`: no more than so many, on a machine that has something else to do. */
const SIZES = [2_000, 20_000, 200_000].filter(size => size <= Number(process.env['BENCH_MOST'] ?? Infinity))
const GOING = `('${[5, 6, 7].map(n => village(n)).join("','")}')`, EVERY_MS = 20

/**
 * A tambon with more and more records is split by its villages: looking, doing, taking back; beside the plain UPDATE of the same rows, and
 * how long others waited meanwhile.
 */
export async function benchChange(): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-change-')), data = join(folder, 'data'), server = await startServer(data, { RAKKAEO_RATE_LIMIT: '0' })
  const owner = new pg.Client({ connectionString: ownerOf(data) })
  await owner.connect()
  try {
    const results: Result[] = [], admin = await signIn(server.address, 'pricha'), reader = await signIn(server.address, 'somsak')
    for (const size of SIZES) {
      await fillTo(owner, size)
      results.push(...await measureAt({ owner, admin, reader }, `${size.toLocaleString('en')} records`))
    }
    return results
  } finally {
    await owner.end()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Approved, in the seven villages, each with its act, as the server would have left them. */
async function fillTo(owner: pg.Client, size: number): Promise<void> {
  await owner.query('set session_replication_role = replica')
  const { rows: [{ n }] } = await owner.query(`select count(*)::int as n from core.record where dataset_id = 'water-source' and open ? 'turn'`)
  await owner.query(`with made as (insert into core.record (area_code, id, dataset_id, state, form_area, version, instance_id, versions, day, made_at, made_by, changed_at, changed_by, open, internal, personal, sensitive, faults, type, may_publish, acts)
      select 'TH5807030' || 1 + i % 7, gen_random_uuid(), f.dataset_id, 'approved', f.area_code, f.version, 'turn ' || i, 1, date '2026-11-01' - (i % 700), now(), p.id, now(), p.id, jsonb_build_object('turn', i, 'title', 'แหล่งน้ำ ' || i), '{}', '{}', '{}', '[]', 'well', true, 1
      from generate_series(${n + 1}, ${size}) i, (select * from core.form where dataset_id = 'water-source' order by version desc limit 1) f, (select id from access.person limit 1) p returning area_code, id, dataset_id, made_by, instance_id)
    insert into raw.act (area_code, record_id, dataset_id, kind, at, person_id, instance_id) select area_code, id, dataset_id, 'make', now(), made_by, instance_id from made`)
  await owner.query('set session_replication_role = origin')
  await owner.query('delete from core.record_count; delete from core.record_sum; delete from core.record_delta')
  await owner.query(`insert into core.record_delta (area_code, dataset_id, state, type, month, count, faulty, shown, last_at) select area_code, dataset_id, state, type, core.month_of(day, made_at), count(*), count(*) filter (where faults <> '[]'), count(*) filter (where may_publish), max(changed_at) from core.record group by 1, 2, 3, 4, 5`)
  await settled(owner)
  for (const table of ['core.record', 'raw.act']) await owner.query(`vacuum analyze ${table}`)
}

async function settled(owner: pg.Client): Promise<void> {
  while ((await owner.query('select from core.record_delta limit 1')).rowCount) await new Promise(done => setTimeout(done, 200))
}

async function measureAt({ owner, admin, reader }: { owner: pg.Client; admin: Ask; reader: Ask }, size: string): Promise<Result[]> {
  const looked = await timed(() => admin('/place-changes/preview', { plan })), { seen } = looked.result as { seen: string }
  const meanwhile = readOn(reader), done = await timed(() => admin('/place-changes', { plan, seen })), waited = await meanwhile.end()
  await settled(owner)
  const back = await timed(() => admin(`/place-changes/${(done.result as { id: string }).id}/undo`, {}))
  await settled(owner)
  const bare = await timed(async () => {
    await owner.query('begin')
    for (const table of ['core.record', 'raw.act']) await owner.query(`update ${table} set area_code = 'TH5807030' || right(area_code, 1)::int - 4 where area_code in ${GOING}`)
    await owner.query('rollback')
  })
  const beside = `an UPDATE of the code in the same records and acts, with its triggers: ${inMs(bare.ms)}`
  return [
    { task: 'what follows from the split of a tambon', size, ours: inMs(looked.ms), beside },
    { task: 'the split of a tambon, three of seven villages', size, ours: inMs(done.ms), beside },
    { task: 'taking that split back', size, ours: inMs(back.ms), beside },
    { task: 'a list of the province meanwhile, the slowest', size, ours: inMs(waited), beside: 'readers are not locked; what is sent is kept at once, and read when the split is done' },
  ]
}

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const began = performance.now(), result = await work()
  return { ms: performance.now() - began, result }
}

/** Somebody who opens the list again and again; in the end, the longest they waited. */
function readOn(reader: Ask): { end: () => Promise<number> } {
  let isOver = false, slowest = 0
  const reading = (async () => {
    while (!isOver) {
      slowest = Math.max(slowest, (await timed(() => reader('/datasets/water-source/records?limit=20'))).ms)
      await new Promise(done => setTimeout(done, EVERY_MS))
    }
  })()
  return { end: async () => { isOver = true; await reading; return slowest } }
}
