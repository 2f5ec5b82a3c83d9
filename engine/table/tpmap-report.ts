import type { AreaCode, ImportId, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import type { ImportFile, ImportReport } from '../../domain/import/import.ts'
import type { FaultBook } from './faults.ts'
import type { AreaCells } from './tpmap-check.ts'
import type { Reading } from './tpmap-rows.ts'

/** Readings held against those that were imported before. */
export type Comparison = { added: Reading[]; changed: Reading[]; same: number }

export function compareReadings(readings: readonly Reading[], earlier: ReadonlyMap<AreaCode, AreaCells>): Comparison {
  const comparison: Comparison = { added: [], changed: [], same: 0 }
  for (const reading of readings) {
    const before = earlier.get(reading.area)?.[reading.part]
    if (before === undefined) comparison.added.push(reading)
    else if (before.every((cell, i) => Object.is(cell, reading.cells[i]))) comparison.same++
    else comparison.changed.push(reading)
  }
  return comparison
}

/** What a report is made of, before anything was written. */
export type Findings = {
  files: ImportFile[]; source: SourceId | null; period: Period | null; leftOut: number; blankCells: number; faults: FaultBook
}
/** What was written. */
export type Result = { id: ImportId; comparison: Comparison; areasCreated: number; figuresPublished: number; totals: ImportReport['totals'] }

/** The report of an import; without a result nothing was written: all of it was known, or it was refused. */
export function makeReport({ files, source, period, leftOut, blankCells, faults }: Findings, result: Result | null): ImportReport {
  const problems = faults.list(), errors = faults.errors(), warnings = faults.warnings()
  return {
    outcome: outcomeOf(files, errors, result), id: result?.id ?? null, layout: 'tpmap', source, period, files,
    counts: {
      rows: files.reduce((sum, file) => sum + file.rows, 0),
      rowsNew: result?.comparison.added.length ?? 0,
      rowsChanged: result?.comparison.changed.length ?? 0,
      rowsSame: result?.comparison.same ?? 0,
      rowsLeftOut: leftOut, blankCells, areasCreated: result?.areasCreated ?? 0, figuresPublished: result?.figuresPublished ?? 0, errors, warnings,
    },
    totals: result?.totals ?? [], problems, problemsLeftOut: errors + warnings - problems.length,
  }
}

function outcomeOf(files: readonly ImportFile[], errors: number, result: Result | null): ImportReport['outcome'] {
  if (result === null) return errors === 0 && files.every(file => file.known) ? 'unchanged' : 'refused'
  if (errors > 0) return 'partly'
  return result.comparison.added.length + result.comparison.changed.length === 0 ? 'unchanged' : 'imported'
}
