import { setImmediate as breathe } from 'node:timers/promises'
import type { AreaCode, RecordId } from '../../domain/base/ids.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import { tableFault } from '../../domain/table/problems.table.ts'
import { isElsewhere, ReportBook, type RowOutcome } from '../../domain/table/rules.report.ts'
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
const MOST_AT_ONCE = 4000, WITHOUT_BREATH = 200

export async function sourceFor(spool: Spool, { id, file }: Pick<KeptTable, 'id' | 'file'>): Promise<TableSource> {
  const size = await spool.size(fileName(id))
  if (size === null) throw tableProblems.fileGone({})
  return { name: file, size, open: () => spool.read(fileName(id)) }
}

/** What became of a row, for the report: `area` is where it is counted. */
export type Told = { row: TableRow; outcome: RowOutcome; faults: TableFault[]; area: AreaCode | null; unresolved: ReadRow['unresolved'] }
/** Makes what a row becomes, by its place among those that were taken. */
export type Make = (at: number) => Told
/** How rows come in: as records, or as figures. What becomes of them is kept as they come by, or at the end. */
export type Way = {
  places: Places
  /** What is found at the end rests on all rows: they are kept of a trial and of what is refused too, until that is taken back. */
  needsAll: boolean
  open(tx: Writer): Promise<void>
  /** Reads the cells of some rows. What must be asked of the database before they are made is asked by what this gives, all at once. */
  take(rows: readonly TableRow[]): (tx: Writer) => Promise<Make>
  /** Gets ready what is to be kept of some rows; what this gives keeps it. */
  keep(made: readonly Told[]): (tx: Writer) => Promise<void>
  /** After the last row; `isKept`: it is no trial. */
  close(tx: Writer, book: ReportBook, isKept: boolean): Promise<void>
}

/** A table read through, row by row; what of it stays out is written down beside it. */
export type Reading = { book: ReportBook; places: Places; faulty: number }
/** In which transaction something is asked, and what is done with the rows that were made. */
export type Hands = { ask: (look: (tx: Writer) => Promise<Make>) => Promise<Make>; keep: (made: readonly Told[]) => () => Promise<void> }

/** While the database keeps some rows, the next are made. It is asked about those before, so that nothing waits behind what is kept. */
export async function readThrough(parts: WorkParts, kept: KeptTable, { places, take }: Pick<Way, 'places' | 'take'>, { ask, keep }: Hands): Promise<Reading> {
  const book = new ReportBook(), faulty = new FaultyRows(parts.spool, kept.id)
  let next = async () => {}, keeping = Promise.resolve()
  const pass = async (rows: readonly TableRow[]) => {
    parts.signal.throwIfAborted()
    const look = take(rows)
    await keeping
    const make = await ask(look)
    keeping = next()
    // whoever waits for it hears of it
    keeping.catch(() => {})
    const made = await makeAll(rows.length, make)
    next = keep(made)
    for (const one of made) if (enter(one, book)) await faulty.add(one.row.cells, one.faults)
  }
  try {
    for await (const batch of batchesOf(parts, kept)) {
      for (const fault of batch.faults) if (fault.line === null) book.addFault(fault)
      await enterLeft(batch, book, faulty)
      for (const rows of alike(batch.rows)) await pass(rows)
      await parts.progress(batch.bytes)
    }
    await keeping.then(() => next())
  } finally {
    await keeping.catch(() => {})
  }
  await faulty.close()
  if (book.counts.read === 0 && !book.isBroken) book.addFault(tableFault('noRows', {}))
  return { book, places, faulty: book.counts.faulty }
}

/** Some thousand rows at once, and always as many: while a few are kept, many cannot be made. */
function alike(rows: TableRow[]): TableRow[][] {
  const parts = Math.ceil(rows.length / MOST_AT_ONCE), size = Math.ceil(rows.length / parts)
  return Array.from({ length: parts }, (_, part) => rows.slice(part * size, (part + 1) * size))
}

async function* batchesOf({ spool }: WorkParts, kept: KeptTable): AsyncGenerator<TableBatch> {
  if (kept.shape === null) throw tableProblems.notMapped({})
  yield* readTable(await sourceFor(spool, kept), kept.shape)
}

/** Requests are answered in between, and the database is given what it waits for. */
async function makeAll(count: number, make: Make): Promise<Told[]> {
  const made: Told[] = []
  for (let at = 0; at < count; at++) {
    made.push(make(at))
    if (at % WITHOUT_BREATH === 0) await breathe()
  }
  return made
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

/** True: it stays out, to be mended. */
function enter({ outcome, faults, area, unresolved }: Told, book: ReportBook): boolean {
  // whoever cannot mend a row is not told what else is wrong with it
  const elsewhere = faults.filter(isElsewhere)
  book.addRow(outcome, elsewhere.length > 0 ? elsewhere : faults, area)
  if (unresolved) book.addPlace(unresolved.written, unresolved.candidates)
  return outcome === 'faulty' && elsewhere.length === 0
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
