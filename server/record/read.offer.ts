import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { isWithin } from '../../domain/area/rules.ts'
import { formFor, listDatasets, listForms } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import type { Collector } from './read.collector.ts'

/** A form as a telephone is offered it. */
export type Offer = { area: AreaCode; id: DatasetId; version: string; title: string; md5: string; files: string[] }

/** For each place and dataset of the collector the form that holds there. */
export async function listOffers(tx: Reader, { areas, datasets }: Collector): Promise<Offer[]> {
  const [all, forms] = [await listDatasets(tx, null), Map.groupBy(await listForms(tx), form => form.dataset)]
  const wanted = new Map<string, { area: AreaCode; id: DatasetId; version: string }>()
  for (const { area: home, dataset } of all) {
    if (datasets !== null && !datasets.includes(dataset.id)) continue
    for (const area of areas.filter(area => isWithin(area, home))) {
      const form = formFor(forms.get(dataset.id) ?? [], area)
      if (form) wanted.set(`${form.area} ${dataset.id} ${form.version}`, { area: form.area, id: dataset.id, version: form.version })
    }
  }
  return readOffers(tx, [...wanted.values()])
}

async function readOffers(tx: Reader, wanted: { area: AreaCode; id: DatasetId; version: string }[]): Promise<Offer[]> {
  if (wanted.length === 0) return []
  const { rows } = await sql<Offer>`
    select f.area_code as area, f.dataset_id as id, f.version, f.model -> 'title' ->> 'th' as title, f.md5, f.model -> 'files' as files
    from unnest(${wanted.map(form => form.area)}::text[], ${wanted.map(form => form.id)}::text[], ${wanted.map(form => form.version)}::text[]) with ordinality as w (area, id, version, turn)
    join open.form f on f.area_code = w.area and f.dataset_id = w.id and f.version = w.version order by w.turn`.execute(tx)
  return rows
}

/** Whether the collector may have this form: one that is, or was, for one of their places and datasets. */
export function isOffered({ areas, datasets }: Collector, form: { area: AreaCode; id: DatasetId }): boolean {
  return areas.some(area => isWithin(area, form.area)) && (datasets === null || datasets.includes(form.id))
}

export async function findXForm(tx: Reader, { area, id, version }: { area: AreaCode; id: DatasetId; version: string }): Promise<{ xform: string; md5: string; files: string[] } | null> {
  const row = await tx.selectFrom('open.form').where('area_code', '=', area).where('dataset_id', '=', id).where('version', '=', version)
    .select(['xform', 'md5', 'model']).executeTakeFirst()
  return row ? { xform: row.xform, md5: row.md5, files: row.model.files } : null
}
