import type { TableFault, TableRow, TableShape } from '../../domain/table/table.ts'
import { tableFault } from '../../domain/table/problems.table.ts'
import { parseCsv } from './parse-csv.ts'
import type { TableSource } from './source.ts'

/** Rows as they come, blank ones left out. A fault with a line is of a row that is not among `rows`; one without ends the reading. `bytes`: read of the file so far. */
export type TableBatch = { rows: TableRow[]; faults: TableFault[]; bytes: number }

/** Reads a table as `openTable` found it, a few thousand rows at a time. */
export async function* readTable(source: TableSource, shape: TableShape): AsyncGenerator<TableBatch> {
  const decoder = new TextDecoder(shape.encoding ?? 'utf-8', { fatal: true })
  let text = ''
  for await (const chunk of source.open()) text += decoder.decode(chunk, { stream: true })
  const { header, rows, faults } = parseCsv(text + decoder.decode())
  yield {
    rows: rows.map(({ cells, line }) => ({ line, cells: cells.map(cell => cell === '' ? null : cell) })),
    faults: faults.map(fault => fault.code === 'ragged' ? tableFault('ragged', { cells: fault.cells, columns: header.length }, fault) : tableFault('quotes', {}, fault)),
    bytes: source.size,
  }
}
