import { setImmediate as breathe } from 'node:timers/promises'
import { PersonId, RecordId } from '../../domain/base/ids.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import { rowFault } from '../../domain/table/problems.row.ts'
import { tableFault } from '../../domain/table/problems.table.ts'
import { ReportBook } from '../../domain/table/rules.report.ts'
import type { TableImportId, TableRow } from '../../domain/table/table.ts'
import type { TableBatch } from '../../engine/table/fit-rows.ts'
import { readTable } from '../../engine/table/read-table.ts'
import type { TableSource } from '../../engine/table/source.ts'
import type { Seal } from '../base/seal.ts'
import type { Spool } from '../base/spool.ts'
import type { Db, Writer } from '../db/db.ts'
import { readAs, SYSTEM, type Scope } from '../db/scope.ts'
import { makeRowReader, type ReadRow } from './read.cells.ts'
import { getForm, questionsFor } from './read.form.ts'
import { getPlaces, type Places } from './read.places.ts'
import { makeAnswers, makeRecords, type Made, type Making } from './write.records.ts'
import type { KeptTable, TableJob } from './read.ts'
import { FaultyRows } from './write.faulty.ts'

export type WorkParts = { app: Db; spool: Spool; seal: Seal; /** A server that stops leaves its work to the next. */ signal: AbortSignal; progress: (done: number) => Promise<void> }
export const fileName = (id: TableImportId) => `${id}.table`
/** Somebody at the server's own command line. */
const NOBODY = PersonId.parse('00000000-0000-0000-0000-000000000000')
const AT_ONCE = 1000

export async function sourceFor(spool: Spool, { id, file }: Pick<KeptTable, 'id' | 'file'>): Promise<TableSource> {
  const size = await spool.size(fileName(id))
  if (size === null) throw tableProblems.fileGone({})
  return { name: file, size, open: () => spool.read(fileName(id)) }
}

/** A table read through, row by row; what of it stays out is written down beside it. */
export type Reading = { book: ReportBook; places: Places; faulty: number }
/** In which transaction some rows are looked at, and what is done with them there. */
export type Handle = (work: (tx: Writer) => Promise<readonly Made[]>) => Promise<readonly Made[]>

export async function readThrough(parts: WorkParts, kept: KeptTable, { how, by }: TableJob, areas: Scope['areas'], handle: Handle): Promise<Reading> {
  const { making, places, read } = await prepare(parts, kept, { how, by, does: 'try' }, areas), book = new ReportBook(), faulty = new FaultyRows(parts.spool, kept.id)
  if (kept.shape === null) throw tableProblems.notMapped({})
  const seen = new Set<RecordId>(), lookAt = (row: TableRow) => onlyOnce(read(row), seen)
  for await (const batch of readTable(await sourceFor(parts.spool, kept), kept.shape)) {
    for (const fault of batch.faults) if (fault.line === null) book.addFault(fault)
    await enterLeft(batch, book, faulty)
    for (let at = 0; at < batch.rows.length; at += AT_ONCE) {
      parts.signal.throwIfAborted()
      const rows = batch.rows.slice(at, at + AT_ONCE).map(lookAt)
      for (const made of await handle(tx => makeRecords(tx, making, rows))) await enter(made, book, faulty)
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

async function enter({ read, outcome, faults, standing }: Made, book: ReportBook, faulty: FaultyRows): Promise<void> {
  book.addRow(outcome, faults, standing?.area ?? null)
  if (read.unresolved) book.addPlace(read.unresolved.written, read.unresolved.candidates)
  if (outcome === 'faulty') await faulty.add(read.row.cells, faults)
}

function onlyOnce(read: ReadRow, seen: Set<RecordId>): ReadRow {
  if (read.target === null) return read
  if (seen.has(read.target)) return { ...read, target: null, place: null, faults: [...read.faults, rowFault('idTwice', {}, { line: read.row.line, value: read.target })] }
  seen.add(read.target)
  return read
}

async function prepare({ app, seal }: WorkParts, kept: KeptTable, { how, by }: TableJob, areas: Scope['areas']): Promise<{ making: Making; places: Places; read: (row: TableRow) => ReadRow }> {
  const { dataset, form, places } = await readAs(app, SYSTEM, async tx => ({ ...await getForm(tx, kept), places: await getPlaces(tx) }))
  const at = new Date(), names = kept.columns.map(({ name }) => name), { model } = form, questions = new Map(questionsFor(model).map(question => [question.key, question]))
  const columnOf = new Map(kept.mapping.columns.flatMap(({ column, field }): [string, { name: string; index: number; isShown: boolean }][] =>
    field === null ? [] : [[field, { name: names[column] ?? '', index: column, isShown: questions.get(field)?.sensitivity === 'open' && questions.get(field)?.role !== 'national-id' }]]))
  return {
    places, read: makeRowReader({ model, mapping: kept.mapping, names, places, areas, formArea: form.area }),
    making: { dataset, form, areas, seal, at, fill: makeAnswers(form, at), person: by.person ?? NOBODY, keepFaulty: how.keepFaulty, columnOf, nextId: makeNextId() },
  }
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
