import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { AreaCode, FileId, ImportId, PersonId, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import type { ImportReport } from '../../domain/import/import.ts'
import type { Reading } from '../../engine/table/tpmap-rows.ts'
import type { Cell } from '../db/copy.ts'
import type { Writer } from '../db/db.ts'
import { insertMany } from '../db/insert.ts'
import type { RawFile } from './read.ts'

/** Who imports: the name that is shown, and the person where it is one. */
export type By = { name: string; person: PersonId | null }

/** Keeps a file as it came, in the place of its import. The same bytes are kept once in a place. */
export async function keepFile(tx: Writer, file: RawFile, area: AreaCode, by: By): Promise<FileId> {
  const id = randomUUID() as FileId
  const kept = await tx.insertInto('raw.file').values({ area_code: area, id, name: file.name, sha256: file.sha256, bytes: Buffer.from(file.bytes), received_by: by.name })
    .onConflict(conflict => conflict.columns(['area_code', 'sha256']).doNothing()).executeTakeFirst()
  if (kept.numInsertedOrUpdatedRows) return id
  return (await tx.selectFrom('raw.file').select('id').where('area_code', '=', area).where('sha256', '=', file.sha256).executeTakeFirstOrThrow()).id
}

/** Keeps the report of a reading of files. */
export async function keepImport(tx: Writer, id: ImportId, area: AreaCode, report: ImportReport, files: readonly FileId[], by: By): Promise<void> {
  const { layout, source, period } = report as ImportReport & { source: SourceId; period: Period }
  await tx.insertInto('raw.import').values({ area_code: area, id, layout, source_id: source, period, report: JSON.stringify(report), created_by: by.name, person_id: by.person }).execute()
  await tx.insertInto('raw.import_file').values(files.map(file_id => ({ area_code: area, import_id: id, file_id }))).execute()
}

/** Imports wait for one another: two at once could each miss the other's rows. */
export async function lockImports(tx: Writer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('rakkaeo import'))`.execute(tx)
}

/** Keeps the act that takes an import back. */
export async function keepUndo(tx: Writer, area: AreaCode, id: ImportId, by: By): Promise<void> {
  await tx.insertInto('raw.import_undo').values({ area_code: area, import_id: id, undone_by: by.name, person_id: by.person }).execute()
}

const COLUMNS = { area_code: 'text', source_id: 'text', period: 'text', part: 'text', publication: 'text', cells: 'float8[]', import_id: 'uuid' }

/** Keeps readings in the place of earlier ones of the same areas and parts. */
export async function keepReadings(
  tx: Writer, readings: readonly Reading[], of: { source: SourceId; period: Period; importId: ImportId }, isPublic: (area: AreaCode) => boolean,
): Promise<void> {
  for (const [part, ofPart] of Map.groupBy(readings, reading => reading.part)) {
    await sql`delete from fact.reading where source_id = ${of.source} and period = ${of.period} and part = ${part}
      and area_code = any(${ofPart.map(reading => reading.area)})`.execute(tx)
  }
  await insertMany(tx, 'fact.reading', COLUMNS, rowsOf(readings, of, isPublic))
}

function* rowsOf(readings: readonly Reading[], of: { source: SourceId; period: Period; importId: ImportId }, isPublic: (area: AreaCode) => boolean): Generator<Cell[]> {
  for (const { area, part, cells } of readings) {
    yield [area, of.source, of.period, part, isPublic(area) ? 'public' : 'internal', `{${cells.join(',')}}`.replaceAll('NaN', 'NULL'), of.importId]
  }
}
