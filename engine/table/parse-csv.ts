import { CsvError, parse } from 'csv-parse/sync'
import { splitLines } from './split-lines.ts'

/** `line`: where the row ends in the file, the header being line 1. */
export type CsvRow = { cells: string[]; line: number }
/** A row whose number of cells is not the header's, or a quotation mark that is never closed. */
export type CsvFault = { code: 'ragged'; line: number; cells: number } | { code: 'quotes'; line: number | null }
export type CsvTable = { header: string[]; rows: CsvRow[]; faults: CsvFault[] }

const SEPARATORS = [',', ';', '\t'] as const
type Separator = typeof SEPARATORS[number]
type Take = (cells: string[], line: number) => void

/** Reads a table with one header line. Faulty rows are told and left out, never guessed at. */
export function parseCsv(text: string): CsvTable {
  const table: CsvTable = { header: [], rows: [], faults: [] }
  const take: Take = (cells, line) => {
    if (table.header.length === 0) table.header = cells.map(cell => cell.trim())
    else if (cells.length === table.header.length) table.rows.push({ cells, line })
    else table.faults.push({ code: 'ragged', line, cells: cells.length })
  }
  const body = text.replace(/^\ufeff/, ''), separator = separatorOf(body)
  const lines = splitLines(body, separator)
  if (lines === null) parseAny(body, separator, take, table.faults)
  else lines.forEach((cells, i) => { if (cells !== null) take(cells, i + 1) })
  return table
}

/** What is not plain goes through the library. */
function parseAny(text: string, delimiter: Separator, take: Take, faults: CsvFault[]): void {
  try {
    parse(text, {
      delimiter, relax_column_count: true, skip_empty_lines: true,
      on_record: (cells: string[], { lines }) => { take(cells, lines); return null },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    faults.push({ code: 'quotes', line: typeof error['lines'] === 'number' ? error['lines'] : null })
  }
}

/** The separator that the header has most of: Excel writes `;` where the comma is a decimal sign. */
export function separatorOf(text: string): Separator {
  const end = text.indexOf('\n')
  const header = end < 0 ? text : text.slice(0, end)
  const counts = SEPARATORS.map(separator => header.split(separator).length)
  return SEPARATORS[counts.indexOf(Math.max(...counts))] as Separator
}
