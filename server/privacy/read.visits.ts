import { sql } from 'kysely'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { ActKind, FieldReason } from '../../domain/record/record.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { listModels } from '../record/read.arrived.ts'

/** A submission of a record, with the form by which it is read. */
export type Visit = { record: RecordId; instance: string; dataset: DatasetId; xml: string; files: string[]; model: FormModel | null }
export type Attached = { record: RecordId; instance: string; dataset: DatasetId; name: string; sha256: Buffer }
export type KeptAct = { record: RecordId; id: number; kind: ActKind; reason: string | null; fields: FieldReason[] | null; change: unknown; answers: unknown; import: string | null }

export async function listVisits(tx: Reader, areas: readonly AreaCode[], ids: readonly RecordId[]): Promise<Visit[]> {
  const { rows } = await sql<Omit<Visit, 'model'> & { formArea: AreaCode; version: string; datasetId: DatasetId }>`
    select distinct on (a.record_id, s.instance_id) a.record_id as record, s.instance_id as instance, s.dataset_id as dataset, s.dataset_id as "datasetId", s.xml, s.files, s.form_area as "formArea", s.version
    from raw.act a join raw.submission s on s.instance_id = a.instance_id and s.dataset_id = a.dataset_id where ${within('a.area_code', areas)} and a.record_id = any(${ids}::uuid[])`.execute(tx)
  const models = await listModels(tx, rows)
  return rows.map(({ formArea, version, datasetId, ...visit }) => ({ ...visit, model: models.get(`${formArea} ${datasetId} ${version}`) ?? null }))
}

export async function listAttached(tx: Reader, areas: readonly AreaCode[], ids: readonly RecordId[]): Promise<Attached[]> {
  const { rows } = await sql<Attached>`
    select distinct on (a.record_id, f.instance_id, f.name) a.record_id as record, f.instance_id as instance, f.dataset_id as dataset, f.name, f.sha256
    from raw.act a join raw.attachment f on f.instance_id = a.instance_id and f.dataset_id = a.dataset_id where ${within('a.area_code', areas)} and a.record_id = any(${ids}::uuid[])`.execute(tx)
  return rows
}

export async function listKeptActs(tx: Reader, areas: readonly AreaCode[], ids: readonly RecordId[]): Promise<KeptAct[]> {
  const { rows } = await sql<KeptAct>`
    select a.record_id as record, a.id, a.kind, a.reason, a.fields, a.change, a.answers, a.import_id as import from raw.act a where ${within('a.area_code', areas)} and a.record_id = any(${ids}::uuid[]) order by a.id`.execute(tx)
  return rows
}

/** What went into these records, and what they went into: the same thing, and so the same person. */
export async function listMerged(tx: Reader, areas: readonly AreaCode[], ids: readonly RecordId[]): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    with recursive same as (
      select r.id, r.merged_into from core.record r where ${within('r.area_code', areas)} and r.id = any(${ids}::uuid[])
      union select r.id, r.merged_into from same join core.record r on r.merged_into = same.id or r.id = same.merged_into where ${within('r.area_code', areas)}
    ) select id from same`.execute(tx)
  return rows.map(({ id }) => id)
}

/** What is about one of these things and nothing else: the answers of a round about a household. */
export async function listAbout(tx: Reader, areas: readonly AreaCode[], ids: readonly RecordId[]): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`select r.id from core.record r where ${within('r.area_code', areas)} and r.about = any(${ids}::uuid[]) and r.state <> 'erased'`.execute(tx)
  return rows.map(({ id }) => id)
}
