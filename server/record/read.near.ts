import { sql, type RawBuilder } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { seenApi } from '../../domain/record/api.seen.ts'
import type { Answers, Point } from '../../domain/record/record.ts'
import { boxAround, distanceMetres } from '../../engine/geo/distance.ts'
import { listDatasets } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { answers, isLocatedFor, isSeen, stands, type Looking } from './read.answers.ts'
import { listModels } from './read.arrived.ts'
import { titleOf } from './read.list.ts'

/** Datasets whose records are of persons are seen in fewer places (`isSeen`). */
const OF_PERSONS = sql`select d.id from core.dataset d where d.definition ->> 'unit' in ('person', 'household')`

/** A record of whatever dataset that may be seen, whether it stands or was set aside. */
export function isSeenEver(row: string, looking: Looking): RawBuilder<boolean> {
  return sql<boolean>`case when ${sql.ref(`${row}.dataset_id`)} in (${OF_PERSONS}) then ${isSeen(row, looking, 'person')} else ${isSeen(row, looking, 'record')} end`
}

/** One that may be seen and stands. */
export function isSeenAny(row: string, looking: Looking): RawBuilder<boolean> {
  return sql<boolean>`${isSeenEver(row, looking)} and ${stands(row)}`
}

const MOST = 12
type Spot = { id: RecordId; lat: number; lon: number }

/** What lies within so many metres, nearest first. The box of the circle is looked up by the index; the circle is cut out of it here. */
export async function listNear(tx: Reader, looking: Looking, from: { id: RecordId; point: Point }, metres: number): Promise<ReplyOf<typeof seenApi.listNear>> {
  const { south, north, west, east } = boxAround(from.point, metres)
  const { rows } = await sql<Spot>`
    select r.id, r.lat, r.lon from core.record r where r.lat between ${south} and ${north} and r.lon between ${west} and ${east} and r.id <> ${from.id}
      and ${isLocatedFor('r', looking)} and ${isSeenAny('r', looking)}`.execute(tx)
  const near = rows.map(row => ({ id: row.id, metres: distanceMetres(from.point, row) })).filter(row => row.metres <= metres).sort((a, b) => a.metres - b.metres || a.id.localeCompare(b.id))
  const shown = near.slice(0, MOST), named = await nameAll(tx, looking, shown.map(({ id }) => id))
  return { items: shown.flatMap(({ id, metres }) => { const one = named.get(id); return one ? [{ ...one, metres: Math.round(metres) }] : [] }), more: near.length - shown.length }
}

type Row = { id: RecordId; datasetId: DatasetId; formArea: AreaCode; version: string; values: Answers }

async function nameAll(tx: Reader, looking: Looking, ids: readonly RecordId[]) {
  if (ids.length === 0) return new Map<RecordId, never>()
  const { rows } = await sql<Row>`
    select r.id, r.dataset_id as "datasetId", r.form_area as "formArea", r.version, ${answers('r', looking)} as values from core.record r where r.id = any(${ids}::uuid[]) and ${isSeenAny('r', looking)}`.execute(tx)
  const name = await makeName(tx, rows)
  return new Map(rows.map(row => [row.id, name(row)]))
}

/** How records of several datasets are called: by their title, as far as it may be seen, and the name of their dataset. */
export async function makeName(tx: Reader, rows: readonly Omit<Row, 'id' | 'values'>[]) {
  const models = await listModels(tx, rows), datasets = new Map((await listDatasets(tx, null)).map(({ dataset }) => [dataset.id, dataset.name]))
  return ({ id, datasetId, formArea, version, values }: Row) => {
    const model = models.get(`${formArea} ${datasetId} ${version}`)
    return { id, dataset: datasetId, datasetName: datasets.get(datasetId) ?? { th: datasetId, en: datasetId }, title: model ? titleOf(model, values) : null }
  }
}
