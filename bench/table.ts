import { execFile } from 'node:child_process'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { openEmbedded } from '../server/db/embedded.ts'
import { FIELDS, PLACE_COLUMNS, writeCsvTable, writeXlsxTable } from './table.file.ts'
import { inMs, perSecond, type Result } from './results.ts'

/** `BENCH_MOST`: no more rows than so many, on a machine that has something else to do. */
export const SIZES = [20_000, 200_000, 2_000_000].filter(size => size <= Number(process.env['BENCH_MOST'] ?? Infinity))
const BOOK_ROWS = 100_000, BOOK_COLUMNS = 15, MEGABYTE = 1024 * 1024
type Read = { rows: number; wrong: number; openMs: number; readMs: number; peakBytes: number }

/** Any table: opened, read, all its cells and places understood, beside a plain COPY of the same bytes into text columns; and a workbook of the size that clerks send. */
export async function benchTable(): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-table-')), data = join(folder, 'data'), house = await openEmbedded(data, `${data}.keys`, null)
  try {
    const results: Result[] = []
    for (const rows of SIZES) results.push(await benchCsv(folder, rows, ms => copyPlain(house.admin, ms)))
    return [...results, await benchBook(folder)]
  } finally {
    await house.close()
    await rm(folder, { recursive: true, force: true })
  }
}

async function benchCsv(folder: string, rows: number, copy: (path: string) => Promise<number>): Promise<Result> {
  const path = join(folder, `${rows}.csv`)
  await writeCsvTable(path, rows)
  const read = await readAlone(path, rows), copied = await copy(path), columns = FIELDS.length + PLACE_COLUMNS.length
  await rm(path)
  return {
    task: 'reading any table: CSV, cells and places understood', size: `${rows.toLocaleString('en')} rows × ${columns} columns`,
    ours: `opened in ${inMs(read.openMs)}, read in ${inMs(read.readMs)}, ${perSecond(rows, read.readMs)}, ${inMegabytes(read.peakBytes)} at most`,
    beside: `plain COPY ${inMs(copied)}, ${perSecond(rows, copied)}`, budget: '≥ 50,000 rows/s, constant memory',
  }
}

async function benchBook(folder: string): Promise<Result> {
  const path = join(folder, 'book.xlsx')
  await writeXlsxTable(path, BOOK_ROWS)
  const read = await readAlone(path, BOOK_ROWS)
  return {
    task: 'reading any table: XLSX, cells and places understood', size: `${BOOK_ROWS.toLocaleString('en')} rows × ${BOOK_COLUMNS} columns`,
    ours: `opened in ${inMs(read.openMs)}, read in ${inMs(read.readMs)}, ${inMegabytes(read.peakBytes)} at most`, beside: `a file of ${inMegabytes((await stat(path)).size)}`, budget: '≤ 6 s, ≤ 400 MB',
  }
}

const inMegabytes = (bytes: number) => `${Math.round(bytes / MEGABYTE)} MB`

/** In a process of its own: its memory is then that of the reading and of Node. */
async function readAlone(path: string, rows: number): Promise<Read> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'table.read.ts'), path]), read = JSON.parse(stdout) as Read
  if (read.rows !== rows || read.wrong > 0) throw new Error(`${path}: ${read.rows} rows were read, ${read.wrong} faults found`)
  return read
}

export async function copyPlain(admin: pg.ClientConfig, path: string): Promise<number> {
  const client = new pg.Client(admin), columns = Array.from({ length: FIELDS.length + PLACE_COLUMNS.length }, (_, i) => `c${i} text`).join(', ')
  await client.connect()
  try {
    await client.query(`create temp table plain (${columns})`)
    const begun = performance.now()
    await pipeline(createReadStream(path), client.query(copyFrom('copy plain from stdin with (format csv, header)')))
    return performance.now() - begun
  } finally {
    await client.end()
  }
}
