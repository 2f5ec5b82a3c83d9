import type { AreaCode } from '../../domain/base/ids.ts'
import { isWithin } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import type { TableHow } from '../../domain/table/api.ts'
import { placesToImport } from '../../domain/table/can.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import { sourceOf } from '../../domain/table/rules.figures.ts'
import { faultOfMapping } from '../../domain/table/rules.mapping.ts'
import type { TableImport, TableImportId, TableMapping, TableShape } from '../../domain/table/table.ts'
import type { Spool } from '../base/spool.ts'
import type { Reader, Writer } from '../db/db.ts'
import { scopeOf } from '../http/viewer.ts'
import { findKept, findSame, getKept, headOf, type KeptTable, type Reach, type TableJob } from './read.ts'
import { getSubject } from './read.subject.ts'
import { faultyName } from './write.faulty.ts'
import { columnsOf, reshape } from './write.give.ts'
import { fileName } from './write.read.ts'
import { askFor, keepMapping } from './write.state.ts'

/** Who asks, and where they may import. */
export type By = { viewer: Viewer; areas: readonly AreaCode[] }

export const reachOf = (viewer: Viewer): Reach => ({ records: placesToImport(viewer, 'record'), figures: placesToImport(viewer, 'figures') })

/** The same, where they may import what this one brings. */
export async function byFor(tx: Reader, { viewer, areas }: By, id: TableImportId): Promise<By> {
  const kept = await findKept(tx, areas, id), reach = reachOf(viewer)
  return { viewer, areas: kept === null ? [] : sourceOf(kept.dataset) === null ? reach.records : reach.figures }
}

/** An import as whoever asks may see it: what stands in its file is for whoever gave it. */
export async function showTable(tx: Reader, spool: Spool, { viewer, areas }: By, id: TableImportId): Promise<TableImport> {
  const kept = await getKept(tx, areas, id), isOwn = kept.person === viewer.person.id
  return {
    ...headOf(kept), shape: kept.shape, sheets: kept.sheets, columns: isOwn ? await columnsOf(spool, kept) : kept.columns, mapping: kept.mapping, report: kept.report,
    remembered: kept.remembered, trouble: kept.trouble, same: await findSame(tx, areas, kept), hasFaulty: isOwn && await spool.size(faultyName(id)) !== null,
  }
}

/** Says what the file is, and where its columns go. */
export async function setTable(tx: Writer, spool: Spool, by: By, id: TableImportId, { shape, mapping }: { shape?: TableShape | undefined; mapping?: TableMapping | undefined }): Promise<void> {
  const kept = await mustBeOpen(tx, spool, by, id)
  if (shape) await reshape(tx, spool, by.areas, kept, shape, mapping !== undefined)
  if (!mapping) return
  const { columns } = shape ? await getKept(tx, by.areas, id) : kept, fault = faultOfMapping(mapping, columns.length, (await getSubject(tx, kept)).fields)
  if (fault) throw tableProblems.badMapping({ what: fault })
  await keepMapping(tx, kept, mapping, false)
}

const PLAIN: TableHow = { again: false, keepGood: false, keepFaulty: false }

export async function askToRead(tx: Writer, spool: Spool, by: By, id: TableImportId, does: 'try' | 'import', how: TableHow = PLAIN): Promise<void> {
  const kept = await mustBeOpen(tx, spool, by, id), job = await jobOf(tx, by, kept, does, how)
  if (kept.mapping.columns.length === 0) throw tableProblems.notMapped({})
  const same = does === 'import' && !how.again ? await findSame(tx, by.areas, kept) : null
  if (same) throw tableProblems.sameFile({ at: same.at.slice(0, 10), by: same.byName })
  await askFor(tx, kept, job)
}

export async function askToUndo(tx: Writer, by: By, id: TableImportId): Promise<void> {
  const kept = await getKept(tx, by.areas, id)
  if (kept.job) throw tableProblems.busy({})
  if (kept.state !== 'imported') throw tableProblems.notImported({})
  await askFor(tx, kept, await jobOf(tx, by, kept, 'undo', PLAIN))
}

async function jobOf(tx: Reader, { viewer, areas }: By, kept: KeptTable, does: TableJob['does'], how: TableHow): Promise<TableJob> {
  const { unit } = await getSubject(tx, kept), places = placesToImport(viewer, unit).filter(place => areas.some(area => isWithin(place, area)))
  if (places.length === 0) throw tableProblems.noRight({})
  return { does, how, by: { ...scopeOf(viewer, places), name: viewer.person.name } }
}

/** A file that is still there, not imported, not being worked on, and given by whoever asks. */
async function mustBeOpen(tx: Reader, spool: Spool, { viewer, areas }: By, id: TableImportId): Promise<KeptTable> {
  const kept = await getKept(tx, areas, id)
  if (kept.person !== viewer.person.id) throw tableProblems.notOwn({})
  if (kept.job) throw tableProblems.busy({})
  if (kept.state === 'imported' || kept.state === 'undone') throw tableProblems.done({})
  if (await spool.size(fileName(id)) === null) throw tableProblems.fileGone({})
  return kept
}
