import { setImmediate as breathe } from 'node:timers/promises'
import type { AreaCode, RecordId } from '../../domain/base/ids.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import { tableFault } from '../../domain/table/problems.table.ts'
import { ReportBook, type RowOutcome } from '../../domain/table/rules.report.ts'
import type { TableFault, TableImportId, TableRow } from '../../domain/table/table.ts'
import type { TableBatch } from '../../engine/table/fit-rows.ts'
import { readTable } from '../../engine/table/read-table.ts'
import type { TableSource } from '../../engine/table/source.ts'
import type { Seal } from '../base/seal.ts'
import type { Spool } from '../base/spool.ts'
import type { Db, Writer } from '../db/db.ts'
import type { ReadRow } from './read.cells.ts'
import type { Places } from './read.places.ts'
import type { KeptTable } from './read.ts'
import { FaultyRows } from './write.faulty.ts'

export type WorkParts = { app: Db; spool: Spool; seal: Seal; /** A server that stops leaves its work to the next. */ signal: AbortSignal; progress: (done: number) => Promise<void> }
export const fileName = (id: TableImportId) => `${id}.table`
const AT_ONCE = 1000

export async function sourceFor(spool: Spool, { id, file }: Pick<KeptTable, 'id' | 'file'>): Promise<TableSource> {
  const size = await spool.size(fileName(id))
  if (size === null) throw tableProblems.fileGone({})
  return { name: file, size, open: () => spool.read(fileName(id)) }
}

/** What became of a row, for the report: `area` is where it is counted. */
export type Told = { row: TableRow; outcome: RowOutcome; faults: TableFault[]; area: AreaCode | null; unresolved: ReadRow['unresolved'] }
/** How rows come in: as records, or as figures. What `make` makes of them is kept at once, or at the end. */
export type Way = {
  places: Places
  open(tx: Writer): Promise<void>
  make(tx: Writer, rows: readonly TableRow[]): Promise<readonly Told[]>
  keep(tx: Writer, made: readonly Told[]): Promise<void>
  /** After the last row; `isKept`: it is no trial. */
  close(tx: Writer, book: ReportBook, isKept: boolean): Promise<void>
}

/** A table read through, row by row; what of it stays out is written down beside it. */
export type Reading = { book: ReportBook; places: Places; faulty: number }
/** In which transaction some rows are looked at, and what is done with them there. */
export type Handle = (work: (tx: Writer) => Promise<readonly Told[]>) => Promise<readonly Told[]>

export async function readThrough(parts: WorkParts, kept: KeptTable, { places, make }: Pick<Way, 'places' | 'make'>, handle: Handle): Promise<Reading> {
  const book = new ReportBook(), faulty = new FaultyRows(parts.spool, kept.id)
  if (kept.shape === null) throw tableProblems.notMapped({})
  for await (const batch of readTable(await sourceFor(parts.spool, kept), kept.shape)) {
    for (const fault of batch.faults) if (fault.line === null) book.addFault(fault)
    await enterLeft(batch, book, faulty)
    for (let at = 0; at < batch.rows.length; at += AT_ONCE) {
      parts.signal.throwIfAborted()
      const rows = batch.rows.slice(at, at + AT_ONCE)
      for (const made of await handle(tx => make(tx, rows))) await enter(made, book, faulty)
      await breathe()
    }
    await parts.progress(batch.bytes)
  }
  await faulty.close()
  if (book.counts.read === 0 && !book.isBroken) book.addFault(tableFault('noRows', {}))
  return { book, places, faulty: book.counts.faulty }
}

/** Rows that could not even be taken apart: what stands in them is not told of, since nobody knows what it is. */
async function enterLeft({ left, faults }: TableBatch, book: ReportBook, faulty: FaultyRows): Promise<void> {
  const byLine = Map.groupBy(faults, ({ line }) => line)
  for (const { line, cells } of left) {
    const own = (byLine.get(line) ?? []).map(fault => ({ ...fault, value: null }))
    book.addRow('faulty', own, null)
    await faulty.add(cells, own)
  }
}

async function enter({ row, outcome, faults, area, unresolved }: Told, book: ReportBook, faulty: FaultyRows): Promise<void> {
  book.addRow(outcome, faults, area)
  if (unresolved) book.addPlace(unresolved.written, unresolved.candidates)
  if (outcome === 'faulty') await faulty.add(row.cells, faults)
}

const ID_BYTES = 8, IDS_AT_ONCE = 1024

/** Ids that follow the time and each other (UUID version 7), so that rows that came together lie together in every index. */
export function makeNextId(): () => RecordId {
  const random = Buffer.alloc(ID_BYTES * IDS_AT_ONCE)
  let at = Date.now(), turn = 0, used = IDS_AT_ONCE
  return () => {
    if (++turn > 0xfff) { turn = 0; at++ }
    if (used === IDS_AT_ONCE) { crypto.getRandomValues(random); used = 0 }
    const from = ID_BYTES * used++, time = at.toString(16).padStart(12, '0')
    random[from] = (random[from] as number) & 0x3f | 0x80
    const rest = random.toString('hex', from, from + ID_BYTES)
    return `${time.slice(0, 8)}-${time.slice(8)}-7${turn.toString(16).padStart(3, '0')}-${rest.slice(0, 4)}-${rest.slice(4)}` as RecordId
  }
}
