import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { placesOfPersons } from '../../domain/access/can.ts'
import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import type { recordApi } from '../../domain/record/api.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { isSeen, stands, type Looking } from './read.answers.ts'

const MOST_TOLD = 100
/** As `holdFollowers` of write.map.ts notes it. */
const FOLLOWS = /^waits for /
const AFTER_ANOTHER = { th: 'รอข้อมูลก่อนหน้าของรายการเดียวกันซึ่งยังอ่านไม่ได้', en: 'It waits for an earlier one of the same record, which cannot be read yet.' }
const UNREAD = { th: 'โปรแกรมอ่านข้อมูลนี้ไม่สำเร็จ ข้อมูลยังอยู่ครบและจะลองใหม่เอง หากยังไม่เข้ารายการภายในหนึ่งวัน โปรดแจ้งผู้ดูแลระบบพร้อมรหัสนี้', en: 'The program failed to read it. Nothing is lost, and it will be tried again by itself. If it is not among the records within a day, give this code to whoever looks after the server.' }

/** What arrived in these places and is not among the records yet, and files that were promised and have not come. Why one is stuck can tell of a person. */
export async function listWaiting(tx: Reader, { viewer, areas }: Pick<Looking, 'viewer' | 'areas'>): Promise<ReplyOf<typeof recordApi.listWaiting>> {
  const { rows: [count] } = await sql<{ waiting: number }>`select count(*)::int as waiting from raw.waiting w where ${within('w.area_code', areas)}`.execute(tx)
  const { rows: stuck } = await sql<{ instanceId: string; dataset: DatasetId; area: AreaCode; receivedAt: Date; fault: string }>`
    select w.instance_id as "instanceId", w.dataset_id as dataset, w.area_code as area, s.received_at as "receivedAt", w.fault
    from raw.waiting w join raw.submission s using (instance_id, dataset_id) where ${within('w.area_code', areas)} and (${within('w.area_code', placesOfPersons(viewer))} or s.person_id = ${viewer.person.id}) and w.fault is not null order by s.received_at limit ${MOST_TOLD}`.execute(tx)
  const { rows: [files] } = await sql<{ missing: number }>`
    select count(*)::int as missing from raw.submission s cross join unnest(s.files) named (name)
    where ${within('s.area_code', areas)} and s.files <> '{}' and not exists (select from raw.attachment a where a.instance_id = s.instance_id and a.dataset_id = s.dataset_id and a.name = named.name)`.execute(tx)
  return { waiting: count?.waiting ?? 0, stuck: stuck.map(one => ({ ...one, receivedAt: one.receivedAt.toISOString(), say: FOLLOWS.test(one.fault) ? AFTER_ANOTHER : UNREAD })), filesMissing: files?.missing ?? 0 }
}

/** Records of each dataset in these places, as far as they may be seen. */
export async function countRecords(tx: Reader, looking: Looking): Promise<ReplyOf<typeof recordApi.countRecords>['items']> {
  const ofUnit = async (units: DatasetUnit[]) => (await sql<{ dataset: DatasetId; records: number; faults: number }>`
    select r.dataset_id as dataset, count(*)::int as records, (count(*) filter (where r.faults <> '[]'))::int as faults from core.record r
    where r.dataset_id in (select d.id from core.dataset d where d.definition ->> 'unit' = any(${units})) and ${isSeen('r', looking, units[0] as DatasetUnit)} and ${stands('r')} group by 1 order by 1`.execute(tx)).rows
  return [...await ofUnit(['record', 'place']), ...await ofUnit(['person', 'household'])]
}
