import { sql } from 'kysely'
import { NATION } from '../../domain/area/rules.ts'
import { sourceIdOf } from '../../domain/indicator/rules.dataset.ts'
import { lockCounts } from '../count/write.ts'
import type { Cell } from '../db/copy.ts'
import { listDatasets } from '../dataset/read.ts'
import type { Writer } from '../db/db.ts'
import { insertMany } from '../db/insert.ts'
import { within } from '../db/place.ts'
import { foldCounts } from './read.fold.ts'
import { followWhole } from './write.follow.ts'
import { publish } from './write.ts'

const COLUMNS = { area_code: 'text', dataset_id: 'text', state: 'text', type: 'text', month: 'text', count: 'int', faulty: 'int', shown: 'int' }

/** Counts and figures of datasets from the raw acts, in the place of what is kept. Whoever changes a record waits meanwhile. */
export async function rebuildFigures(tx: Writer): Promise<void> {
  await lockCounts(tx)
  const lines = await foldCounts(tx)
  for (const table of ['record_count', 'record_sum', 'record_delta']) await sql`delete from ${sql.table(`core.${table}`)} where ${within('area_code', [NATION])}`.execute(tx)
  await insertMany(tx, 'core.record_count', COLUMNS, lines.map(({ area, dataset, state, type, month, count, faulty, shown }): Cell[] => [area, dataset, state, type, month, count, faulty, shown]))
  await sql`
    insert into core.record_sum (area_code, dataset_id, state, type, month, count, faulty, shown)
      select left(area_code, 4), dataset_id, state, type, month, sum(count), sum(faulty), sum(shown) from core.record_count where ${within('area_code', [NATION])} group by 1, 2, 3, 4, 5`.execute(tx)
  await sql`
    insert into core.record_last as kept (area_code, dataset_id, at) select area_code, dataset_id, max(changed_at) from core.record where ${within('area_code', [NATION])} group by 1, 2
    on conflict (area_code, dataset_id) do update set at = greatest(kept.at, excluded.at)`.execute(tx)
  for (const { dataset } of await listDatasets(tx, null)) {
    await followWhole(tx, dataset.id)
    await publish(tx, sourceIdOf(dataset))
  }
}
