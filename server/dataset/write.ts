import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { can } from '../../domain/access/can.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { whoGives } from '../../domain/access/rules.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import type { Workbook } from '../../engine/form/workbook.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { findDataset, listForms } from './read.ts'

/** A place's own datasets stand behind the nation's. */
const AFTER_THE_NATIONS = 1000

export async function makeDataset(tx: Writer, viewer: Viewer, area: AreaCode, dataset: Dataset): Promise<{ id: DatasetId }> {
  mustDefine(viewer, area)
  const prefix = `${area.toLowerCase()}-`
  if (area !== NATION && !dataset.id.startsWith(prefix)) throw datasetProblems.idPrefix({ prefix })
  if (await findDataset(tx, dataset.id)) throw datasetProblems.idTaken({ id: dataset.id })
  await tx.insertInto('core.dataset').values({ area_code: area, id: dataset.id, position: AFTER_THE_NATIONS, definition: JSON.stringify(dataset) }).execute()
  await note(tx, { action: 'dataset.make', area, target: dataset.id })
  return { id: dataset.id }
}

/** Only in the place whose own it is: from below nobody writes over what stands above. */
export async function changeDataset(tx: Writer, viewer: Viewer, id: DatasetId, area: AreaCode, dataset: Dataset): Promise<{ id: DatasetId }> {
  mustDefine(viewer, area)
  const found = await findDataset(tx, id)
  if (!found || found.area !== area) throw datasetProblems.notFound({ id })
  await tx.updateTable('core.dataset').set({ definition: JSON.stringify({ ...dataset, id }) }).where('area_code', '=', area).where('id', '=', id).execute()
  await note(tx, { action: 'dataset.change', area, target: id })
  return { id }
}

function mustDefine(viewer: Viewer, area: AreaCode): void {
  if (!can(viewer, 'define-datasets', area)) throw accessProblems.noRight({ right: 'define-datasets', ask: whoGives('define-datasets') })
}

type Kept = { area: AreaCode; workbook: Workbook; ifChangedAt?: string | null | undefined }

/** Two who save at the same moment wait for one another; the later one is told when it has not seen what the other saved. */
export async function saveDraft(tx: Writer, viewer: Viewer, id: DatasetId, { area, workbook, ifChangedAt }: Kept): Promise<{ changedAt: string }> {
  await sql`select pg_advisory_xact_lock(hashtext(${`draft ${area} ${id}`}))`.execute(tx)
  const there = await tx.selectFrom('dataset.draft').where('area_code', '=', area).where('dataset_id', '=', id).select(['changed_at', 'changed_by']).executeTakeFirst()
  if (ifChangedAt !== undefined && (there?.changed_at.toISOString() ?? null) !== ifChangedAt) throw datasetProblems.draftChanged({ by: there?.changed_by ?? '' })
  const now = new Date(), set = { workbook: JSON.stringify(workbook), changed_at: now, changed_by: viewer.person.name, person_id: viewer.person.id }
  await tx.insertInto('dataset.draft').values({ area_code: area, dataset_id: id, ...set }).onConflict(conflict => conflict.columns(['area_code', 'dataset_id']).doUpdateSet(set)).execute()
  return { changedAt: now.toISOString() }
}

export async function dropDraft(tx: Writer, areas: readonly AreaCode[], id: DatasetId, area: AreaCode): Promise<void> {
  await tx.deleteFrom('dataset.draft').where('area_code', '=', area).where(within('area_code', areas)).where('dataset_id', '=', id).execute()
  await tx.deleteFrom('dataset.draft_file').where('area_code', '=', area).where(within('area_code', areas)).where('dataset_id', '=', id).execute()
}

/** Closed, a version is not offered any more, and what was filled in with it is refused with a sentence; it may be opened again. */
export async function closeForm(tx: Writer, id: DatasetId, area: AreaCode, version: string, closed: boolean): Promise<{ id: DatasetId }> {
  if (!(await listForms(tx, id)).some(form => form.area === area && form.version === version)) throw datasetProblems.noForm({ id, version })
  await tx.updateTable('core.form').set({ closed_at: closed ? new Date() : null }).where('area_code', '=', area).where('dataset_id', '=', id).where('version', '=', version).execute()
  await note(tx, { action: closed ? 'form.close' : 'form.open', area, target: `${id} ${version}` })
  return { id }
}
