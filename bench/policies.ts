import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import pg from 'pg'
import type { AreaCode } from '../domain/base/ids.ts'
import { NATION } from '../domain/area/rules.ts'
import { loadAreas } from '../server/area/write.seed.ts'
import { readEnvironment } from '../server/base/environment.ts'
import type { Db } from '../server/db/db.ts'
import { openEmbedded } from '../server/db/embedded.ts'
import { openDatabase } from '../server/db/open.ts'
import { within } from '../server/db/place.ts'
import { readAs, STRANGER, SYSTEM, writeAs } from '../server/db/scope.ts'
import { measureBoth, median } from './measure.ts'
import { inMs, type Result } from './results.ts'

const SIZES = [10_000, 100_000, 1_000_000]
const RUNS = 15, SCATTERED = 40
const BUDGET_FACTOR = 1.15, BUDGET_MS = 1

/** Figures below the public level, counted and added up in the places of four people, under the policy and in the same table without one. */
export async function benchPolicies(): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-policies-'))
  const data = join(folder, 'data')
  const house = await openEmbedded(data, `${data}.keys`, null)
  const database = await openDatabase(readEnvironment({ RAKKAEO_DATA: data, RAKKAEO_KEYS: `${data}.keys` }), 'command')
  const owner = new pg.Client(house.admin)
  await owner.connect()
  try {
    await writeAs(database.app, SYSTEM, tx => loadAreas(tx, () => {}))
    const results: Result[] = []
    for (const size of SIZES) {
      await fill(owner, size)
      results.push(...await benchSize(database.app, size))
    }
    return results
  } finally {
    await owner.end()
    await database.close()
    await house.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** So many numbers of villages, the same in both tables. */
async function fill(owner: pg.Client, size: number): Promise<void> {
  await owner.query(`
    truncate fact.figure;
    drop table if exists fact.plain;
    insert into fact.figure
      select code, 'indicator-' || n, '1', '2018', 'bench', 'village', 1 + length(name_th), 100, 'published', 'internal', null
      from generate_series(1, 1000) n, (select code, name_th from core.area where level = 'village' order by md5(code)) village limit ${size};
    create table fact.plain (like fact.figure including all);
    insert into fact.plain select * from fact.figure order by md5(area_code || indicator_id);
    truncate fact.figure;
    insert into fact.figure select * from fact.plain;
    grant select on fact.plain to rakkaeo_app`)
  for (const table of ['fact.figure', 'fact.plain']) await owner.query(`vacuum analyze ${table}`)
}

async function benchSize(app: Db, size: number): Promise<Result[]> {
  const results: Result[] = []
  for (const [whose, areas] of Object.entries(await listPlaces(app))) {
    const scope = { ...STRANGER, areas }
    const count = (table: 'fact.figure' | 'fact.plain') => readAs(app, scope, async tx => (await sql<{ rows: number; sum: number }>`
      select count(*)::int as rows, sum(numerator) as sum from ${sql.table(table)} where ${within('area_code', areas)}`.execute(tx)).rows[0])
    const [counted, plain] = [await count('fact.figure'), await count('fact.plain')]
    if (JSON.stringify(counted) !== JSON.stringify(plain) || !counted?.rows) throw new Error(`${whose}: ${JSON.stringify(counted)} under the policy, ${JSON.stringify(plain)} without`)
    const { ours, theirs } = await measureBoth(RUNS, () => count('fact.figure'), () => count('fact.plain'))
    results.push(resultOf(whose, size, counted.rows, median(ours), median(theirs)))
  }
  return results
}

function resultOf(whose: string, size: number, rows: number, ours: number, without: number): Result {
  const kept = ours <= without * BUDGET_FACTOR || ours <= without + BUDGET_MS
  return {
    task: `figures under the policy: ${whose}`, size: `${rows.toLocaleString('en')} of ${size.toLocaleString('en')} rows`,
    ours: inMs(ours), beside: `without policy ${inMs(without)} (${(ours / without).toFixed(2)}×, ${(ours - without).toFixed(2)} ms more)`,
    budget: `≤ ${BUDGET_FACTOR}× or ≤ ${BUDGET_MS} ms more: ${kept ? 'kept' : 'not kept'}`,
  }
}

/** The places with the most rows of their kind, so that nobody counts an empty one; the scattered tambons lie all over the nation. */
async function listPlaces(app: Db): Promise<Record<string, AreaCode[]>> {
  const fullest = async (length: number, count: number) => (await readAs(app, SYSTEM, tx => sql<{ code: AreaCode }>`
    select left(area_code, ${sql.lit(length)}) as code from fact.figure where ${within('area_code', [NATION])} group by 1 order by count(*) desc, md5(left(area_code, ${sql.lit(length)})) limit ${count}`.execute(tx))).rows.map(row => row.code)
  return { nation: [NATION], 'a province': await fullest(4, 1), 'a tambon': await fullest(8, 1), [`${SCATTERED} scattered tambons`]: await fullest(8, SCATTERED) }
}
