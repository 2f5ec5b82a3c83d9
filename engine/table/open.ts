import type { TableColumn, TableFault, TableShape } from '../../domain/table/table.ts'
import { tableFault } from '../../domain/table/problems.table.ts'
import { decode } from './decode.ts'
import { parseCsv, separatorOf } from './parse-csv.ts'
import { headOf, type TableSource } from './source.ts'

/** What somebody says that a file is, where it was not found out rightly. */
export type TableChoice = Partial<TableShape>
export type OpenTable = {
  shape: TableShape
  /** Of a workbook, in its order; empty of a text file. */
  sheets: string[]
  columns: TableColumn[]
  /** How many rows lie below the header; of a text file counted, of a workbook guessed. */
  rows: number
  warnings: TableFault[]
}
export type Opened = { table: OpenTable } | { fault: TableFault }

const HEAD_BYTES = 256 * 1024, SAMPLES = 5

/** Finds out what a file is, or says in a sentence why it is no table and what to do. Reads a text file through once. */
export async function openTable(source: TableSource, choice: TableChoice = {}): Promise<Opened> {
  if (source.size === 0) return { fault: tableFault('empty', {}) }
  const decoded = decode(await headOf(source, HEAD_BYTES))
  if ('fault' in decoded) return { fault: decoded.fault === 'not-text' ? tableFault('notTable', { found: decoded.found }) : tableFault('unreadable', {}, { line: decoded.line }) }
  const { header, rows } = parseCsv(decoded.text)
  const columns = header.map((name, index) => ({ index, name, samples: rows.slice(0, SAMPLES).map(row => row.cells[index] ?? '').filter(Boolean) }))
  const shape: TableShape = { kind: 'csv', encoding: decoded.encoding, separator: separatorOf(decoded.text), sheet: null, headerRow: 1, ...choice }
  return { table: { shape, sheets: [], columns, rows: rows.length, warnings: [] } }
}
