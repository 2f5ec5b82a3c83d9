import { sql } from 'kysely'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'

/** A citizen's number as it is kept, by the question's key and the row of its repeat. */
export async function findSealed(tx: Reader, area: AreaCode, id: RecordId, model: FormModel, key: string, row: number | null): Promise<string | null> {
  const question = keysOf(model).flatMap(level => level.questions).find(question => question.key === key && question.role === 'national-id' && (question.repeat === null) === (row === null))
  if (!question) return null
  const found = await tx.selectFrom('core.national_id').where('area_code', '=', area).where('record_id', '=', id).where('path', '=', question.path).where('position', '=', row ?? 0).select('sealed').executeTakeFirst()
  return found?.sealed ?? null
}

/** Records of a dataset in these places that hold the number. */
export async function listByNumber(tx: Reader, dataset: DatasetId, places: readonly AreaCode[], hash: Buffer): Promise<RecordId[]> {
  const { rows } = await sql<{ id: RecordId }>`
    select distinct n.record_id as id from core.national_id n join core.record r on r.area_code = n.area_code and r.id = n.record_id
    where n.hash = ${hash} and r.dataset_id = ${dataset} and ${within('n.area_code', places)} order by 1 limit 100`.execute(tx)
  return rows.map(row => row.id)
}
