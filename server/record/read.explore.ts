import { sql } from 'kysely'
import type { FileReply, ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { PageQuery } from '../../domain/base/page.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf, questionOf } from '../../domain/dataset/rules.ts'
import type { ExploreFilter, recordApi } from '../../domain/record/api.ts'
import type { Answers, PointSheet, RecordCard, RecordEntry } from '../../domain/record/record.ts'
import { packPoints, startOf, typeQuestionOf, type Located } from '../../domain/record/rules.explore.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { answer, answers, filterOf, isLocatedFor, type Looking } from './read.answers.ts'
import { listRecords, titleIn } from './read.list.ts'
import { getShown, type Shown } from './read.shown.ts'
import { getFound } from './read.ts'

/** More than a telephone holds; `more` says how many are left out. */
const MOST_POINTS = 100_000

/** Sheets of points, one dataset after the other: what is read is on its way before the next is. */
export function fileOfPoints(looking: Looking, filter: ExploreFilter): FileReply {
  return { type: 'application/json; charset=utf-8', body: tx => writePoints(tx, looking, filter) }
}

async function* writePoints(tx: Reader, looking: Looking, filter: ExploreFilter): AsyncGenerator<string> {
  let left = MOST_POINTS, before = '['
  for (const id of await listDatasetsHere(tx, looking, filter)) {
    const { more, points } = await listPoints(tx, await getShown(tx, id, looking.areas), looking, filter, left)
    left -= points.length
    if (points.length + more === 0) continue
    yield `${before}\n${JSON.stringify({ dataset: id, more, ...packPoints(points) } satisfies PointSheet)}`
    before = ','
  }
  yield before === '[' ? '[]' : '\n]'
}

/** The datasets of which these places have records at all, in the order of the catalogue. */
async function listDatasetsHere(tx: Reader, { areas }: Looking, { datasets }: ExploreFilter): Promise<DatasetId[]> {
  const { rows } = await sql<{ id: DatasetId }>`
    select d.id from core.dataset d where ${datasets === undefined ? sql`true` : sql`d.id = any(${datasets.split(',')}::text[])`}
      and exists (select from core.record r where r.dataset_id = d.id and ${within('r.area_code', areas)}) order by d.position, d.id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** The newest where there are too many; those of a tambon one after the other. */
async function listPoints(tx: Reader, shown: Shown, looking: Looking, filter: ExploreFilter, most: number): Promise<{ points: Located[]; more: number }> {
  const type = typeQuestionOf(shown.model)
  if (!questionOf(shown.model, 'point')) return { points: [], more: 0 }
  // the columns say what everyone may see of the type without opening the answers
  const said = !type ? sql`null::text` : type.sensitivity === 'open' ? sql`nullif(r.type, '')` : sql`${answer('r', type.key, looking)} #>> '{}'`
  const where = filterOf('r', shown, looking, filter, titleIn(answers('r', looking), shown.model))
  const { rows } = await sql<{ id: RecordId; area: AreaCode; lon: number; lat: number; type: string | null; all: number }>`
    select r.id, r.area_code as area, r.lon, r.lat, ${said} as type, count(*) over ()::int as all
    from core.record r where ${where} and r.lat is not null and ${isLocatedFor('r', looking)} order by r.changed_at desc, r.id limit ${most}`.execute(tx)
  const points = rows.sort((a, b) => a.area < b.area ? -1 : a.area > b.area ? 1 : a.lon - b.lon).map(({ id, lon, lat, type }) => ({ start: startOf(id), lon, lat, type }))
  return { points, more: rows.length > 0 ? (rows[0] as { all: number }).all - rows.length : most > 0 ? 0 : await countPoints(tx, shown, looking, filter) }
}

async function countPoints(tx: Reader, shown: Shown, looking: Looking, filter: ExploreFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from core.record r where ${filterOf('r', shown, looking, filter, titleIn(answers('r', looking), shown.model))} and r.lat is not null and ${isLocatedFor('r', looking)}`.execute(tx)
  return rows[0]?.count ?? 0
}

/** The list beside the map: of all datasets the newest first. Whatever comes before the key of the page is looked for in each. */
export async function listCards(tx: Reader, looking: Looking, query: ExploreFilter & PageQuery): Promise<ReplyOf<typeof recordApi.listCards>> {
  const lists = []
  for (const id of await listDatasetsHere(tx, looking, query)) {
    const shown = await getShown(tx, id, looking.areas), { items, count, more, next } = await listRecords(tx, shown, looking, query)
    lists.push({ count, more, hasMore: next !== null, found: items.map(entry => ({ entry, model: shown.model })) })
  }
  const found = lists.flatMap(list => list.found).sort((a, b) => isBefore(a.entry, b.entry) ? -1 : 1), page = found.slice(0, query.limit), last = page.at(-1)?.entry
  return {
    items: await toCards(tx, page, looking.areas), count: lists.reduce((sum, { count }) => sum + count, 0), more: lists.some(({ more }) => more),
    next: last && (found.length > page.length || lists.some(({ hasMore }) => hasMore)) ? `${last.changedAt}_${last.id}` : null,
  }
}

const isBefore = (a: RecordEntry, b: RecordEntry) => a.changedAt > b.changedAt || (a.changedAt === b.changedAt && a.id > b.id)

/** The record whose id begins so; of several, which nobody has met, the first that may be seen. */
export async function getCard(tx: Reader, { viewer, areas, purpose }: Looking, start: string): Promise<RecordCard> {
  const { first, last } = rangeOfStart(start)
  const { rows } = await sql<{ id: RecordId }>`
    select r.id from core.record r where r.id between ${first}::uuid and ${last}::uuid and ${within('r.area_code', areas)} limit 10`.execute(tx)
  for (const { id } of rows) {
    const found = await getFound(tx, viewer, areas, id, purpose).catch(() => null)
    const [card] = found ? await toCards(tx, [{ entry: found.entry, model: found.form.model }], areas) : []
    if (card) return card
  }
  throw accessProblems.notThere({})
}

/** All ids that begin so. */
export function rangeOfStart(start: string): { first: string; last: string } {
  const half = start.replace(/^(.{8})(.{4})/, '$1-$2-')
  return { first: `${half}-0000-000000000000`, last: `${half}-ffff-ffffffffffff` }
}

async function toCards(tx: Reader, found: readonly { entry: RecordEntry; model: FormModel }[], areas: readonly AreaCode[]): Promise<RecordCard[]> {
  const arrived = await listPictures(tx, found.map(({ entry }) => entry), areas)
  return found.map(({ entry: { values, madeAt: _, versions: __, ...card }, model }) => {
    const photos = (keysOf(model)[0]?.questions ?? []).filter(({ role }) => role === 'photo').map(({ key }) => String(values[key] ?? ''))
    return { ...card, type: typeIn(model, values), photo: photos.find(name => arrived.has(`${card.id} ${name}`)) ?? null }
  })
}

/** A code that the form does not know stands for itself. */
export function typeIn(model: FormModel, values: Answers): RecordCard['type'] {
  const question = typeQuestionOf(model), value = question && values[question.key]
  return typeof value !== 'string' ? null : question?.choices?.find(choice => choice.value === value) ?? { value, label: { th: value, en: value } }
}

/** Pictures that have arrived, by record and name. */
async function listPictures(tx: Reader, entries: readonly RecordEntry[], areas: readonly AreaCode[]): Promise<Set<string>> {
  if (entries.length === 0) return new Set()
  const { rows } = await sql<{ id: RecordId; name: string }>`
    select act.record_id as id, a.name from unnest(${entries.map(entry => entry.area)}::text[], ${entries.map(entry => entry.id)}::uuid[]) wanted (area_code, id)
    join raw.act act on act.area_code = wanted.area_code and act.record_id = wanted.id
    join raw.attachment a on a.instance_id = act.instance_id and a.dataset_id = act.dataset_id where ${within('act.area_code', areas)} and a.media_type like 'image/%'`.execute(tx)
  return new Set(rows.map(row => `${row.id} ${row.name}`))
}
