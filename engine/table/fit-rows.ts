import { tableFault } from '../../domain/table/problems.table.ts'
import type { TableCell, TableFault, TableRow, TableShape } from '../../domain/table/table.ts'
import { TABLE_LIMITS } from './limits.ts'

/**
 * Rows as they come, as wide as their header, blank ones left out. `left`: rows that could not be taken, as far as they can be read, each with a
 * fault of its line. A fault without a line ends the reading. `bytes`: read of the file so far.
 */
export type TableBatch = { rows: TableRow[]; left: TableRow[]; faults: TableFault[]; bytes: number }

/** Sorts rows into those that fit their header and those that are told and left out. */
export type Fit = {
  take: (cells: TableCell[], line: number) => void
  leave: (row: TableRow, fault: TableFault) => void
  fault: (fault: TableFault) => void
  /** In rows; a very wide one counts for more. */
  size: () => number
  isGivenUp: () => boolean
  batch: (bytes: number) => TableBatch
}

const WIDE_CELLS = 250

export function makeFit({ headerRow, kind }: Pick<TableShape, 'headerRow' | 'kind'>): Fit {
  let rows: TableRow[] = [], left: TableRow[] = [], faults: TableFault[] = [], width = 0, named = 0, broken = 0, held = 0
  const leave = (row: TableRow, fault: TableFault) => { left.push(row); faults.push(fault); if (fault.code === 'table/quotes') broken++ }
  const isGivenUp = () => broken > TABLE_LIMITS.brokenRows
  const take = (cells: TableCell[], line: number) => {
    if (line < headerRow) return
    held += cells.length
    if (line === headerRow) { width = cells.length; named = lastFilled(cells) + 1; return }
    const last = emptyToNull(cells)
    if (last < 0) return
    // A sheet does not keep the blank cells at the end of a row, a text file keeps its separators.
    if (last < width && (cells.length >= named || kind === 'xlsx')) rows.push({ line, cells: cells.length === width ? cells : resized(cells, width) })
    else leave({ line, cells }, tableFault('ragged', { cells: cells.length, columns: width }, { line, value: clip(cells.join(' ')) }))
  }
  return {
    take, leave, isGivenUp,
    fault: fault => { faults.push(fault) },
    size: () => Math.max(rows.length + left.length, held / WIDE_CELLS),
    batch: bytes => {
      if (isGivenUp()) faults.push(tableFault('tooManyQuotes', { rows: TABLE_LIMITS.brokenRows }))
      const batch = { rows, left, faults, bytes }
      rows = []; left = []; faults = []; held = 0
      return batch
    },
  }
}

const MOST_SHOWN = 200
/** So much of a row or a cell as a report shows. */
export const clip = (text: string) => text.length > MOST_SHOWN ? text.slice(0, MOST_SHOWN) + '…' : text

const lastFilled = (cells: readonly TableCell[]) => cells.findLastIndex(cell => cell !== null && (typeof cell !== 'string' || cell.trim() !== ''))

/** Gives the last cell that is not blank, -1 where none is. */
function emptyToNull(cells: TableCell[]): number {
  let last = -1
  for (let i = 0; i < cells.length; i++) {
    if (cells[i] === '') cells[i] = null
    else if (cells[i] !== null) last = i
  }
  return last < 0 || (typeof cells[last] === 'string' && (cells[last] as string).trim() === '') ? lastFilled(cells) : last
}

function resized(cells: readonly TableCell[], width: number): TableCell[] {
  return Array.from({ length: width }, (_, i) => cells[i] ?? null)
}
