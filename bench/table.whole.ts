import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { AreaCode, DatasetId } from '../domain/base/ids.ts'
import { Dataset } from '../domain/dataset/dataset.ts'
import { openHouse } from '../cli/database.ts'
import { readEnvironment } from '../server/base/environment.ts'
import { publishForm } from '../server/dataset/write.publish.ts'
import type { Db } from '../server/db/db.ts'
import { SYSTEM, writeAs } from '../server/db/scope.ts'
import { settingsOf, workbookOf } from '../tests/setup/defining.ts'
import { ownerAt, settingsFor } from './database.ts'
import { copyPlain, SIZES } from './table.ts'
import { writeFigureTable } from './table.figures.ts'
import { writeCsvTable } from './table.file.ts'
import { inMs, perSecond, type Result } from './results.ts'

/** Of tables of figures, before those that the seed has. */
const YEARS = [{ from: 1994, until: 1996 }, { from: 1997, until: 2016 }, { from: 1954, until: 1993 }].slice(0, SIZES.length)
const NATION = AreaCode.parse('TH'), PLOT = DatasetId.parse('bench-plot'), MEGABYTE = 1024 * 1024
/** The ten columns of the bench's table as a form asks for them, with a rule and three required questions. */
const FORM = `| survey | | | | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | required | constraint | bind::rakkaeo:sensitivity | bind::rakkaeo:role |
| | text | name | name | name | yes | | open | title |
| | select_one kind | kind | kind | kind | yes | | open | |
| | decimal | rai | rai | rai | | . >= 0 | open | |
| | integer | households | households | households | | . >= 0 | open | |
| | integer | baht | baht | baht | | | open | |
| | date | visited | visited | visited | yes | | open | date |
| | text | phone | phone | phone | | | personal | |
| choices | | | | |
| | list_name | name | label::ไทย (th) | label::English (en) |
| | kind | rice | ข้าว | Rice |
| | kind | maize | ข้าวโพด | Maize |
| | kind | garlic | กระเทียม | Garlic |
${settingsOf(PLOT)}`

type Brought = { rows: number; tryMs: number; importMs: number; tryPeakBytes: number; peakBytes: number }

/** The whole way of a table: given, tried, imported as records with their acts, checks, counts and search; beside a plain COPY of the same bytes, and beside COPY of the rows that it left into a bare copy of their table. */
export async function benchWholeTable(): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-whole-')), data = join(folder, 'data'), quiet = { step: () => {}, count: () => {} }
  const database = await openHouse(readEnvironment(settingsFor(data)), 'server', quiet), owner = new pg.Client({ connectionString: ownerAt(data) })
  await owner.connect()
  try {
    await definePlot(database.app)
    const results: Result[] = []
    for (const rows of SIZES) results.push(...await benchSize(folder, data, owner, rows))
    for (const { from, until } of YEARS) results.push(...await benchFigures(folder, data, owner, from, until))
    return results
  } finally {
    await owner.end()
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
}

export async function definePlot(app: Db): Promise<void> {
  const base = JSON.parse(await readFile(new URL('../seed/dataset/household/dataset.json', import.meta.url), 'utf8')), dataset = Dataset.parse({ ...base, id: PLOT, unit: 'record', lasting: false, about: null })
  await writeAs(app, SYSTEM, async tx => {
    await tx.insertInto('core.dataset').values({ area_code: NATION, id: PLOT, position: 99, definition: JSON.stringify(dataset) }).execute()
    await publishForm(tx, { area: NATION, dataset }, NATION, await workbookOf(FORM), { name: 'bench', person: null })
  })
}

