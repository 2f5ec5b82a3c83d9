import { sql } from 'kysely'
import { SourceId, type AreaCode, type ImportId } from '../../domain/base/ids.ts'
import { Period } from '../../domain/base/period.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { isWithin, levelOf, NATION } from '../../domain/area/rules.ts'
import { undoProblems } from '../../domain/import/problems.ts'
import { isPublicLevel } from '../../domain/indicator/rules.ts'
import type { Reading } from '../../engine/table/tpmap-rows.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { inPlaces } from '../db/scope.ts'
import { findImport, listFilesOf, listHolding, type KeptImport } from '../import/read.list.ts'
import { readAgain } from '../import/read.tpmap.ts'
import { keepReadings, keepUndo, lockImports, type By } from '../import/write.ts'
import { getTpmapSource } from '../indicator/write.ts'
import { addUpAnew } from './write.tpmap.ts'

/**
 * Takes an import back as if it had never been: its readings go, what it had replaced is read again from raw, everything above is added
 * up and published anew. The files and both acts stay. Gives how many open figures there are less; a second time does nothing.
 */
export async function undoImport(tx: Writer, id: ImportId, areas: readonly AreaCode[], by: By): Promise<number> {
  await lockImports(tx)
  const kept = await findImport(tx, areas, id)
  if (!kept) throw accessProblems.notThere({})
  const { area, undoneAt } = kept.entry
  if (undoneAt !== null) return 0
  // What was replaced, and the sums above, may stand where the person holds nothing.
  const gone = await inPlaces(tx, [NATION], () => takeOut(tx, kept, areas))
  await keepUndo(tx, area, id, by)
  await note(tx, { action: 'import.undo', area, target: id })
  return gone
}

async function takeOut(tx: Writer, { entry, report }: KeptImport, areas: readonly AreaCode[]): Promise<number> {
  const of = { source: SourceId.parse(entry.source), period: Period.parse(entry.period), id: entry.id }
  const others = await listHolding(tx, [NATION], of)
  const taken = await deleteReadings(tx, entry)
  if (taken.length < report.counts.rowsNew + report.counts.rowsChanged) throw replacedBy(others, entry, areas)
  const source = await getTpmapSource(tx, of.source, of.period)
  for (const other of others) await restore(tx, other, taken, of, area => isPublicLevel(source, levelOf(area)))
  const before = await countOpen(tx, of)
  await addUpAnew(tx, { source, period: of.period, importId: others.at(-1)?.entry.id ?? null })
  return Math.max(0, before - await countOpen(tx, of))
}

/** A later import of a foreign place is told without its files. */
function replacedBy(others: readonly KeptImport[], { at }: KeptImport['entry'], areas: readonly AreaCode[]): Error {
  const later = others.findLast(other => other.entry.at > at && other.report.counts.rowsChanged > 0)?.entry
  const isMine = later !== undefined && areas.some(area => isWithin(later.area, area))
  return undoProblems.replaced({ by: isMine ? later.files.join(', ') : '', at: later?.at.slice(0, 10) ?? '' })
}

type Taken = { area_code: AreaCode; part: string }

async function deleteReadings(tx: Writer, { id, area }: KeptImport['entry']): Promise<Taken[]> {
  return (await sql<Taken>`delete from fact.reading where import_id = ${id} and ${within('area_code', [area])} returning area_code, part`.execute(tx)).rows
}

type Of = { source: SourceId; period: Period }

/** What another import says of the rows that went; the later import is read last and stands. */
async function restore(tx: Writer, { entry }: KeptImport, taken: readonly Taken[], { source, period }: Of, isPublic: (area: AreaCode) => boolean): Promise<void> {
  const keys = new Set(taken.map(({ area_code, part }) => `${part} ${area_code}`))
  const read = await readAgain(tx, await listFilesOf(tx, [entry.area], entry.id), source, period)
  const missing = read.filter(({ part, area }: Reading) => keys.has(`${part} ${area}`))
  if (missing.length > 0) await keepReadings(tx, missing, { source, period, importId: entry.id }, isPublic)
}

async function countOpen(tx: Writer, { source, period }: Of): Promise<number> {
  const { rows: [row] } = await sql<{ count: number }>`select coalesce(sum(areas), 0)::int as count from open.series where source_id = ${source} and period = ${period}`.execute(tx)
  return row?.count ?? 0
}
