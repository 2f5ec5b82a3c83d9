import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { RecordId } from '../domain/base/ids.ts'
import { parseName } from '../engine/match/name.ts'
import { compare, type Thing } from '../engine/match/score.ts'
import { startServer, type RunningServer } from '../tests/setup/server.ts'
import { ownerOf } from './database.ts'
import { makeTambon, type Made } from './duplicates.world.ts'
import { inMs, type Result } from './results.ts'

const SIZES = [100_000, 300_000, 1_000_000]
/** Of a tambon: what a million are, spread over all tambons. */
const IN_A_TAMBON = 135, A_SECOND = 1000, A_MINUTE = 60_000

/**
 * A search of the whole nation for duplicates among more and more records, some of which are there twice, as two people would write them down.
 */
export async function benchDuplicates(): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-duplicates-')), data = join(folder, 'data'), server = await startServer(data, { RAKKAEO_RATE_LIMIT: '0' })
  const owner = new pg.Client({ connectionString: ownerOf(data) })
  await owner.connect()
  try {
    const results: Result[] = []
    let twice = new Set<string>()
    for (const size of SIZES) {
      twice = await fillTo(owner, size, twice)
      results.push(await search(owner, server, size, twice))
    }
    return results
  } finally {
    await owner.end()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Tambon after tambon, as the server would have left them. Gives the pairs that are one thing. */
async function fillTo(owner: pg.Client, size: number, twice: Set<string>): Promise<Set<string>> {
  await owner.query('set session_replication_role = replica')
  const { rows: tambons } = await owner.query<{ code: string; lat: number; lon: number }>(`select code, lat, lon from core.area where level = 'tambon' and valid_until is null and lat is not null order by code`)
  const { rows: [{ n }] } = await owner.query(`select count(distinct left(area_code, 8))::int as n, count(*) from core.record where instance_id like 'made %'`)
  for (let turn = n; turn * IN_A_TAMBON < size; turn++) {
    const tambon = tambons[turn % tambons.length] as { code: string; lat: number; lon: number }, { records, pairs } = makeTambon(tambon, turn, IN_A_TAMBON)
    for (const [one, other] of pairs) twice.add(`${one} ${other}`)
    await insert(owner, records)
  }
  await owner.query('set session_replication_role = origin')
  await owner.query('vacuum analyze core.record')
  return twice
}

function insert(owner: pg.Client, records: readonly Made[]): Promise<unknown> {
  return owner.query(`insert into core.record (area_code, id, dataset_id, state, form_area, version, instance_id, versions, day, made_at, made_by, changed_at, changed_by, open, internal, personal, sensitive, faults, lat, lon, point_kept)
    select g.area, g.id, f.dataset_id, 'received', f.area_code, f.version, 'made ' || g.id, 1, '2026-11-01', now(), p.id, now(), p.id, jsonb_build_object('title', g.title, 'kind', g.kind), '{}', '{}', '{}', '[]', g.lat, g.lon, 'open'
    from jsonb_to_recordset($1::jsonb) g (area text, id uuid, title text, kind text, lat float8, lon float8), (select * from core.form where dataset_id = 'attraction' order by version desc limit 1) f, (select id from access.person limit 1) p`, [JSON.stringify(records)])
}

async function search(owner: pg.Client, server: RunningServer, size: number, twice: ReadonlySet<string>): Promise<Result> {
  await owner.query('truncate core.duplicate')
  const began = performance.now(), { rows: [{ id }] } = await owner.query(`insert into core.duplicate_search (area_code, total) values ('TH', $1) returning id`, [Math.ceil(size / IN_A_TAMBON)])
  while ((await owner.query('select from core.duplicate_search where id = $1 and ended_at is not null', [id])).rowCount === 0) await wait(A_SECOND / 2)
  const ms = performance.now() - began
  const { rows } = await owner.query<{ pair: string }>(`select one || ' ' || other as pair from core.duplicate where dataset_id = 'attraction'`)
  const right = rows.filter(({ pair }) => twice.has(pair)).length, percent = (part: number, of: number) => `${(100 * part / of).toFixed(1)} %`
  return {
    task: 'finding duplicates in the whole nation', size: `${size.toLocaleString('en')} records, ${twice.size.toLocaleString('en')} there twice`,
    ours: `${inMs(ms)}; ${percent(right, twice.size)} of them found, ${percent(right, rows.length)} of what is found is right; server at most ${memoryMb(server)} MB`,
    beside: `all pairs at ${(microsecondsPerPair() * A_SECOND).toFixed(0)} ns each: ${inYears(microsecondsPerPair() * size * size / 2)}; Splink says of itself: a million on a laptop in about a minute`, budget: size === SIZES.at(-1) ? '≤ 10 min' : 'linear',
  }
}

function memoryMb(server: RunningServer): number {
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${server.child.pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
}

let perPair = 0

/** What it costs to compare two records, measured on all pairs of some. */
function microsecondsPerPair(): number {
  if (perPair > 0) return perPair
  const things = makeTambon({ code: 'TH580703', lat: 19.6, lon: 98.3 }, 0, 1000).records.map(({ id, area, title, kind, lat, lon }): Thing => ({ id: RecordId.parse(id), area, name: parseName(title), type: kind, point: { lat, lon }, numbers: [], born: null, house: null }))
  const began = performance.now()
  for (const [i, a] of things.entries()) for (const b of things.slice(i + 1)) compare('place', a, b)
  return perPair = (performance.now() - began) * 1000 / (things.length * (things.length - 1) / 2)
}

function inYears(microseconds: number): string {
  const minutes = microseconds / 1000 / A_MINUTE
  return minutes < 120 ? `${minutes.toFixed(0)} minutes` : minutes < 2880 ? `${(minutes / 60).toFixed(0)} hours` : `${(minutes / 1440).toFixed(0)} days`
}
