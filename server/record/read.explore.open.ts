import { stringify } from 'csv-stringify/sync'
import { sql, type RawBuilder } from 'kysely'
import type { FileReply, ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { PageQuery } from '../../domain/base/page.ts'
import { NATION } from '../../domain/area/rules.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { questionOf } from '../../domain/dataset/rules.ts'
import type { OpenFilter, recordApi } from '../../domain/record/api.ts'
import type { Answers, OpenCard, PointSheet } from '../../domain/record/record.ts'
import { boxOf, packPoints, startOf, typeQuestionOf } from '../../domain/record/rules.explore.ts'
import { namesOf } from '../access/read.ts'
import { findDataset, findForm, listForms } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { rangeOfStart, typeIn } from './read.explore.ts'
import { titleOf } from './read.list.ts'
import { listOpenPhotos } from './read.open.ts'

type Row = { id: RecordId; dataset: DatasetId; area: AreaCode; day: string | null; changedAt: Date; answers: Answers; lat: number | null; lon: number | null }
type Shelf = { id: DatasetId; model: FormModel; where: RawBuilder<boolean> }

const MOST_POINTS = 100_000
const ROW = sql`r.id, r.dataset_id as dataset, r.area_code as area, r.day, r.changed_at as "changedAt", r.answers, r.lat, r.lon`

/** The datasets of which anyone may see records there, each with the newest form of its own place; the view `open.record` says what anyone may see. */
async function listShelves(tx: Reader, { datasets, area = NATION, ...filter }: OpenFilter): Promise<Shelf[]> {
  const { rows } = await sql<{ id: DatasetId }>`
    select d.id from open.dataset d where ${datasets === undefined ? sql`true` : sql`d.id in (${sql.join(datasets.split(','))})`}
      and exists (select from open.record r where r.dataset_id = d.id and ${within('r.area_code', [area])}) order by d.position, d.id`.execute(tx)
  const shelves = await Promise.all(rows.map(async ({ id }) => ({ id, model: await findModel(tx, id) })))
  return shelves.flatMap(({ id, model }) => model ? [{ id, model, where: sql<boolean>`r.dataset_id = ${id} and ${within('r.area_code', [area])} and ${chosenBy(model, filter)}` }] : [])
}

async function findModel(tx: Reader, id: DatasetId): Promise<FormModel | null> {
  const home = (await findDataset(tx, id))?.area, newest = (await listForms(tx, id)).find(form => form.area === home)
  return newest ? (await findForm(tx, newest.area, id, newest.version))?.model ?? null : null
}

function chosenBy(model: FormModel, { from, until, q, type, box }: Omit<OpenFilter, 'area' | 'datasets'>): RawBuilder<boolean> {
  const at = box && boxOf(box), said = (question: { key: string } | null) => question ? sql`r.answers ->> ${sql.lit(question.key)}` : sql`null::text`
  return sql<boolean>`${sql.join([
    sql`true`, ...from ? [sql`r.day >= ${from}::date`] : [], ...until ? [sql`r.day <= ${until}::date`] : [], ...q ? [sql`position(lower(${q}) in lower(${said(questionOf(model, 'title'))})) > 0`] : [],
    ...type ? [sql`${said(typeQuestionOf(model))} in (${sql.join(type.split(','))})`] : [], ...at ? [sql`r.lon between ${at.west} and ${at.east} and r.lat between ${at.south} and ${at.north}`] : [],
  ], sql` and `)}`
}

/** The same sheets as those of `mapPoints`. */
export async function mapOpenPoints(tx: Reader, filter: OpenFilter): Promise<FileReply> {
  const sheets: PointSheet[] = []
  for (const { id, model, where } of await listShelves(tx, filter)) {
    const { rows } = await sql<Row & { lat: number; lon: number }>`select ${ROW} from open.record r where ${where} and r.lat is not null order by r.area_code, r.lon, r.id limit ${MOST_POINTS}`.execute(tx)
    if (rows.length > 0) sheets.push({ dataset: id, more: 0, ...packPoints(rows.map(row => ({ start: startOf(row.id), lon: row.lon, lat: row.lat, type: typeIn(model, row.answers)?.value ?? null }))) })
  }
  return { body: sheets.length === 0 ? '[]' : `[\n${sheets.map(sheet => JSON.stringify(sheet)).join(',\n')}\n]` }
}

export async function listOpenCards(tx: Reader, { limit, after, ...filter }: OpenFilter & PageQuery): Promise<ReplyOf<typeof recordApi.listOpenCards>> {
  const [at, last] = (after ?? '').split('_'), found: { row: Row; model: FormModel }[] = [], counts: { dataset: DatasetId; records: number }[] = []
  for (const { id, model, where } of await listShelves(tx, filter)) {
    const { rows: [all] } = await sql<{ count: number }>`select count(*)::int as count from open.record r where ${where}`.execute(tx)
    const { rows } = await sql<Row>`
      select ${ROW} from open.record r where ${where} ${at && last ? sql`and (r.changed_at, r.id) < (${at}::timestamptz, ${last}::uuid)` : sql``} order by r.changed_at desc, r.id desc limit ${limit + 1}`.execute(tx)
    counts.push({ dataset: id, records: all?.count ?? 0 })
    found.push(...rows.map(row => ({ row, model })))
  }
  const page = found.sort((a, b) => b.row.changedAt.getTime() - a.row.changedAt.getTime() || (a.row.id > b.row.id ? -1 : 1)).slice(0, limit), end = page.at(-1)?.row
  return { items: await toCards(tx, page, await listOpenPhotos(tx, page.map(({ row }) => row))), counts, count: counts.reduce((sum, { records }) => sum + records, 0), next: end && found.length > limit ? `${end.changedAt.toISOString()}_${end.id}` : null }
}

/** What the map and the list show, as a file: of several datasets what they have in common, with the licence of each. */
export async function exportOpen(tx: Reader, as: 'csv' | 'geojson', filter: OpenFilter): Promise<FileReply> {
  const records: Record<string, string | number | null>[] = []
  for (const { id, model, where } of await listShelves(tx, filter)) {
    const { rows } = await sql<Row>`select ${ROW} from open.record r where ${where} order by r.area_code, r.id limit ${MOST_POINTS}`.execute(tx), dataset = (await findDataset(tx, id))?.dataset
    records.push(...(await toCards(tx, rows.map(row => ({ row, model })))).map(({ id, title, type, area, areaName, day, point, changedAt }) => ({
      id, dataset: dataset?.id ?? '', dataset_th: dataset?.name.th ?? '', title, type: type?.value ?? null, type_th: type?.label.th ?? null, type_en: type?.label.en ?? null, area, area_th: areaName.th, area_en: areaName.en, day, lat: point?.lat ?? null, lon: point?.lon ?? null, changed_at: changedAt, licence: dataset?.catalogue.license_id ?? '',
    })))
  }
  const name = `rakkaeo-open-${new Date().toISOString().slice(0, 10)}.${as}`
  return as === 'csv' ? { name, type: 'text/csv; charset=utf-8', body: stringify(records, { header: true, bom: true, columns: COLUMNS, escape_formulas: true }) } : { name, type: 'application/geo+json; charset=utf-8', body: JSON.stringify({ type: 'FeatureCollection', features: records.map(featureOf) }) }
}
const COLUMNS = ['id', 'dataset', 'dataset_th', 'title', 'type', 'type_th', 'type_en', 'area', 'area_th', 'area_en', 'day', 'lat', 'lon', 'changed_at', 'licence']

const featureOf = ({ id, lat, lon, ...properties }: Record<string, unknown>) => ({ type: 'Feature', id, geometry: lat === null ? null : { type: 'Point', coordinates: [lon, lat] }, properties })

export async function getOpenCard(tx: Reader, start: string): Promise<OpenCard> {
  const { first, last } = rangeOfStart(start)
  const { rows: [row] } = await sql<Row>`select ${ROW} from open.record r where ${within('r.area_code', [NATION])} and r.id between ${first}::uuid and ${last}::uuid order by r.id limit 1`.execute(tx)
  const model = row && await findModel(tx, row.dataset), [card] = row && model ? await toCards(tx, [{ row, model }], await listOpenPhotos(tx, [row])) : []
  if (!card) throw accessProblems.notThere({})
  return card
}

async function toCards(tx: Reader, found: readonly { row: Row; model: FormModel }[], photos: Map<RecordId, string> = new Map()): Promise<OpenCard[]> {
  const names = await namesOf(tx, found.map(({ row }) => row.area))
  return found.map(({ row: { answers, lat, lon, changedAt, ...row }, model }) => ({
    ...row, areaName: names.get(row.area) ?? { th: row.area, en: row.area }, title: titleOf(model, answers), type: typeIn(model, answers), changedAt: changedAt.toISOString(),
    point: lat === null || lon === null ? null : { lat, lon, altitude: null, accuracy: null }, photo: photos.get(row.id) ?? null,
  }))
}
