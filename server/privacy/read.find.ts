import { sql } from 'kysely'
import type { BodyOf, ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import { keysOf, type Level } from '../../domain/dataset/rules.ts'
import type { privacyApi } from '../../domain/privacy/api.ts'
import type { FoundSpot, Spot } from '../../domain/privacy/privacy.ts'
import { privacyProblems } from '../../domain/privacy/problems.ts'
import { isNarrow, textOf } from '../../domain/privacy/rules.ts'
import { nameQuestionsOf, namesIn } from '../../domain/privacy/rules.person.ts'
import type { Answers, RecordState } from '../../domain/record/record.ts'
import { parseNationalId } from '../../engine/form/national-id.ts'
import { isCalled } from '../../engine/match/person.ts'
import type { Seal } from '../base/seal.ts'
import { namesOf } from '../access/read.ts'
import { listDatasets } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { answers, isCleared, type Looking } from '../record/read.answers.ts'
import { listModels } from '../record/read.arrived.ts'
import { getWhole } from '../record/read.shown.ts'
import { isSeenEver, makeName } from '../record/read.near.ts'

type Asked = BodyOf<typeof privacyApi.findPerson>
const MOST = 200

/** Where somebody stands in these places, by the number, else by the name; of either, only what may be known of persons there. */
export async function findPerson(tx: Reader, looking: Looking, { number, name }: Asked, seal: Seal): Promise<ReplyOf<typeof privacyApi.findPerson>> {
  if (number === '' && name === '') throw privacyProblems.asksForWhom({})
  if (number === '' && !looking.areas.every(isNarrow)) throw privacyProblems.tooWide({})
  const spots = number !== '' ? await listByNumber(tx, looking, seal.hash(parseNationalId(number)?.digits ?? number)) : await listByName(tx, looking, name)
  return { items: await toFound(tx, looking, spots.slice(0, MOST)), more: spots.length > MOST }
}

async function listByNumber(tx: Reader, { areas }: Looking, hash: Buffer): Promise<Spot[]> {
  const { rows } = await sql<{ record: RecordId; path: string; position: number }>`
    select n.record_id as record, n.path, n.position from core.national_id n where n.hash = ${hash} and ${within('n.area_code', areas)} order by 1, 2, 3 limit ${MOST + 1}`.execute(tx)
  const heads = await listHeads(tx, rows.map(({ record }) => record))
  return rows.map(({ record, path, position }) => ({ record, repeat: heads.get(record)?.repeatOf(path) ?? null, row: position || null }))
}

/** The names of a district at most are read and compared, letter by letter as the house folds them. */
async function listByName(tx: Reader, looking: Looking, asked: string): Promise<Spot[]> {
  const spots: Spot[] = []
  for (const { dataset } of await listDatasets(tx, null)) {
    for (const level of await levelsOf(tx, looking, dataset.id)) spots.push(...(await listNames(tx, looking, dataset, level)).filter(({ names }) => names.some(name => isCalled(name, asked))).map(({ spot }) => spot))
  }
  return spots.slice(0, MOST + 1)
}

/** With everything that any record there was asked. */
async function levelsOf(tx: Reader, looking: Looking, id: DatasetId): Promise<Level[]> {
  const { rows: [any] } = await sql<object>`select from core.record where dataset_id = ${id} and ${within('area_code', looking.areas)} limit 1`.execute(tx)
  return any ? (await getWhole(tx, id, looking.areas)).levels.filter(level => nameQuestionsOf(level).length > 0) : []
}

async function listNames(tx: Reader, looking: Looking, { id }: Dataset, level: Level): Promise<{ spot: Spot; names: string[] }[]> {
  const keys = nameQuestionsOf(level).flat().filter(({ sensitivity }) => isCleared(looking, sensitivity)).map(({ key }) => key)
  const source = level.repeat === null ? sql`core.record x where x.state <> 'erased' and x.dataset_id = ${id}` : sql`core.record_row x where x.repeat = ${level.repeat} and x.dataset_id = ${id}`
  const { rows } = await sql<{ record: RecordId; row: number | null; values: Answers }>`
    select ${level.repeat === null ? sql`x.id as record, null::int as row` : sql`x.record_id as record, x.position as row`}, jsonb_build_object(${sql.join(keys.flatMap(key => [sql.lit(key), sql`${answers('x', looking)} -> ${sql.lit(key)}`]))}) as values
    from ${source} and ${within('x.area_code', looking.areas)}`.execute(tx)
  return rows.map(({ record, row, values }) => ({ spot: { record, repeat: level.repeat, row }, names: namesIn(level, withoutEmpty(values)) }))
}

const withoutEmpty = (values: Answers): Answers => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))

