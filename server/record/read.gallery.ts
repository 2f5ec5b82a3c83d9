import { sql, type RawBuilder } from 'kysely'
import type { ParamsOf, QueryOf, ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import { SIDES, type Pictured, type seenApi } from '../../domain/record/api.seen.ts'
import type { Answers, RecordRow } from '../../domain/record/record.ts'
import { namesOf } from '../access/read.ts'
import { listForms } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { answers, isLocatedFor, type Looking } from './read.answers.ts'
import { listModels } from './read.arrived.ts'
import { namesIn } from './read.file.ts'
import { isSeenAny, makeName } from './read.near.ts'

type Asked = QueryOf<typeof seenApi.listPictures>
type Row = { id: RecordId; datasetId: DatasetId; formArea: AreaCode; version: string; area: AreaCode; day: string | null; changedAt: Date; values: Answers }

/** Records with a photograph that may be seen, the latest first, by key. Each dataset is read along its own index, only as far as the page needs. */
export async function listPictures(tx: Reader, looking: Looking, { dataset, side, from, until, after, limit }: Asked): Promise<ReplyOf<typeof seenApi.listPictures>> {
  const asked: readonly string[] = (await withPictures(tx)).filter(id => (!dataset || id === dataset) && (!side || (SIDES[side] as readonly string[]).includes(id)))
  const [at, id] = (after ?? '').split('_'), seen = answers('r', looking)
  const { rows } = await sql<Row>`
    select p.* from unnest(${asked}::text[]) d (id) cross join lateral (
      select r.id, r.dataset_id as "datasetId", r.form_area as "formArea", r.version, r.area_code as area, r.day, r.changed_at as "changedAt", ${seen} as values from core.record r
      where r.dataset_id = d.id and ${isSeenAny('r', looking)} and ${hasPicture(seen, looking)}
        ${from ? sql`and r.day >= ${from}::date` : sql``} ${until ? sql`and r.day <= ${until}::date` : sql``}
        ${at && id ? sql`and (r.changed_at, r.id) < (${at}::timestamptz, ${id}::uuid)` : sql``}
      order by r.changed_at desc, r.id desc limit ${limit + 1}) p
    order by p."changedAt" desc, p.id desc limit ${limit + 1}`.execute(tx)
  const page = rows.slice(0, limit), last = page.at(-1)
  return { items: await toPictured(tx, looking, page), next: rows.length > limit && last ? `${last.changedAt.toISOString()}_${last.id}` : null }
}

/** Datasets any version of whose form asks for a picture. */
async function withPictures(tx: Reader): Promise<DatasetId[]> {
  const forms = (await listForms(tx)).map(({ area, dataset, version }) => ({ formArea: area, datasetId: dataset, version })), models = await listModels(tx, forms)
  const asks = (model: FormModel | undefined) => model?.questions.some(question => question.type === 'file' && (question.mediaType ?? 'image').startsWith('image')) ?? false
  return [...new Set(forms.filter(form => asks(models.get(`${form.formArea} ${form.datasetId} ${form.version}`))).map(form => form.datasetId))]
}

const ARRIVED = sql`raw.act a join raw.attachment f on f.instance_id = a.instance_id and f.dataset_id = a.dataset_id and f.media_type like 'image/%'`

/** Whether an answer that may be seen is the name of a picture that has arrived; which question it answers is looked at afterwards (`namesIn`). */
function hasPicture(seen: RawBuilder<Answers>, looking: Looking): RawBuilder<boolean> {
  return sql<boolean>`exists (select from ${ARRIVED} where a.area_code = r.area_code and a.record_id = r.id and (
    exists (select from jsonb_each_text(${seen}) v where v.value = f.name)
    or exists (select from core.record_row w cross join jsonb_each_text(${answers('w', looking)}) v where w.area_code = r.area_code and w.record_id = r.id and v.value = f.name)))`
}

async function toPictured(tx: Reader, looking: Looking, page: readonly Row[]): Promise<Pictured[]> {
  if (page.length === 0) return []
  const ids = page.map(({ id }) => id), areas = [...new Set(page.map(({ area }) => area))]
  const [name, models, names] = [await makeName(tx, page), await listModels(tx, page), await namesOf(tx, areas)]
  const { rows } = await sql<RecordRow & { id: RecordId }>`
    select w.record_id as id, w.repeat, w.position, w.parent, ${answers('w', looking)} as values from core.record_row w
    where ${within('w.area_code', areas)} and w.record_id = any(${ids}::uuid[]) order by w.repeat, w.position`.execute(tx)
  const { rows: files } = await sql<{ id: RecordId; name: string }>`select distinct a.record_id as id, f.name from ${ARRIVED} where ${within('a.area_code', areas)} and a.record_id = any(${ids}::uuid[])`.execute(tx)
  return page.map(row => ({
    ...name(row), area: row.area, areaName: names.get(row.area) ?? { th: row.area, en: row.area }, day: row.day,
    photos: photosOf(models.get(`${row.formArea} ${row.datasetId} ${row.version}`), row.values, rows.filter(each => each.id === row.id), new Set(files.filter(file => file.id === row.id).map(file => file.name))),
  }))
}

/** Of the files that answers name, those that have arrived, in the order of the form. */
function photosOf(model: FormModel | undefined, values: Answers, rows: readonly RecordRow[], arrived: ReadonlySet<string>): Pictured['photos'] {
  if (!model) return []
  const labels = new Map(keysOf(model).flatMap(({ questions }) => questions.map(question => [question.key, question.label])))
  return [...namesIn(model, values, rows)].filter(([name]) => arrived.has(name)).map(([name, key]) => ({ name, label: labels.get(key) ?? { th: key, en: key } }))
}

const MOST_POINTS = 1000

/** Where the things of a side are, the latest first, as many as a small map bears. */
export async function mapSide(tx: Reader, looking: Looking, { side }: ParamsOf<typeof seenApi.mapSide>): Promise<ReplyOf<typeof seenApi.mapSide>> {
  const { rows } = await sql<Omit<Row, 'area' | 'day' | 'changedAt'> & { lat: number; lon: number; all: number }>`
    select r.id, r.dataset_id as "datasetId", r.form_area as "formArea", r.version, r.lat, r.lon, ${answers('r', looking)} as values, count(*) over ()::int as all
    from core.record r where r.dataset_id = any(${SIDES[side]}::text[]) and r.lat is not null and ${isLocatedFor('r', looking)} and ${isSeenAny('r', looking)}
    order by r.changed_at desc, r.id limit ${MOST_POINTS}`.execute(tx)
  const name = await makeName(tx, rows)
  return { points: rows.map(row => { const { id, dataset, title } = name(row); return { id, dataset, title, lat: row.lat, lon: row.lon } }), more: Math.max(0, (rows[0]?.all ?? 0) - rows.length) }
}
