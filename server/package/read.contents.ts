import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { Sensitivity } from '../../domain/access/access.ts'
import { clearedPlaces } from '../../domain/access/can.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import type { Manifest, PackageContents } from '../../domain/package/package.ts'
import { namesOf } from '../access/read.ts'
import { listDatasets } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { listWithheld, stands, type Looking } from '../record/read.answers.ts'
import { getWhole, type Shown } from '../record/read.shown.ts'
import { isWhole } from './read.whose.ts'

/** A dataset of which the place has something, as its tables show it. */
export type Held = { dataset: Dataset; shown: Shown }

/** In the order of the list; also a dataset of which something was sent that is no record yet. */
export async function listHeld(tx: Reader, area: AreaCode): Promise<Held[]> {
  const { rows } = await sql<{ id: DatasetId }>`
    select dataset_id as id from core.record where ${within('area_code', [area])} union select dataset_id from raw.submission where ${within('area_code', [area])}`.execute(tx)
  const ids = new Set(rows.map(({ id }) => id)), held: Held[] = []
  for (const { dataset } of await listDatasets(tx, null)) if (ids.has(dataset.id)) held.push({ dataset, shown: await getWhole(tx, dataset.id, [area]) })
  return held
}

export function withheldOf(held: readonly Held[], looking: Looking): Manifest['withheld'] {
  return held.flatMap(({ dataset, shown }) => listWithheld(shown.levels, looking).map(each => ({ dataset: dataset.id, ...each })))
}

type Counts = { dataset: DatasetId; records: number; rows: number; submissions: number; files: number; bytes: number }

/** Counts alone: no answer is read. */
export async function getContents(tx: Reader, area: AreaCode, looking: Looking): Promise<PackageContents> {
  const held = await listHeld(tx, area), here = (table: string) => within(`${table}.area_code`, [area])
  const { rows } = await sql<Counts>`
    select d.id as dataset,
      (select count(*)::int from core.record r where r.dataset_id = d.id and ${here('r')} and ${stands('r')}) as records,
      (select count(*)::int from core.record_row w where w.dataset_id = d.id and ${here('w')}) as rows,
      (select count(*)::int from raw.submission s where s.dataset_id = d.id and ${here('s')}) as submissions,
      (select count(*)::int from raw.attachment a where a.dataset_id = d.id and ${here('a')}) as files,
      (select coalesce(sum(a.bytes), 0)::float8 from raw.attachment a where a.dataset_id = d.id and ${here('a')}) as bytes
    from unnest(${held.map(({ dataset }) => dataset.id)}::text[]) with ordinality d (id, turn) order by d.turn`.execute(tx)
  const names = new Map(held.map(({ dataset }) => [dataset.id, dataset.name])), areaName = (await namesOf(tx, [area])).get(area) ?? { th: area, en: area }
  const opens = Sensitivity.options.some(kind => clearedPlaces(looking.viewer, kind, 'said').length > clearedPlaces(looking.viewer, kind, looking.purpose).length)
  return {
    area, areaName, whole: isWhole(looking), withheld: withheldOf(held, looking), opens, files: rows.reduce((sum, { files }) => sum + files, 0), bytes: rows.reduce((sum, { bytes }) => sum + bytes, 0),
    datasets: rows.map(({ bytes: _, ...row }) => ({ ...row, name: names.get(row.dataset) ?? { th: row.dataset, en: row.dataset } })),
  }
}
