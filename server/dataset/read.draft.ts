import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { isWithin } from '../../domain/area/rules.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { can } from '../../domain/access/can.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { whoGives } from '../../domain/access/rules.ts'
import type { DraftFile } from '../../domain/dataset/api.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import { isLater } from '../../domain/dataset/rules.ts'
import type { Workbook } from '../../engine/form/workbook.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { findDataset, listForms, type DatasetOf } from './read.ts'

export type Draft = { workbook: Workbook; isDraft: boolean; changedAt: string | null; changedBy: string | null; files: DraftFile[] }

/** A dataset in a place where its form is worked on: its own place, or one below it that adds to it. */
export async function getWorkshop(tx: Reader, viewer: Viewer, id: DatasetId, area: AreaCode): Promise<DatasetOf & { isAddition: boolean }> {
  const found = await findDataset(tx, id)
  if (!found || !isWithin(area, found.area)) throw datasetProblems.notFound({ id })
  if (!can(viewer, 'define-datasets', area)) throw accessProblems.noRight({ right: 'define-datasets', ask: whoGives('define-datasets') })
  return { ...found, isAddition: area !== found.area }
}

/** What is in work; without it what was last published there; without that nothing yet. */
export async function getDraft(tx: Reader, areas: readonly AreaCode[], id: DatasetId, area: AreaCode): Promise<Draft> {
  const draft = await tx.selectFrom('dataset.draft').where('area_code', '=', area).where(within('area_code', areas)).where('dataset_id', '=', id)
    .select(['workbook', 'changed_at', 'changed_by']).executeTakeFirst()
  const files = await listDraftFiles(tx, id, area)
  if (draft) return { workbook: draft.workbook as Workbook, isDraft: true, changedAt: draft.changed_at.toISOString(), changedBy: draft.changed_by, files }
  return { workbook: (await findLatest(tx, area, id))?.workbook ?? EMPTY, isDraft: false, changedAt: null, changedBy: null, files }
}

export async function listDraftFiles(tx: Reader, id: DatasetId, area: AreaCode): Promise<DraftFile[]> {
  const { rows } = await sql<DraftFile>`select name, media_type as "mediaType", length(bytes) as bytes from dataset.draft_file where area_code = ${area} and dataset_id = ${id} order by name`.execute(tx)
  return rows
}

const EMPTY: Workbook = { sheets: [{ name: 'survey', columns: ['type', 'name', 'label::ไทย (th)', 'label::English (en)'], rows: [] }, { name: 'choices', columns: ['list_name', 'name', 'label::ไทย (th)', 'label::English (en)'], rows: [] }] }

export type Latest = { version: string; workbook: Workbook }

/** The latest version of exactly this place, open or closed. */
export async function findLatest(tx: Reader, area: AreaCode, id: DatasetId): Promise<Latest | null> {
  const versions = (await listForms(tx, id)).filter(form => form.area === area).map(form => form.version)
  const version = versions.reduce<string | null>((last, one) => last !== null && !isLater(one, last) ? last : one, null)
  const row = version === null ? undefined : await tx.selectFrom('open.form').where('area_code', '=', area).where('dataset_id', '=', id).where('version', '=', version).select('workbook').executeTakeFirst()
  return row && version !== null ? { version, workbook: row.workbook as Workbook } : null
}
