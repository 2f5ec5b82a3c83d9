import type { TableRow, TableShape } from '../../domain/table/table.ts'
import { tableFault } from '../../domain/table/problems.table.ts'
import { bookRows, faultOf, openBook, shownSheets } from './book.ts'
import { makeCsvRows } from './csv-rows.ts'
import { clip, makeFit, type Fit, type TableBatch } from './fit-rows.ts'
import { TABLE_LIMITS } from './limits.ts'
import { headOf, type TableSource } from './source.ts'
import { TURNED_ROWS, turnRows } from './turn.ts'
import { lineEndOf, wholeLines } from './whole-lines.ts'

const BATCH_ROWS = 4_000, HEAD_BYTES = 64 * 1024, BYTES_PER_LETTER = 3
/** A cell of a sheet takes about so many bytes of XML. */
const CELL_BYTES = 32

/** Reads a table as `openTable` found it, a few thousand rows at a time. */
export async function* readTable(source: TableSource, shape: TableShape): AsyncGenerator<TableBatch> {
  const fit = makeFit(shape)
  yield* shape.turned ? readTurned(source, shape, fit) : readRows(source, shape, fit)
}

function readRows(source: TableSource, shape: TableShape, fit: Fit): AsyncGenerator<TableBatch> {
  return shape.kind === 'xlsx' ? readBook(source, shape, fit) : readText(source, shape, fit)
}

/** All of it must be there before it can be turned; it is no longer than a form. */
async function* readTurned(source: TableSource, shape: TableShape, fit: Fit): AsyncGenerator<TableBatch> {
  const rows: TableRow[] = []
  yield* readRows(source, shape, { ...fit, take: (cells, line) => { if (rows.length <= TURNED_ROWS) rows.push({ line, cells }) } })
  const turned = rows.length > TURNED_ROWS ? null : turnRows(rows)
  if (turned === null) fit.fault(tableFault('notTurned', {}))
  for (const { line, cells } of turned ?? []) fit.take(cells, line)
  yield fit.batch(source.size)
}

async function* readText(source: TableSource, { encoding, separator }: TableShape, fit: Fit): AsyncGenerator<TableBatch> {
  const code = encoding ?? 'utf-8', end = lineEndOf(await headOf(source, HEAD_BYTES)), decoder = new TextDecoder(code, { fatal: true })
  let bytes = 0
  const csv = makeCsvRows(separator ?? ',', fit.take, (line, text) => fit.leave({ line, cells: [text] }, tableFault('quotes', {}, { line, value: clip(text) })))
  for await (const piece of wholeLines(source, code, end, TABLE_LIMITS.lineCharacters * BYTES_PER_LETTER)) {
    bytes += piece.length
    const text = decode(decoder, piece)
    if (text === null) { fit.fault(tableFault('unreadable', {})); break }
    csv.push(end === 13 ? text.replaceAll('\r', '\n') : text)
    if (fit.isGivenUp()) break
    if (fit.size() >= BATCH_ROWS) yield fit.batch(bytes)
  }
  if (!fit.isGivenUp()) csv.end()
  yield fit.batch(source.size)
}

async function* readBook(source: TableSource, { sheet }: TableShape, fit: Fit): AsyncGenerator<TableBatch> {
  const opened = await openBook(source)
  if ('fault' in opened) { fit.fault(opened.fault); yield fit.batch(source.size); return }
  const { book } = opened, name = sheet ?? shownSheets(book)[0] ?? ''
  const size = book.sheets.find(sheet => sheet.name === name)?.part.size ?? 1
  let read = 0
  try {
    for await (const rows of bookRows(book, name)) {
      for (const { line, cells } of rows) { fit.take(cells, line); read += cells.length * CELL_BYTES }
      if (fit.size() >= BATCH_ROWS) yield fit.batch(Math.min(source.size, Math.round(source.size * read / size)))
    }
  } catch (error) {
    fit.fault(faultOf(error))
  }
  yield fit.batch(source.size)
}

function decode(decoder: TextDecoder, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes)
  } catch {
    return null
  }
}
