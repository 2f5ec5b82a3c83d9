import { sql } from 'kysely'
import sharp from 'sharp'
import type { FileReply, ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { NATION } from '../../domain/area/rules.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { recordApi } from '../../domain/record/api.ts'
import type { Answers, OpenCard } from '../../domain/record/record.ts'
import { startOf } from '../../domain/record/rules.explore.ts'
import { boxAround, distanceMetres } from '../../engine/geo/distance.ts'
import type { FileStore } from '../base/file-store.ts'
import { findDataset, findForm } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { getOpenCard } from './read.explore.open.ts'
import { makeTitle } from './read.open.ts'

type Thing = ReplyOf<typeof recordApi.getThing>
type Row = { id: RecordId; dataset: DatasetId; formArea: AreaCode; version: string; answers: Answers; lat: number; lon: number }
const NEAR_METRES = 2000, MOST_NEAR = 8

/** A record as anyone may see it: all of it comes from `open.record` and `open.picture`, which say what that is. */
export async function getThing(tx: Reader, id: RecordId): Promise<Thing> {
  const card = await getOpenCard(tx, startOf(id))
  const { rows: [row] } = await sql<Pick<Row, 'formArea' | 'version' | 'answers'>>`select r.form_area as "formArea", r.version, r.answers from open.record r where ${within('r.area_code', [card.area])} and r.id = ${id}`.execute(tx)
  const form = row && await findForm(tx, row.formArea, card.dataset, row.version), found = await findDataset(tx, card.dataset)
  if (!row || !form || !found) throw accessProblems.notThere({})
  const { rows } = await sql<{ key: string }>`select p.key from open.picture p where ${within('p.area_code', [card.area])} and p.record_id = ${id}`.execute(tx), shown = new Set(rows.map(({ key }) => key))
  const pictures = (keysOf(form.model)[0]?.questions ?? []).filter(({ key }) => shown.has(key)).map(({ key, label }) => ({ key, label }))
  return { card, answers: row.answers, form, dataset: found.dataset, pictures, near: await listNear(tx, card) }
}

async function listNear(tx: Reader, { id, point }: OpenCard): Promise<Thing['near']> {
  if (!point) return []
  const { south, north, west, east } = boxAround(point, NEAR_METRES)
  const { rows } = await sql<Row>`
    select r.id, r.dataset_id as dataset, r.form_area as "formArea", r.version, r.answers, r.lat, r.lon from open.record r
    where ${within('r.area_code', [NATION])} and r.lat between ${south} and ${north} and r.lon between ${west} and ${east} and r.id <> ${id}`.execute(tx)
  const near = rows.map(row => ({ row, metres: Math.round(distanceMetres(point, row)) })).filter(({ metres }) => metres <= NEAR_METRES).sort((a, b) => a.metres - b.metres || a.row.id.localeCompare(b.row.id)).slice(0, MOST_NEAR)
  const title = await makeTitle(tx, near.map(({ row }) => row)), names = new Map(await Promise.all([...new Set(near.map(({ row }) => row.dataset))].map(async name => [name, (await findDataset(tx, name))?.dataset.name] as const)))
  return near.map(({ row, metres }) => ({ id: row.id, dataset: row.dataset, datasetName: names.get(row.dataset) ?? { th: row.dataset, en: row.dataset }, title: title(row), metres }))
}

const QUALITY = 80, MOST_PIXELS = 60_000_000

/** Never the file as it came: what is drawn anew bears no trace of where, when and with what it was taken. What cannot be drawn is not shown. */
export async function openPicture(tx: Reader, store: FileStore, { id, key }: { id: RecordId; key: string }, size: number): Promise<FileReply> {
  const card = await getOpenCard(tx, startOf(id))
  const { rows: [file] } = await sql<{ sha256: Buffer }>`select p.sha256 from open.picture p where ${within('p.area_code', [card.area])} and p.record_id = ${id} and p.key = ${key}`.execute(tx)
  if (!file || await store.size(file.sha256) === null) throw accessProblems.notThere({})
  const body = await sharp(await store.read(file.sha256), { limitInputPixels: MOST_PIXELS, failOn: 'error' }).rotate().resize(size, size, { fit: 'inside', withoutEnlargement: true }).webp({ quality: QUALITY }).toBuffer().catch(() => null)
  if (!body) throw accessProblems.notThere({})
  return { name: `${card.dataset}-${startOf(id)}.webp`, type: 'image/webp', body }
}
