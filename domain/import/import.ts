import { z } from 'zod'
import { AreaCode, ImportId, SourceId } from '../base/ids.ts'
import { Period } from '../base/period.ts'
import { Text } from '../base/text.ts'
import { AreaLevel } from '../area/area.ts'

/** An error keeps a row (or a whole file) out; a warning says what to know about a row that goes in. */
export const Severity = z.enum(['error', 'warning'])
export type Severity = z.infer<typeof Severity>

/** One thing found in a file: where it stands, what is wrong and what to do. A file as a whole has no line. */
export const ImportFault = z.object({
  severity: Severity,
  code: z.string(),
  file: z.string(),
  line: z.number().int().nullable(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  what: Text,
  todo: Text,
})
export type ImportFault = z.infer<typeof ImportFault>

/** One file as it was read. `known`: the same bytes were imported before, so it was left alone. */
export const ImportFile = z.object({
  name: z.string(),
  sha256: z.string(),
  bytes: z.number().int(),
  encoding: z.string().nullable(),
  parts: z.array(z.string()),
  level: AreaLevel.nullable(),
  rows: z.number().int(),
  known: z.boolean(),
})
export type ImportFile = z.infer<typeof ImportFile>

/**
 * What became of an import. `imported`: everything went in; `partly`: the good rows did, as was asked for;
 * `unchanged`: all of it was there already; `refused`: nothing went in.
 */
export const ImportOutcome = z.enum(['imported', 'partly', 'unchanged', 'refused'])
export type ImportOutcome = z.infer<typeof ImportOutcome>

export const ImportReport = z.object({
  outcome: ImportOutcome,
  /** Null when nothing was kept. */
  id: ImportId.nullable(),
  layout: z.literal('tpmap'),
  source: SourceId.nullable(),
  period: Period.nullable(),
  files: z.array(ImportFile),
  counts: z.object({
    rows: z.number().int(),
    rowsNew: z.number().int(),
    rowsChanged: z.number().int(),
    rowsSame: z.number().int(),
    rowsLeftOut: z.number().int(),
    blankCells: z.number().int(),
    areasCreated: z.number().int(),
    figuresPublished: z.number().int(),
    errors: z.number().int(),
    warnings: z.number().int(),
  }),
  /** National totals after the import, so that a person can hold them against the publisher's. */
  totals: z.array(z.object({ indicator: z.string(), area: AreaCode, value: z.number() })),
  /** The first faults, errors first; `counts` has them all. */
  problems: z.array(ImportFault),
  problemsLeftOut: z.number().int(),
})
export type ImportReport = z.infer<typeof ImportReport>
