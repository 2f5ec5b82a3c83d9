import { sql } from 'kysely'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import type { KitReturned } from '../../domain/collect/collect.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { Answers, FieldReason } from '../../domain/record/record.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { listModels } from '../record/read.arrived.ts'
import { titleOf } from '../record/read.list.ts'

const MOST = 200

type Row = { record: RecordId; dataset: DatasetId; area: AreaCode; formArea: AreaCode; version: string; values: Answers; at: Date; reason: string | null; fields: FieldReason[] }

/** What one wrote down and got back, with the reviewer's words: who wrote it sees all of it. */
export async function listReturned(tx: Reader, viewer: Viewer, areas: readonly AreaCode[]): Promise<KitReturned[]> {
  const { rows } = await sql<Row>`
    select r.id as record, r.dataset_id as dataset, r.area_code as area, r.form_area as "formArea", r.version, r.open || r.internal || r.personal || r.sensitive as values, a.at, a.reason, coalesce(a.fields, '[]') as fields
    from core.record r cross join lateral (
      select a.at, a.reason, a.fields from raw.act a where ${within('a.area_code', areas)} and a.area_code = r.area_code and a.record_id = r.id and a.kind = 'return' order by a.id desc limit 1) a
    where ${within('r.area_code', areas)} and r.made_by = ${viewer.person.id} and r.state = 'returned' order by a.at desc, r.id limit ${MOST}`.execute(tx)
  const models = await listModels(tx, rows.map(({ formArea, dataset, version }) => ({ formArea, datasetId: dataset, version })))
  return rows.flatMap(({ formArea, version, values, fields, at, ...row }) => {
    const model = models.get(`${formArea} ${row.dataset} ${version}`)
    if (!model) return []
    const labels = new Map(keysOf(model).flatMap(({ questions }) => questions.map(({ key, label }) => [key, label])))
    return [{ ...row, title: titleOf(model, values), at: at.toISOString(), fields: fields.map(({ key, say }) => ({ label: labels.get(key) ?? { th: key, en: key }, say })) }]
  })
}
