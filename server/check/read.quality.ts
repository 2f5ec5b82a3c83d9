import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import type { Quality } from '../../domain/check/check.ts'
import { totalOf } from '../../domain/check/rules.quality.ts'
import type { Reader } from '../db/db.ts'

type Row = Quality['parts'] & { area: AreaCode; dataset: DatasetId; datasetName: Text; records: number; countedAt: Date }

/** How good the records of a place are, one row for each of its datasets: found by key, whatever the records are. */
export async function listQuality(tx: Reader, area: AreaCode, dataset: DatasetId | null): Promise<Quality[]> {
  const { rows } = await sql<Row>`
    select q.area_code as area, q.dataset_id as dataset, d.definition -> 'name' as "datasetName", q.records, q.completeness, q.timeliness, q.consistency, q.plausibility, q.approval, q.counted_at as "countedAt"
    from open.quality q join open.dataset d on d.id = q.dataset_id where q.area_code = ${area} and (${dataset}::text is null or q.dataset_id = ${dataset}) order by d.position, d.id`.execute(tx)
  return rows.map(({ area, dataset, datasetName, records, countedAt, ...parts }) => ({ area, dataset, datasetName, records, parts, total: totalOf(parts), countedAt: countedAt.toISOString() }))
}
