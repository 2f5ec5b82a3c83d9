import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { recordApi } from '../../domain/record/api.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'

const MOST_TOLD = 100

/** What arrived in these places and is not among the records yet, and files that were promised and have not come. */
export async function listWaiting(tx: Reader, areas: readonly AreaCode[]): Promise<ReplyOf<typeof recordApi.listWaiting>> {
  const { rows: [count] } = await sql<{ waiting: number }>`select count(*)::int as waiting from raw.waiting w where ${within('w.area_code', areas)}`.execute(tx)
  const { rows: stuck } = await sql<{ instanceId: string; dataset: DatasetId; area: AreaCode; receivedAt: Date; fault: string }>`
    select w.instance_id as "instanceId", w.dataset_id as dataset, w.area_code as area, s.received_at as "receivedAt", w.fault
    from raw.waiting w join raw.submission s using (instance_id, dataset_id) where ${within('w.area_code', areas)} and w.fault is not null order by s.received_at limit ${MOST_TOLD}`.execute(tx)
  const { rows: [files] } = await sql<{ missing: number }>`
    select count(*)::int as missing from raw.submission s cross join unnest(s.files) named (name)
    where ${within('s.area_code', areas)} and s.files <> '{}' and not exists (select from raw.attachment a where a.instance_id = s.instance_id and a.dataset_id = s.dataset_id and a.name = named.name)`.execute(tx)
  return { waiting: count?.waiting ?? 0, stuck: stuck.map(one => ({ ...one, receivedAt: one.receivedAt.toISOString() })), filesMissing: files?.missing ?? 0 }
}
