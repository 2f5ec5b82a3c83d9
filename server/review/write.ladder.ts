import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import type { Ladder } from '../../domain/dataset/dataset.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import { findDataset } from '../dataset/read.ts'
import { changeDataset } from '../dataset/write.ts'
import type { Writer } from '../db/db.ts'

/** Another ladder for a dataset, by whoever may change it; the ones before are kept. What the public sees follows in the same moment. */
export async function setLadder(tx: Writer, viewer: Viewer, id: DatasetId, ladder: Ladder): Promise<{ version: number }> {
  const found = await findDataset(tx, id)
  if (!found) throw datasetProblems.notFound({ id })
  await changeDataset(tx, viewer, id, found.area, { ...found.dataset, ladder })
  return { version: await keepVersion(tx, viewer, id, found.area, ladder) }
}

async function keepVersion(tx: Writer, { person }: Viewer, id: DatasetId, area: AreaCode, ladder: Ladder): Promise<number> {
  const { rows: [row] } = await sql<{ version: number }>`
    insert into core.ladder (area_code, dataset_id, version, ladder, set_by, set_by_name)
      select ${area}, ${id}, coalesce(max(version), 0) + 1, ${JSON.stringify(ladder)}::jsonb, ${person.id}::uuid, ${person.name} from core.ladder where area_code = ${area} and dataset_id = ${id} returning version`.execute(tx)
  return row?.version ?? 1
}
