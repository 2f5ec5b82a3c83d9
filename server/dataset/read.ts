import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { ancestorsOf, isWithin } from '../../domain/area/rules.ts'
import type { Dataset, FormVersion } from '../../domain/dataset/dataset.ts'
import { isLater } from '../../domain/dataset/rules.ts'
import type { Reader } from '../db/db.ts'

export type DatasetOf = { area: AreaCode; dataset: Dataset }
/** A version without its questions. */
export type FormHead = Omit<FormVersion, 'model'>

/** The datasets in the order of the list: the nation's, then those of places. With an area, those that are collected there. */
export async function listDatasets(tx: Reader, area: AreaCode | null): Promise<DatasetOf[]> {
  const rows = await tx.selectFrom('open.dataset').select(['area_code as area', 'definition as dataset']).orderBy('position').orderBy('area_code').orderBy('id').execute()
  return area === null ? rows : rows.filter(row => isWithin(area, row.area))
}

export async function findDataset(tx: Reader, id: DatasetId): Promise<DatasetOf | null> {
  const row = await tx.selectFrom('open.dataset').where('id', '=', id).select(['area_code as area', 'definition as dataset']).executeTakeFirst()
  return row ?? null
}

/** All versions of one dataset or of all of them, the latest first. */
export async function listForms(tx: Reader, id?: DatasetId): Promise<FormHead[]> {
  const all = tx.selectFrom('open.form').select(['dataset_id', 'area_code', 'version', 'published_at', 'closed_at'])
  const rows = await (id === undefined ? all : all.where('dataset_id', '=', id)).execute()
  return rows.map(row => ({ dataset: row.dataset_id, area: row.area_code, version: row.version, publishedAt: row.published_at.toISOString(), closedAt: row.closed_at?.toISOString() ?? null }))
    .sort((a, b) => a.version === b.version ? 0 : isLater(a.version, b.version) ? -1 : 1)
}

/** Of these forms the one that is offered in a place: of the deepest place that holds it, the latest that is open. */
export function formFor<F extends FormHead>(forms: readonly F[], area: AreaCode): F | null {
  const open = forms.filter(form => form.closedAt === null)
  for (const place of [area, ...ancestorsOf(area)]) {
    const latest = open.filter(form => form.area === place).reduce<F | null>((last, form) => last && !isLater(form.version, last.version) ? last : form, null)
    if (latest) return latest
  }
  return null
}

/** How many questions each of these forms asks. */
export async function countQuestions(tx: Reader, forms: readonly FormHead[]): Promise<Map<DatasetId, number>> {
  const { rows } = await sql<{ dataset: DatasetId; questions: number }>`
    select dataset_id as dataset, (select count(*)::int from jsonb_array_elements(model -> 'questions') question where question -> 'asked' = 'true') as questions
    from open.form where (area_code, dataset_id, version) in (
      select * from unnest(${forms.map(form => form.area)}::text[], ${forms.map(form => form.dataset)}::text[], ${forms.map(form => form.version)}::text[]))`.execute(tx)
  return new Map(rows.map(({ dataset, questions }) => [dataset, questions]))
}

export async function findForm(tx: Reader, area: AreaCode, id: DatasetId, version: string): Promise<FormVersion | null> {
  const row = await tx.selectFrom('open.form').where('area_code', '=', area).where('dataset_id', '=', id).where('version', '=', version)
    .select(['published_at', 'closed_at', 'model']).executeTakeFirst()
  return row ? { dataset: id, area, version, publishedAt: row.published_at.toISOString(), closedAt: row.closed_at?.toISOString() ?? null, model: row.model } : null
}
