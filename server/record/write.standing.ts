import { sql } from 'kysely'
import type { AreaCode, DatasetId, PersonId, RecordId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import { Sensitivity } from '../../domain/access/access.ts'
import { typeOf } from '../../domain/record/rules.explore.ts'
import { mayPublish } from '../../domain/record/rules.public.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import type { Known } from './read.arrived.ts'
import { judgeStanding } from './read.judged.ts'
import { pointOf } from './read.list.ts'
import { joinAnswers, sortAnswers, type Mapped } from './read.mapped.ts'

/** A record as it will stand. `anew`: an edit took the place of all that stood there. */
export type Standing = Known & { changed: boolean; anew: boolean; rows: Map<string, Mapped['rows']>; numbers: Mapped['numbers']; asked?: number; answered?: number }
/** `home`: where its submission was put at the door. */
export type Act = { home: AreaCode; record: RecordId; dataset: DatasetId; kind: 'make' | 'update' | 'held'; at: Date; person: PersonId; personName: string | null; instance: string }

/** Puts records into core as they will stand, with the acts that made them so. */
export async function keepStanding(tx: Writer, changed: readonly Standing[], acts: readonly Act[]): Promise<void> {
  const areas = new Map(changed.map(record => [record.id, record.area])), moved = changed.filter(record => record.was && record.was !== record.area)
  for (const record of moved) await move(tx, record)
  await judgeStanding(tx, changed)
  await keepAll(tx, changed)
  await keepRows(tx, changed)
  await keepNumbers(tx, changed)
  if (acts.length > 0) await keepActs(tx, acts, areas)
  await compareLater(tx, changed)
  await bringAlong(tx, [...moved.map(record => record.id), ...acts.filter(act => act.home !== areas.get(act.record)).map(act => act.record)])
}

async function move(tx: Writer, { id, was, area }: Standing): Promise<void> {
  await sql`update core.record set area_code = ${area} where area_code = ${was} and id = ${id}`.execute(tx)
}

const iso = (date: Date) => date.toISOString()

/** A record by the columns of core.record. */
const rowOf = (record: Standing) => ({ ...sameOf(record), ...ownOf(record), instance_id: record.instance })

/** Columns that are the same for all new records of a table. */
export function sameOf(record: Standing) {
  return {
    dataset_id: record.dataset, state: record.state, form_area: record.formArea, version: record.version, versions: record.versions, acts: record.acts,
    made_at: iso(record.madeAt), made_by: record.madeBy, changed_at: iso(record.changedAt), changed_by: record.changedBy, acted_at: iso(new Date()),
  }
}

/** The others, but for what its visit is called. */
export function ownOf(record: Standing) {
  const { model, open, internal, personal, sensitive } = record
  return {
    area_code: record.area, id: record.id, about: record.about, day: record.day, open, internal, personal, sensitive, faults: record.faults, asked: record.asked, answered: record.answered,
    ...spotOf(record), may_publish: mayPublish(model, joinAnswers(record)), type: typeOf(model, open),
  }
}

function keepAll(tx: Writer, records: readonly Standing[]): Promise<unknown> {
  const rows = records.map(rowOf)
  return sql`insert into core.record select r.* from jsonb_populate_recordset(null::core.record, ${JSON.stringify(rows)}::jsonb) r
    on conflict (area_code, id) do update set about = excluded.about, form_area = excluded.form_area, version = excluded.version, instance_id = excluded.instance_id,
      versions = excluded.versions, day = excluded.day, changed_at = excluded.changed_at, changed_by = excluded.changed_by,
      open = excluded.open, internal = excluded.internal, personal = excluded.personal, sensitive = excluded.sensitive, faults = excluded.faults, asked = excluded.asked, answered = excluded.answered,
      lat = excluded.lat, lon = excluded.lon, point_kept = excluded.point_kept,
      state = excluded.state, acts = excluded.acts, acted_at = excluded.acted_at, may_publish = excluded.may_publish, type = excluded.type`.execute(tx)
}

/** Where it lies, and how closely that answer is kept. */
function spotOf(record: Standing): { lat: number | null; lon: number | null; point_kept: Sensitivity | null } {
  for (const kept of Sensitivity.options) {
    const point = pointOf(record.model, record[kept])
    if (point) return { lat: point.lat, lon: point.lon, point_kept: kept }
  }
  return { lat: null, lon: null, point_kept: null }
}

/** The rows of a repeat that was answered anew take the place of those before. */
async function keepRows(tx: Writer, records: readonly Standing[]): Promise<void> {
  const again = records.filter(record => record.was !== null && record.rows.size > 0)
  for (const { area, id, rows } of again) await sql`delete from core.record_row where area_code = ${area} and record_id = ${id} and repeat = any(${[...rows.keys()]})`.execute(tx)
  const all = records.flatMap(record => [...record.rows.values()].flat().map(({ repeat, position, parent, values }) => ({
    area_code: record.area, record_id: record.id, dataset_id: record.dataset, repeat, position, parent, made_by: record.madeBy, ...sortAnswers(values, record.model, repeat),
  })))
  if (all.length > 0) await sql`insert into core.record_row select r.* from jsonb_populate_recordset(null::core.record_row, ${JSON.stringify(all)}::jsonb) r`.execute(tx)
}

export async function keepNumbers(tx: Writer, records: readonly Standing[]): Promise<void> {
  const again = records.filter(record => record.was !== null && (record.anew || record.rows.size > 0))
  for (const { area, id, anew, rows } of again) {
    await sql`delete from core.national_id where area_code = ${area} and record_id = ${id} and (${anew} or path ^@ any(${[...rows.keys()].map(repeat => `${repeat}/`)}))`.execute(tx)
  }
  const all = records.flatMap(({ area, id, numbers }) => [...new Map(numbers.map(number => [`${number.path} ${number.position}`, number])).values()].map(number => ({
    area_code: area, record_id: id, path: number.path, position: number.position, hash: number.hash, sealed: number.sealed,
  })))
  if (all.length === 0) return
  await tx.insertInto('core.national_id').values(all).onConflict(conflict => conflict.columns(['area_code', 'record_id', 'path', 'position'])
    .doUpdateSet(row => ({ hash: row.ref('excluded.hash'), sealed: row.ref('excluded.sealed') }))).execute()
}

async function keepActs(tx: Writer, acts: readonly Act[], areas: ReadonlyMap<RecordId, AreaCode>): Promise<void> {
  await tx.insertInto('raw.act').values(acts.map(act => ({
    area_code: areas.get(act.record) as AreaCode, record_id: act.record, dataset_id: act.dataset, kind: act.kind, at: act.at, person_id: act.person, person_name: act.personName, instance_id: act.instance, reason: null, fields: null, batch: null,
  }))).execute()
}

/** Things that live long are compared with what is there, by a job of the room of duplicates. */
export async function compareLater(tx: Writer, records: readonly Standing[]): Promise<void> {
  const lasting = records.filter(({ model }) => model.entity !== null)
  if (lasting.length === 0) return
  await sql`insert into core.duplicate_turn (area_code, record_id, dataset_id) select * from unnest(${lasting.map(({ area }) => area)}::text[], ${lasting.map(({ id }) => id)}::uuid[], ${lasting.map(({ dataset }) => dataset)}::text[])
    on conflict (area_code, record_id) do update set not_before = now()`.execute(tx)
}

/** Who may see a record sees its history and its pictures: these lie where it lies. */
export async function bringAlong(tx: Writer, ids: readonly RecordId[]): Promise<void> {
  if (ids.length === 0) return
  await sql`update raw.act a set area_code = r.area_code from core.record r where ${within('r.area_code', [NATION])} and ${within('a.area_code', [NATION])}
    and r.id = any(${ids}::uuid[]) and a.record_id = r.id and a.area_code <> r.area_code`.execute(tx)
  for (const table of ['raw.submission', 'raw.attachment']) {
    await sql`update ${sql.table(table)} s set area_code = a.area_code from raw.act a where ${within('a.area_code', [NATION])} and ${within('s.area_code', [NATION])}
      and a.record_id = any(${ids}::uuid[]) and s.instance_id = a.instance_id and s.dataset_id = a.dataset_id and s.area_code <> a.area_code`.execute(tx)
  }
}