async function benchSize(folder: string, data: string, owner: pg.Client, rows: number): Promise<Result[]> {
  const path = join(folder, `${rows}.csv`)
  await writeCsvTable(path, rows)
  const brought = await bringAlone(path, data, PLOT, rows), plain = await copyPlain({ connectionString: ownerAt(data) }, path), bare = await copyRecords(owner)
  await rm(path)
  const size = `${rows.toLocaleString('en')} rows × 10 columns`, told = toldOf(rows)
  return [
    { task: 'a table tried: read, placed, judged by its form, reported', size, ours: `${told(brought.tryMs)}, ${inMegabytes(brought.tryPeakBytes)} at most`, beside: `plain COPY ${told(plain)}`, budget: '≥ 50,000 rows/s, a third of COPY' },
    { task: 'a table imported: records with acts, counts and search', size, ours: `${told(brought.importMs)}, ${inMegabytes(brought.peakBytes)} at most`, beside: `plain COPY ${told(plain)}; INSERT … SELECT of these records alone, with the same indexes, ${told(bare)}`, budget: '≥ 50,000 rows/s, a third of COPY' },
  ]
}

/** Numbers of all tambons: what a row of four becomes is kept, added up for every place above and published; beside it the bare rows of the numbers that it left. */
async function benchFigures(folder: string, data: string, owner: pg.Client, from: number, until: number): Promise<Result[]> {
  const path = join(folder, `${from}-${until}.csv`), rows = await writeFigureTable(path, from, until)
  const brought = await bringAlone(path, data, 'figures:dopa-population', rows), plain = await copyPlain({ connectionString: ownerAt(data) }, path), bare = await copyFigures(owner, from, until)
  await rm(path)
  const size = `${rows.toLocaleString('en')} rows × 10 columns, ${until - from + 1} years`, told = toldOf(rows)
  return [
    { task: 'a table of figures tried', size, ours: `${told(brought.tryMs)}, ${inMegabytes(brought.tryPeakBytes)} at most`, beside: `plain COPY ${told(plain)}` },
    { task: 'a table of figures imported: added up and public', size, ours: `${told(brought.importMs)}, ${inMegabytes(brought.peakBytes)} at most`, beside: `plain COPY ${told(plain)}; INSERT … SELECT of the figures that it left (of all places, kept and public), with the same indexes, ${told(bare)}` },
  ]
}

async function bringAlone(path: string, data: string, subject: string, rows: number): Promise<Brought> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'table.bring.ts'), path, data, subject], { maxBuffer: MEGABYTE }), brought = JSON.parse(stdout) as Brought
  if (brought.rows !== rows) throw new Error(`${path}: ${brought.rows} rows came in`)
  return brought
}

const toldOf = (rows: number) => (ms: number) => `${inMs(ms)}, ${perSecond(rows, ms)}`, inMegabytes = (bytes: number) => `${Math.round(bytes / MEGABYTE)} MB`

/** The physical bound of PostgreSQL here: the same rows into a table with the same columns and indexes, without policies, triggers or acts. */
async function copyRecords(owner: pg.Client): Promise<number> {
  await owner.query(`set rakkaeo.areas = 'TH'`)
  await owner.query('create temp table bare (like core.record including indexes)')
  const begun = performance.now()
  await owner.query(`insert into bare select * from core.record where dataset_id = $1 and changed_at = (select max(changed_at) from core.record where dataset_id = $1)`, [PLOT])
  const ms = performance.now() - begun
  await owner.query('drop table bare')
  return ms
}

async function copyFigures(owner: pg.Client, from: number, until: number): Promise<number> {
  await owner.query(`set rakkaeo.areas = 'TH'`)
  await owner.query('create temp table bare_kept (like fact.figure including indexes)')
  await owner.query('create temp table bare_open (like open.figure including indexes)')
  const begun = performance.now()
  for (const [bare, table] of [['bare_kept', 'fact.figure'], ['bare_open', 'open.figure']]) await owner.query(`insert into ${bare} select * from ${table} where source_id = 'dopa-population' and period between $1 and $2`, [String(from), String(until)])
  const ms = performance.now() - begun
  await owner.query('drop table bare_kept, bare_open')
  return ms
}
