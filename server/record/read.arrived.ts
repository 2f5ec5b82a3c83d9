import { sql } from 'kysely'
import type { AreaCode, DatasetId, PersonId, RecordId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Sensitivity } from '../../domain/access/access.ts'
import type { Dataset } from '../../domain/dataset/dataset.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import type { Answers, RecordFault, RecordState } from '../../domain/record/record.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import type { Arrived } from './read.mapped.ts'

/** A submission whose turn it is. */
export type Turn = Arrived & {
  person: PersonId; personName: string | null
  /** Where it lies: the place where it came in, or what is nearest above it where there is no such place. */
  home: AreaCode
  /** Where it was put at the door, if that is another one. */
  door?: AreaCode
}

type Row = {
  instanceId: string; dataset: Dataset; formArea: AreaCode; version: string; area: AreaCode; xml: string; receivedAt: Date; publishedAt: Date; deprecatedId: string | null
  person: PersonId; personName: string | null; home: AreaCode; datasetId: DatasetId
}

/** The next ones, in the order in which they came. */
export async function listArrived(tx: Reader, most: number): Promise<Turn[]> {
  const { rows } = await sql<Row>`
    -- the turn first, each row looked up by its key: however many are stored, and whatever is guessed of the queue's length
    with turn as materialized (
      select w.instance_id, w.dataset_id, w.arrived from raw.waiting w
      where ${within('w.area_code', [NATION])} and w.not_before <= now() and exists (
        select from raw.submission s join core.form f on f.dataset_id = s.dataset_id and f.version = s.version
        where s.instance_id = w.instance_id and s.dataset_id = w.dataset_id offset 0)
      order by w.arrived limit ${most})
    select s.instance_id as "instanceId", s.dataset_id as "datasetId", d.definition as dataset, f.area_code as "formArea", s.version, s.area_code as area, s.xml, s.received_at as "receivedAt", f.published_at as "publishedAt",
      s.deprecated_id as "deprecatedId", s.person_id as person, (select p.name from access.person p where p.id = s.person_id and ${within('p.area_code', [NATION])} limit 1) as "personName",
      (select a.code from core.area a where a.code in (s.area_code, left(s.area_code, 8), left(s.area_code, 6), left(s.area_code, 4), 'TH') order by length(a.code) desc limit 1) as home
    from turn t join lateral (select * from raw.submission one where one.instance_id = t.instance_id and one.dataset_id = t.dataset_id offset 0) s on true
    -- a name means one form: one whose place has another code since is found as well
    join lateral (select o.area_code, o.published_at from core.form o where o.dataset_id = s.dataset_id and o.version = s.version order by o.area_code = s.form_area desc, o.area_code limit 1) f on true
    join core.dataset d on d.id = s.dataset_id order by t.arrived`.execute(tx)
  const models = await listModels(tx, rows)
  return rows.map(row => ({ ...row, model: models.get(nameOf(row)) as FormModel }))
}

/** A place that was answered is where the submission was put at the door, if its sender collects there; else it is told. */
export function placeFaults({ home }: Turn, place: AreaCode | null): RecordFault[] {
  if (place === home) return []
  const say = place === null ? { th: 'ไม่ได้ระบุหมู่บ้านหรือตำบล จึงเก็บไว้ที่พื้นที่ของผู้ส่ง', en: 'No village or tambon was answered: it is kept in the sender’s place.' }
    : { th: `ไม่มีพื้นที่ ${place} หรืออยู่นอกพื้นที่ของผู้ส่ง จึงเก็บไว้ที่พื้นที่ของผู้ส่ง`, en: `There is no place ${place}, or the sender does not collect there: it is kept in the sender’s place.` }
  return [{ key: null, repeat: null, row: null, kind: 'place', say }]
}

type Named = { formArea: AreaCode; datasetId: DatasetId; version: string }
const nameOf = ({ formArea, datasetId, version }: Named) => `${formArea} ${datasetId} ${version}`

/** Published versions never change: each is read once from a database. */
const kept = new WeakMap<object, Map<string, FormModel>>()
const MOST_KEPT = 2000

export async function listModels(tx: Reader, wanted: readonly Named[]): Promise<Map<string, FormModel>> {
  const database = tx.getExecutor().adapter, before = kept.get(database), known = before && before.size <= MOST_KEPT ? before : new Map<string, FormModel>()
  kept.set(database, known)
  const missing = [...new Map(wanted.filter(one => !known.has(nameOf(one))).map(one => [nameOf(one), one])).values()]
  if (missing.length > 0) {
    const { rows } = await sql<Named & { model: FormModel }>`
      select f.area_code as "formArea", f.dataset_id as "datasetId", f.version, f.model
      from unnest(${missing.map(one => one.formArea)}::text[], ${missing.map(one => one.datasetId)}::text[], ${missing.map(one => one.version)}::text[]) as w (area_code, dataset_id, version)
      join core.form f on f.area_code = w.area_code and f.dataset_id = w.dataset_id and f.version = w.version`.execute(tx)
    for (const row of rows) known.set(nameOf(row), row.model)
  }
  return known
}

/** A record as it stands, before something is laid over it. */
export type Known = Record<Sensitivity, Answers> & {
  id: RecordId; dataset: DatasetId; /** Where it lies now; null: it is not there yet. */ was: AreaCode | null; area: AreaCode; about: RecordId | null; formArea: AreaCode; version: string; instance: string
  versions: number; day: string | null; madeAt: Date; madeBy: PersonId; changedAt: Date; changedBy: PersonId; model: FormModel; faults: RecordFault[]; state: RecordState; acts: number; /** The record that it went into. */ mergedInto: RecordId | null
}

export async function findKnown(tx: Reader, ids: readonly RecordId[]): Promise<Map<RecordId, Known>> {
  const { rows } = await sql<Known & { datasetId: DatasetId }>`
    select id, dataset_id as dataset, dataset_id as "datasetId", area_code as was, area_code as area, about, form_area as "formArea", version, instance_id as instance, versions, day,
      made_at as "madeAt", made_by as "madeBy", changed_at as "changedAt", changed_by as "changedBy", open, internal, personal, sensitive, faults, state, acts, merged_into as "mergedInto"
    from core.record where id = any(${[...new Set(ids)]}::uuid[]) and ${within('area_code', [NATION])} order by id for update`.execute(tx)
  const models = await listModels(tx, rows)
  return new Map(rows.map(row => [row.id, { ...row, model: models.get(nameOf(row)) as FormModel }]))
}

/** Into which other records these went. */
export async function findSurvivors(tx: Reader, ids: readonly RecordId[]): Promise<Map<RecordId, RecordId>> {
  const { rows } = await sql<{ id: RecordId; into: RecordId }>`select id, merged_into as into from core.record where id = any(${ids}::uuid[]) and merged_into is not null and ${within('area_code', [NATION])}`.execute(tx)
  return new Map(rows.map(({ id, into }) => [id, into]))
}

/** Of which record these submissions are, by dataset and instance. */
export async function idsAbout(tx: Reader, wanted: readonly { dataset: DatasetId; instance: string }[]): Promise<Map<string, RecordId>> {
  if (wanted.length === 0) return new Map()
  const { rows } = await sql<{ dataset: DatasetId; instance: string; id: RecordId }>`
    select dataset_id as dataset, instance_id as instance, record_id as id from raw.act
    where instance_id = any(${wanted.map(one => one.instance)}) and ${within('area_code', [NATION])}`.execute(tx)
  return new Map(rows.map(row => [`${row.dataset} ${row.instance}`, row.id]))
}
