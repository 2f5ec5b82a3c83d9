import { sql } from 'kysely'
import type { AreaCode, ImportId, SourceId } from '../../domain/base/ids.ts'
import type { PageQuery } from '../../domain/base/page.ts'
import type { Period } from '../../domain/base/period.ts'
import type { ImportEntry } from '../../domain/import/api.ts'
import type { ImportReport } from '../../domain/import/import.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import type { GivenFile } from './read.tpmap.ts'

/** An import with its report, as it was kept. */
export type KeptImport = { entry: ImportEntry; report: ImportReport }

/** The imports that stand in these places, newest first. */
export async function listImports(tx: Reader, areas: readonly AreaCode[], { after, limit }: PageQuery): Promise<{ items: ImportEntry[]; next: string | null }> {
  const items = (await listKept(tx, areas, after, limit + 1)).map(({ entry }) => entry)
  return { items: items.slice(0, limit), next: items.length > limit ? (items[limit - 1] as ImportEntry).id : null }
}

export async function findImport(tx: Reader, areas: readonly AreaCode[], id: ImportId): Promise<KeptImport | undefined> {
  return (await selectKept(tx, areas).where('i.id', '=', id).execute()).map(toKept)[0]
}

function listKept(tx: Reader, areas: readonly AreaCode[], after: string | undefined, limit: number): Promise<KeptImport[]> {
  const before = sql<boolean>`(i.created_at, i.id) < (select created_at, id from raw.import where id::text = ${after} and ${within('area_code', areas)})`
  return selectKept(tx, areas).$if(after !== undefined, query => query.where(before))
    .orderBy('i.created_at', 'desc').orderBy('i.id', 'desc').limit(limit).execute().then(rows => rows.map(toKept))
}

/** The other imports of a source's year that still hold, in the order of their acts. */
export async function listHolding(tx: Reader, areas: readonly AreaCode[], { source, period, id }: { source: SourceId; period: Period; id: ImportId }): Promise<KeptImport[]> {
  const rows = await selectKept(tx, areas).where('i.source_id', '=', source).where('i.period', '=', period)
    .where('i.id', '<>', id).where('u.undone_at', 'is', null).orderBy('i.created_at').orderBy('i.id').execute()
  return rows.map(toKept)
}

export async function listFilesOf(tx: Reader, areas: readonly AreaCode[], id: ImportId): Promise<GivenFile[]> {
  return tx.selectFrom('raw.file as f').innerJoin('raw.import_file as l', join => join.onRef('l.area_code', '=', 'f.area_code').onRef('l.file_id', '=', 'f.id'))
    .select(['f.name', 'f.bytes']).where('l.import_id', '=', id).where(within('f.area_code', areas)).orderBy('f.name').execute()
}

function selectKept(tx: Reader, areas: readonly AreaCode[]) {
  return tx.selectFrom('raw.import as i')
    .leftJoin('raw.import_undo as u', join => join.onRef('u.area_code', '=', 'i.area_code').onRef('u.import_id', '=', 'i.id'))
    .select(['i.id', 'i.area_code', 'i.source_id', 'i.period', 'i.report', 'i.person_id', 'i.created_by', 'i.created_at', 'u.undone_at'])
    .where(within('i.area_code', areas))
}

type Row = Awaited<ReturnType<ReturnType<typeof selectKept>['execute']>>[number]

function toKept(row: Row): KeptImport {
  const report = row.report as ImportReport
  return {
    report,
    entry: {
      id: row.id, area: row.area_code, source: row.source_id, period: row.period, files: report.files.map(file => file.name), outcome: report.outcome, rows: report.counts.rows,
      by: row.person_id, byName: row.created_by, at: row.created_at.toISOString(), undoneAt: row.undone_at?.toISOString() ?? null,
    },
  }
}
