import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CompiledQuery, sql } from 'kysely'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { NATION } from '../domain/area/rules.ts'
import { readEnvironment } from '../server/base/environment.ts'
import type { Db, Writer } from '../server/db/db.ts'
import { openEmbedded } from '../server/db/embedded.ts'
import { openDatabase } from '../server/db/open.ts'
import { SYSTEM, writeAs } from '../server/db/scope.ts'
import { importTpmap } from '../server/publication/write.tpmap.ts'
import { loadSeeds } from '../server/seed.ts'
import { measureBoth, median } from './measure.ts'
import { inMs, perSecond, type Result } from './results.ts'
import { makeVillageFile } from './village-file.ts'

const RUNS = 3
const SIZES = [1_000, 10_000, 100_000]

/** A village file of TPMAP through the importer, checked and added up, beside a plain COPY of the same bytes into text columns. */
export async function benchImport(): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-import-'))
  const data = join(folder, 'data')
  const database = await openDatabase(readEnvironment({ RAKKAEO_DATA: data, RAKKAEO_KEYS: `${data}.keys` }), 'command')
  try {
    await loadSeeds(database.app)
    await analyze(data)
    const results: Result[] = []
    for (const size of SIZES) results.push(await benchSize(database.app, size))
    return results
  } finally {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** As a database that has stood for a day: the planner knows its tables, and may be misled by what it knows. */
async function analyze(data: string): Promise<void> {
  const house = await openEmbedded(data, `${data}.keys`, null)
  const client = new pg.Client(house.admin)
  await client.connect()
  await client.query('analyze').finally(() => client.end())
  await house.close()
}

async function benchSize(app: Db, size: number): Promise<Result> {
  const { text, rows, columns } = makeVillageFile(size)
  const bytes = Buffer.from(text)
  const { ours, theirs } = await measureBoth(RUNS, () => undone(app, tx => mustImport(tx, bytes, rows)), () => undone(app, tx => copyPlain(tx, bytes, columns)))
  return {
    task: 'import of a TPMAP file by village', size: `${rows.toLocaleString('en')} rows × ${columns} columns`,
    ours: `${inMs(median(ours))}, ${perSecond(rows, median(ours))}`, beside: `plain COPY ${inMs(median(theirs))}, ${perSecond(rows, median(theirs))}`,
    budget: '≥ 50,000 rows/s for simple tables, ≥ a third of COPY (DHIS2 2.43: 5,200 entities/s)',
  }
}

async function mustImport(tx: Writer, bytes: Uint8Array, rows: number): Promise<void> {
  const report = await importTpmap(tx, [{ name: '61_village_common.csv', bytes }], { by: { name: 'bench', person: null }, areas: [NATION] })
  if (report.outcome !== 'imported') throw new Error(`the importer did not take the ${rows} rows: ${JSON.stringify(report).slice(0, 1000)}`)
}

async function copyPlain(tx: Writer, bytes: Buffer, columns: number): Promise<void> {
  const names = Array.from({ length: columns }, (_, at) => `c${at} text`).join(', ')
  await sql`create temp table plain (${sql.raw(names)}) on commit drop`.execute(tx)
  await tx.getExecutor().provideConnection(async connection => {
    const stream = copyFrom('copy plain from stdin with (format csv, header)')
    await connection.executeQuery({ ...CompiledQuery.raw(''), sql: stream as unknown as string })
    await pipeline(Readable.from([bytes]), stream)
  })
}

class Undo extends Error {}

/** Everything is done, and then taken back, so that every run meets the same database. */
async function undone(app: Db, work: (tx: Writer) => Promise<void>): Promise<void> {
  await writeAs(app, SYSTEM, async tx => {
    await work(tx)
    throw new Undo()
  }).catch(error => { if (!(error instanceof Undo)) throw error })
}