type Head = { id: RecordId; datasetId: DatasetId; formArea: AreaCode; version: string; area: AreaCode; state: RecordState; day: string | null; values: Answers; rows: number; levels: Level[]; repeatOf(path: string): string | null }

/** Records as they are told of in a list, wherever they lie of what the transaction sees. */
async function listHeads(tx: Reader, ids: readonly RecordId[], looking?: Looking): Promise<Map<RecordId, Head>> {
  const seen = looking ? sql`${isSeenEver('r', looking)}` : sql`true`
  const { rows } = await sql<Omit<Head, 'levels' | 'repeatOf'>>`
    select r.id, r.dataset_id as "datasetId", r.form_area as "formArea", r.version, r.area_code as area, r.state, r.day, ${looking ? answers('r', looking) : sql`'{}'::jsonb`} as values,
      (select count(*)::int from core.record_row w where w.area_code = r.area_code and w.record_id = r.id) as rows
    from core.record r where r.id = any(${[...new Set(ids)]}::uuid[]) and r.area_code >= 'TH' and ${seen}`.execute(tx)
  const models = await listModels(tx, rows)
  return new Map(rows.map(row => {
    const model = models.get(`${row.formArea} ${row.datasetId} ${row.version}`)
    return [row.id, { ...row, levels: model ? keysOf(model) : [], repeatOf: path => model?.questions.find(question => question.path === path)?.repeat ?? null }]
  }))
}

/** Spots as they are shown, in the order in which they were found; those that may not be seen are left out. */
export async function toFound(tx: Reader, looking: Looking, spots: readonly Spot[]): Promise<FoundSpot[]> {
  const heads = await listHeads(tx, spots.map(({ record }) => record), looking), names = await namesOf(tx, [...heads.values()].map(({ area }) => area))
  const call = await makeName(tx, [...heads.values()]), units = new Map((await listDatasets(tx, null)).map(({ dataset }) => [dataset.id, dataset.unit])), rows = await listRowValues(tx, looking, spots)
  return spots.flatMap(spot => {
    const head = heads.get(spot.record), level = head?.levels.find(({ repeat }) => repeat === spot.repeat)
    if (!head || !level) return []
    const { datasetName, title } = call(head), values = spot.repeat === null ? head.values : rows.get(textOf(spot)) ?? {}
    return [{
      spot: textOf(spot), record: spot.record, dataset: head.datasetId, datasetName, unit: units.get(head.datasetId) ?? 'record', area: head.area, areaName: names.get(head.area) ?? { th: head.area, en: head.area }, state: head.state, day: head.day,
      name: namesIn(level, values)[0] ?? null, title, others: Math.max(0, head.rows - (spot.repeat === null ? 0 : 1)),
    }]
  })
}

async function listRowValues(tx: Reader, looking: Looking, spots: readonly Spot[]): Promise<Map<string, Answers>> {
  const inRows = spots.filter(({ repeat }) => repeat !== null)
  const { rows } = await sql<Spot & { values: Answers }>`
    select w.record_id as record, w.repeat, w.position as row, ${answers('w', looking)} as values from core.record_row w
    where ${within('w.area_code', looking.areas)} and w.record_id = any(${inRows.map(({ record }) => record)}::uuid[])`.execute(tx)
  return new Map(rows.map(({ values, ...spot }) => [textOf(spot), values]))
}
