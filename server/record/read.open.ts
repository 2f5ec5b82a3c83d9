import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import { SIDES, type seenApi, type Side } from '../../domain/record/api.seen.ts'
import type { Answers } from '../../domain/record/record.ts'
import { namesOf } from '../access/read.ts'
import { findForm } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { titleOf } from './read.list.ts'

type Row = { id: RecordId; dataset: DatasetId; formArea: AreaCode; version: string; area: AreaCode; day: string | null; answers: Answers; lat: number | null; lon: number | null }
const MOST_POINTS = 1000, LATEST = 24

/** One side of a place as anyone may see it. Everything comes from the view `open.record`, which says what that is. */
export async function getOpenSide(tx: Reader, side: Side, area: AreaCode = NATION): Promise<ReplyOf<typeof seenApi.getOpenSide>> {
  const where = sql`r.dataset_id = any(${SIDES[side]}::text[]) and ${within('r.area_code', [area])}`
  const { rows: counts } = await sql<{ dataset: DatasetId; records: number }>`select r.dataset_id as dataset, count(*)::int as records from open.record r where ${where} group by 1 order by 1`.execute(tx)
  const { rows } = await sql<Row>`
    select r.id, r.dataset_id as dataset, r.form_area as "formArea", r.version, r.area_code as area, r.day, r.answers, r.lat, r.lon
    from open.record r where ${where} order by r.changed_at desc, r.id desc limit ${MOST_POINTS}`.execute(tx)
  const title = await makeTitle(tx, rows), latest = rows.slice(0, LATEST), names = await namesOf(tx, latest.map(row => row.area)), photos = await listOpenPhotos(tx, latest)
  return {
    counts, latest: latest.map(row => ({ id: row.id, dataset: row.dataset, title: title(row), areaName: names.get(row.area) ?? { th: row.area, en: row.area }, day: row.day, photo: photos.get(row.id) ?? null })),
    points: rows.flatMap(row => row.lat === null || row.lon === null ? [] : [{ id: row.id, dataset: row.dataset, lat: row.lat, lon: row.lon, title: title(row) }]),
  }
}

/** Of each the first photograph that anyone may see, by the key of its question. */
export async function listOpenPhotos(tx: Reader, rows: readonly Pick<Row, 'area' | 'id'>[]): Promise<Map<RecordId, string>> {
  if (rows.length === 0) return new Map()
  const { rows: found } = await sql<{ id: RecordId; key: string }>`
    select p.record_id as id, min(p.key) as key from open.picture p where ${within('p.area_code', [NATION])}
      and (p.area_code, p.record_id) in (select * from unnest(${rows.map(({ area }) => area)}::text[], ${rows.map(({ id }) => id)}::uuid[])) group by 1`.execute(tx)
  return new Map(found.map(({ id, key }) => [id, key]))
}

/** Titles by the version of the form that each record was answered by; the public reads forms from `open` too. */
export async function makeTitle<T extends Pick<Row, 'formArea' | 'dataset' | 'version' | 'answers'>>(tx: Reader, rows: readonly T[]): Promise<(row: T) => string | null> {
  const nameOf = ({ formArea, dataset, version }: T) => `${formArea} ${dataset} ${version}`, used = [...new Map(rows.map(row => [nameOf(row), row])).values()]
  const models = new Map(await Promise.all(used.map(async row => [nameOf(row), (await findForm(tx, row.formArea, row.dataset, row.version))?.model] as const)))
  return row => { const model = models.get(nameOf(row)); return model ? titleOf(model, row.answers) : null }
}
