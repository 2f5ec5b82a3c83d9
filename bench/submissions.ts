import { mkdtemp, rm } from 'node:fs/promises'
import { get } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { readEnvironment } from '../server/base/environment.ts'
import { openDatabase } from '../server/db/open.ts'
import { startServer } from '../tests/setup/server.ts'
import { ownerOf } from './database.ts'
import { quantile } from './measure.ts'
import { cpuMs, memoryMb } from './process.ts'
import { inMs, type Result } from './results.ts'
import { countWaiting, fillTo, insertBare, openHousehold, send, type Sent } from './submissions.world.ts'

const SIZES = [0, 40_000, 300_000]
const COUNTS: Record<number, number> = { 1: 1000, 8: 4000, 32: 6000 }
const RUNS = 3, QUEUE = 10_000
/** By which the server's readers wait for one another (server/record/write.map.ts): whoever holds it keeps them out. */
const READING = 7254410
/** ODK Central v2026.2, 2 cores: submissions/s, and near 337,000 stored. */
const CENTRAL: Record<number, string> = { 1: '83/s, p50 10.9 ms', 8: '128/s', 32: '151/s; 43–47/s at 337,000' }

type House = { url: string; pid: number; data: string; owner: pg.Client; ownerUrl: string }

/** Submissions by HTTP, acknowledged after they are on the disk (fsync on), at three sizes; then how long until they are read, and how they leave. */
export async function benchSubmissions(): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-submissions-')), data = join(folder, 'data')
  const server = await startServer(data, { RAKKAEO_RATE_LIMIT: '0' })
  const database = await openDatabase(readEnvironment({ RAKKAEO_DATA: data, RAKKAEO_KEYS: `${data}.keys` }), 'command')
  const ownerUrl = ownerOf(data), owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  try {
    const { url } = await openHousehold({ address: server.address, database, end: async () => {} })
    const house: House = { url, pid: server.child.pid as number, data, owner, ownerUrl }
    await send(url, 8, 400)
    await untilRead(owner)
    const results: Result[] = []
    for (const size of SIZES) results.push(...await benchSize(house, size))
    return [...results, await benchReading(house), ...await benchLeaving(house, server.address)]
  } finally {
    await owner.end()
    await database.close()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** With reading held off, so that what is measured is what happens until the answer. */
async function benchSize(house: House, size: number): Promise<Result[]> {
  await fillTo(house.owner, size)
  await house.owner.query('select pg_advisory_lock($1)', [READING])
  const results: Result[] = []
  for (const clients of [1, 8, 32]) {
    const count = COUNTS[clients] as number, runs: { sent: Sent; cpu: number }[] = [], bare: Sent[] = []
    for (let run = 0; run < RUNS; run++) {
      const before = cpuMs(house.pid, house.data), sent = await send(house.url, clients, count, run * count), after = cpuMs(house.pid, house.data)
      runs.push({ sent, cpu: (after.server + after.database - before.server - before.database) / count })
      bare.push(await insertBare(house.ownerUrl, clients, count))
    }
    results.push(resultOf(size, clients, runs, bare))
  }
  await house.owner.query('select pg_advisory_unlock($1)', [READING])
  await untilRead(house.owner)
  return results
}

const middle = <T>(values: T[], of: (value: T) => number) => [...values].sort((a, b) => of(a) - of(b))[Math.floor(values.length / 2)] as T
const rate = ({ ms, seconds }: Sent) => ms.length / seconds

function resultOf(size: number, clients: number, runs: { sent: Sent; cpu: number }[], bare: Sent[]): Result {
  const { sent, cpu } = middle(runs, run => rate(run.sent)), plain = middle(bare, rate)
  return {
    task: `submissions until acknowledged, ${clients} ${clients === 1 ? 'client' : 'clients'}`, size: size === 0 ? 'fresh' : `${size.toLocaleString('en')} stored`,
    ours: `${Math.round(rate(sent))}/s, p50 ${inMs(quantile(sent, 0.5))}, p99 ${inMs(quantile(sent, 0.99))}, ${cpu.toFixed(2)} ms of CPU each`,
    beside: `the bare INSERT ${Math.round(rate(plain))}/s, p50 ${inMs(quantile(plain, 0.5))} (${(rate(sent) / rate(plain)).toFixed(2)}×)`,
    budget: `≤ 1.2 ms of CPU (ODK Central: 10–11 ms; ${CENTRAL[clients]})`,
  }
}

async function benchReading({ url, pid, data, owner }: House): Promise<Result> {
  await owner.query('select pg_advisory_lock($1)', [READING])
  await send(url, 32, QUEUE)
  const before = cpuMs(pid, data), began = performance.now()
  await owner.query('select pg_advisory_unlock($1)', [READING])
  await untilRead(owner)
  const seconds = (performance.now() - began) / 1000, after = cpuMs(pid, data), cpu = (after.server + after.database - before.server - before.database) / QUEUE
  return { task: 'waiting submissions checked and in core', size: `${QUEUE.toLocaleString('en')} waiting, ${SIZES.at(-1)?.toLocaleString('en')} stored`, ours: `${seconds.toFixed(1)} s, ${cpu.toFixed(2)} ms of CPU each`, beside: 'ODK Central does not check', budget: '≤ 60 s, ≤ 6 ms of CPU each' }
}

const MEMBERS = 35_000

/** Ten thousand households with their members, to whoever may see them, while others send. */
async function benchLeaving(house: House, address: string): Promise<Result[]> {
  await house.owner.query(`update core.record set day = '2020-01-01' where id in (select id from core.record where dataset_id = 'hh_survey' limit ${10_000})`)
  const cookie = await signIn(address), rows = (await house.owner.query(`select count(*)::int as n from core.record_row w join core.record r on r.area_code = w.area_code and r.id = w.record_id where r.day = '2020-01-01'`)).rows[0].n
  const results: Result[] = []
  for (const as of ['csv', 'json']) {
    const fetched = []
    for (let run = 0; run < 5; run++) fetched.push(await download(`${address}/api/datasets/hh_survey/records/file/${as}?until=2020-01-01`, cookie))
    const one = middle(fetched, each => each.ms), alone = rate(await send(house.url, 8, 1000)), memory = memoryMb(house.pid)
    const [during] = await Promise.all([send(house.url, 8, 1000).then(rate), download(`${address}/api/datasets/hh_survey/records/file/${as}?until=2020-01-01`, cookie)])
    results.push({
      task: `10,000 submissions with their members out as ${as === 'csv' ? 'CSV (zip)' : 'JSON'}`, size: `10,000 + ${rows.toLocaleString('en')} rows, ${(one.bytes / 1e6).toFixed(1)} MB`,
      ours: `${inMs(one.ms)}, first byte ${inMs(one.firstMs)}; the server holds ${Math.round(memory)} MB; others send meanwhile at ${Math.round(during / alone * 100)} %`,
      beside: `budget counts ${MEMBERS.toLocaleString('en')} members`, budget: `≤ 500 ms, others ≥ 80 % (ODK Central: ${as === 'csv' ? '5.1 s' : '2.2–3.0 s'})`,
    })
  }
  return results
}

async function signIn(address: string): Promise<string> {
  const reply = await fetch(`${address}/api/auth/sign-in`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'mali', password: 'ruam-phalang-58' }) })
  return reply.headers.getSetCookie().map(cookie => cookie.split(';')[0]).join('; ')
}

function download(url: string, cookie: string): Promise<{ ms: number; firstMs: number; bytes: number }> {
  const began = performance.now()
  return new Promise((done, fail) => {
    get(url, { headers: { cookie } }, reply => {
      let bytes = 0, firstMs = 0
      if (reply.statusCode !== 200) { fail(new Error(`answered ${reply.statusCode}`)); return }
      reply.on('data', (piece: Buffer) => { firstMs ||= performance.now() - began; bytes += piece.length }).on('end', () => done({ ms: performance.now() - began, firstMs, bytes })).on('error', fail)
    }).on('error', fail)
  })
}

async function untilRead(owner: pg.Client): Promise<void> {
  while (await countWaiting(owner) > 0) await wait(50)
}
