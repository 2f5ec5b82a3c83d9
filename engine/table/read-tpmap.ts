import type { ImportFile } from '../../domain/import/import.ts'
import { filterInName, UNFILTERED } from '../../domain/import/rules.ts'
import { decode } from './decode.ts'
import type { FaultBook } from './faults.ts'
import { parseCsv, type CsvTable } from './parse-csv.ts'
import { readRows, type TpmapRows } from './tpmap-rows.ts'
import { shapeOf, type TpmapShape } from './tpmap-shape.ts'

/** A file as far as it can be understood alone. */
export type TpmapFile = Pick<ImportFile, 'encoding' | 'parts' | 'level' | 'rows'> & TpmapRows

const NOTHING: TpmapRows = { readings: [], blankCells: 0, leftOut: 0 }

/** Reads the bytes of a TPMAP file. What is wrong goes into the book of faults; a file with a fault of its own gives no readings. */
export function readTpmap(name: string, bytes: Uint8Array, faults: FaultBook): TpmapFile {
  const file: TpmapFile = { encoding: null, parts: [], level: null, rows: 0, ...NOTHING }
  if (bytes.length === 0) { faults.add('empty', { file: name }, {}); return file }
  const decoded = decode(bytes)
  if ('fault' in decoded) {
    if (decoded.fault === 'not-text') faults.add('notCsv', { file: name }, { found: decoded.found })
    else faults.add('encoding', { file: name, line: decoded.line }, {})
    return file
  }
  const table = parseCsv(decoded.text)
  const shape = table.header.length === 0 ? tellEmpty(name, faults) : shapeOf(name, table.header, faults)
  file.encoding = decoded.encoding
  file.rows = table.rows.length + table.faults.filter(fault => fault.code === 'ragged').length
  if (shape === null) return { ...file, leftOut: file.rows }
  const understood = { ...file, parts: shape.parts, level: shape.area.level }
  const isWhole = tellWhole(name, shape, table, faults)
  const rows = tellRagged(name, table, faults, readRows(name, shape, table, faults))
  return isWhole ? { ...understood, ...rows } : { ...understood, leftOut: file.rows }
}

function tellEmpty(name: string, faults: FaultBook): null {
  faults.add('empty', { file: name }, {})
  return null
}

/** The poor of some dimensions only, a file cut off in the middle of a quotation, or one without rows is no file of numbers. */
function tellWhole(name: string, shape: TpmapShape, table: CsvTable, faults: FaultBook): boolean {
  const before = faults.errors()
  const filter = filterInName(name)
  if (shape.parts.includes('poor') && filter !== null && filter !== UNFILTERED) faults.add('filtered', { file: name, value: filter }, {})
  for (const fault of table.faults) if (fault.code === 'quotes') faults.add('quotes', { file: name, line: fault.line }, {})
  if (table.rows.length === 0 && table.faults.length === 0) faults.add('noRows', { file: name }, {})
  return shape.isWhole && faults.errors() === before
}

function tellRagged(name: string, table: CsvTable, faults: FaultBook, rows: TpmapRows): TpmapRows {
  const ragged = table.faults.filter(fault => fault.code === 'ragged')
  for (const { line, cells } of ragged) faults.add('ragged', { file: name, line }, { cells, columns: table.header.length })
  return { ...rows, leftOut: rows.leftOut + ragged.length }
}
