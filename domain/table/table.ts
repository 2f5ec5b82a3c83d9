import { z } from 'zod'
import { AreaCode, DatasetId, PersonId } from '../base/ids.ts'
import { Text } from '../base/text.ts'
import { AnswerType, Choice, QuestionRole } from '../dataset/dataset.form.ts'

/** Numbers of places from one source: `figures:oae-rice`. */
export const FiguresOf = z.string().max(80).regex(/^figures:[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'figures of a source').brand('FiguresOf')
export type FiguresOf = z.infer<typeof FiguresOf>
/** What the rows of a table become: records of a dataset, or figures of places. */
export const TableSubject = z.union([DatasetId, FiguresOf])
export type TableSubject = z.infer<typeof TableSubject>

/** What a file was found to be, or is said to be: how its bytes become rows of cells. */
export const TableShape = z.object({
  kind: z.enum(['csv', 'xlsx']),
  /** Of a text file; null in a workbook. */
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-874']).nullable(),
  separator: z.enum([',', ';', '\t', '|']).nullable(),
  /** Of a workbook, by name; null in a text file. */
  sheet: z.string().nullable(),
  /** The row that names the columns, counted from 1 as a spreadsheet does; title rows stand above it. */
  headerRow: z.number().int().min(1),
  /** Each row is a field, as on a form: what is asked, and beside it the answer. Turned, it is a list whose header is row 1. */
  turned: z.boolean().optional(),
})
export type TableShape = z.infer<typeof TableShape>

/** A cell as the file has it: text as it stands, a number of a workbook as a number, a date of a workbook as `YYYY-MM-DD`. Null: empty. */
export type TableCell = string | number | boolean | null
/** `line`: the row as a spreadsheet counts it. */
export type TableRow = { line: number; cells: TableCell[] }

export const TableColumn = z.object({ index: z.number().int().min(0), name: z.string(), /** The first few that are not empty. */ samples: z.array(z.string()) })
export type TableColumn = z.infer<typeof TableColumn>

/** One of several things that a cell says: rai, ngan and square wa of 3-2-50; title, name and family name of a person. */
export const CellPart = z.enum(['rai', 'ngan', 'wa2', 'prefix', 'given', 'family'])
export type CellPart = z.infer<typeof CellPart>

/** How a cell is to be read where that is not plain from itself. */
export const CellReading = z.object({
  /** Years of dates: B.E. (2567), C.E. (2024), or by what they are. */
  era: z.enum(['be', 'ce', 'any']).default('any'),
  /** 01/02/2567 is the first of February, or the second of January. */
  order: z.enum(['dmy', 'mdy', 'ymd']).default('dmy'),
  /** What a number is in, when its text does not say: `rai`, `ngan`, `square-wah`, …; it is brought to the unit of the field. */
  unit: z.string().nullable().default(null),
  /** Where a column feeds several fields, which part of it this one takes. */
  part: CellPart.optional(),
})
export type CellReading = z.infer<typeof CellReading>

/** Where a column goes: to a field (the key of a question), to a part of the place or the position, to the id of the record; or nowhere (not in the list). */
export const TableTarget = z.enum(['field', 'place-code', 'province', 'district', 'tambon', 'village', 'lat', 'lon', 'record-id'])
export type TableTarget = z.infer<typeof TableTarget>
export const TableMapping = z.object({
  columns: z.array(z.object({ column: z.number().int().min(0), target: TableTarget, /** Of a field. */ field: z.string().nullable().default(null), reading: CellReading.default({ era: 'any', order: 'dmy', unit: null }) })),
  /** Fields that are the same in every row. */
  constants: z.record(z.string(), z.string()).default({}),
  /** Choices as the file writes them → the name of the choice, by field. */
  choices: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Places as the file writes them (their names joined by “ › ”) → the code that somebody chose. */
  places: z.record(z.string(), AreaCode).default({}),
})
export type TableMapping = z.infer<typeof TableMapping>

/** A field that a column can go to: a question of the form outside its repeats. Files cannot come with a table. */
export const TableField = z.object({
  key: z.string(), label: Text, type: AnswerType, unit: z.string().nullable(), role: QuestionRole.nullable(), /** What it means in a standard vocabulary. */ term: z.string().nullable(), choices: z.array(Choice),
  /** The form wants it answered wherever it applies. */
  required: z.boolean(),
})
export type TableField = z.infer<typeof TableField>

/** What is wrong with a cell, a row or the file, in words. `line`: absent of the file as a whole. */
export const TableFault = z.object({ line: z.number().int().nullable(), column: z.string().nullable(), value: z.string().nullable(), code: z.string(), weight: z.enum(['error', 'warning']), say: Text })
export type TableFault = z.infer<typeof TableFault>

/** A place that the file names and nobody could find for sure: how often, and what it may be. */
export const UnresolvedPlace = z.object({ written: z.string(), rows: z.number().int(), candidates: z.array(z.object({ area: AreaCode, name: Text })) })
export type UnresolvedPlace = z.infer<typeof UnresolvedPlace>

/** What became of a file, or would. Faults are grouped by code and column, with the first few of each; the rows themselves are in the file of faulty rows. */
export const TableReport = z.object({
  outcome: z.enum(['would-import', 'imported', 'refused', 'undone']),
  shape: TableShape.nullable(),
  rows: z.object({ read: z.number().int(), good: z.number().int(), faulty: z.number().int(), new: z.number().int(), updated: z.number().int(), unchanged: z.number().int() }),
  faults: z.array(z.object({ code: z.string(), column: z.string().nullable(), weight: z.enum(['error', 'warning']), rows: z.number().int(), first: z.array(TableFault) })),
  places: z.array(UnresolvedPlace),
  byArea: z.array(z.object({ area: AreaCode, rows: z.number().int() })),
  /** Once it was taken back: records that are gone, that stand as they did, and how many of all lay under another code by then. */
  undone: z.object({ removed: z.number().int(), restored: z.number().int(), recoded: z.number().int() }).optional(),
})
export type TableReport = z.infer<typeof TableReport>

export const TableImportId = z.uuid().brand<'TableImportId'>()
export type TableImportId = z.infer<typeof TableImportId>

/** An import of a table, from the moment its file is there. */
export const TableImport = z.object({
  id: TableImportId, area: AreaCode, dataset: TableSubject, file: z.string(), bytes: z.number().int(), by: PersonId.nullable(), byName: z.string(), at: z.iso.datetime(),
  /** given: its columns are to be mapped; reading, importing, undoing: a job is at it; tried: it was read through and nothing was kept. */
  state: z.enum(['given', 'reading', 'tried', 'importing', 'imported', 'refused', 'undoing', 'undone']),
  progress: z.object({ done: z.number(), of: z.number() }).nullable(),
  shape: TableShape.nullable(), sheets: z.array(z.string()), columns: z.array(TableColumn), mapping: TableMapping, report: TableReport.nullable(),
  /** Somebody said before, for a file with the same columns, where they go. */
  remembered: z.boolean(),
  /** The very bytes went into this dataset before. */
  same: z.object({ id: TableImportId, at: z.iso.datetime(), byName: z.string() }).nullable(),
  /** Why the last job did not end, in words: the server was stopped, something else happened to a record. */
  trouble: Text.nullable(),
  /** Rows that stayed out can be fetched by whoever asks. */
  hasFaulty: z.boolean(),
})
export type TableImport = z.infer<typeof TableImport>
