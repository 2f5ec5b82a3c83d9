import { sql } from 'kysely'
import type { AreaCode, ChangeId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import { changeProblems } from '../../domain/change/problems.ts'
import { codesOf, placesOf } from '../../domain/change/rules.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { inPlaces } from '../db/scope.ts'
import { listHindrances } from './read.hindrance.ts'
import { findPlaceChange } from './read.ts'
import { lockChanging, standStill } from './write.still.ts'
import { mustReach, type Changer } from './write.ts'
import { columnOf, columnsThat, type Act } from './read.columns.ts'
import { recode, recodeBack } from './write.recode.ts'
import { knowMaps, makeMaps, placePairs, tellRecords } from './write.records.ts'
import { bringTablesBack, listHomes, recodeBeforeBack } from './write.tables.ts'

/** Takes an act back as if it had never been, while nothing else has come to its places; else says what has. Both acts stay. */
export async function undoChange(tx: Writer, changer: Changer, id: ChangeId): Promise<{ id: ChangeId }> {
  await lockChanging(tx)
  const found = await findPlaceChange(tx, changer.areas, id)
  if (!found) throw changeProblems.notFound({})
  const { plan, area } = found, act: Act = { area, id, olds: placesOf(plan), news: codesOf(plan) }
  mustReach(changer, [...act.olds, ...act.news])
  if (found.undone) throw changeProblems.undone({})
  await inPlaces(tx, [NATION], async () => {
    await standStill(tx)
    const why = await listHindrances(tx, act)
    if (why.length > 0) throw changeProblems.hindered({ why: { th: why.map(each => each.th).join(' · '), en: why.map(each => each.en).join('; ') } })
    await takeBack(tx, act, changer, plan.reason)
    await sql`update core.area_act set undone_at = clock_timestamp(), undone_by_name = ${changer.by.name} where area_code = ${area} and id = ${id}`.execute(tx)
  })
  await note(tx, { action: 'place.undo', area, target: `${plan.kind} ${id}`, reason: plan.reason })
  return { id }
}

async function takeBack(tx: Writer, act: Act, { by }: Changer, reason: string): Promise<void> {
  const homes = await listHomes(tx, act)
  await takeOutAdded(tx, act)
  await restore(tx, act)
  await drawBack(tx, act)
  for (const name of columnsThat('place', 'each', 'shared', 'instance', 'record')) await recodeBack(tx, act, name)
  await recodeBeforeBack(tx, act)
  // what came to its records since goes along
  for (const name of columnsThat('instance', 'record')) await recode(tx, act, name, false)
  await placePairs(tx, act, false)
  await tellRecords(tx, act, by, `↶ ${reason}`)
  await bringTablesBack(tx, homes)
  await restoreGround(tx, act)
  await restoreLast(tx, act)
}

/** Each record that went along goes the same way back. */
async function drawBack(tx: Writer, act: Act): Promise<void> {
  await makeMaps(tx)
  await sql`insert into change_record select (j.key ->> 'id')::uuid, j.becomes, j.was from core.area_act_row j where j.area_code = ${act.area} and j.act_id = ${act.id} and j.place = 'core.record.area_code'`.execute(tx)
  await knowMaps(tx)
}

type Traced = { place: string; key: Record<string, unknown>; was: AreaCode | null; becomes: AreaCode | null; old: Record<string, unknown> | null }

function listTraced(tx: Writer, act: Act, which: ReturnType<typeof sql>): Promise<{ rows: Traced[] }> {
  return sql<Traced>`select place, key, was, becomes, old from core.area_act_row where area_code = ${act.area} and act_id = ${act.id} and place <> 'core.area.code' and ${which} order by id desc`.execute(tx)
}

const isRow = (key: Record<string, unknown>, record: ReturnType<typeof sql>) => sql.join(Object.keys(key).map(name => sql`${sql.ref(`t.${name}`)} is not distinct from ${record}.${sql.ref(name)}`), sql` and `)

async function takeOutAdded(tx: Writer, act: Act): Promise<void> {
  for (const { place, key, becomes } of (await listTraced(tx, act, sql`was is null`)).rows) {
    const { table } = columnOf(place)
    await sql`delete from ${table} t using jsonb_populate_record(null::${table}, ${JSON.stringify(key)}::jsonb) x where t.area_code = ${becomes} and ${isRow(key, sql`x`)}`.execute(tx)
  }
}

/** Rows of which more than the place changed are as they were; those that were taken out are there again. */
async function restore(tx: Writer, act: Act): Promise<void> {
  for (const { place, key, was, becomes, old } of (await listTraced(tx, act, sql`old is not null`)).rows) {
    const { table } = columnOf(place), text = JSON.stringify(old)
    if (becomes === null) await sql`insert into ${table} select o.* from jsonb_populate_record(null::${table}, ${text}::jsonb) o`.execute(tx)
    else await sql`update ${table} t set ${sql.join(Object.keys(old ?? {}).map(column => sql`${sql.ref(column)} = o.${sql.ref(column)}`))}
      from jsonb_populate_record(null::${table}, ${text}::jsonb) o, jsonb_populate_record(null::${table}, ${JSON.stringify(key)}::jsonb) x where t.area_code = ${was} and ${isRow(key, sql`x`)}`.execute(tx)
  }
}

/** Areas that ended go on, those that began never were, with what was counted there. */
async function restoreGround(tx: Writer, act: Act): Promise<void> {
  const areas = sql`core.area_act_row j where j.area_code = ${act.area} and j.act_id = ${act.id} and j.place = 'core.area.code'`
  await sql`update core.area a set valid_until = case when j.old ? 'valid_until' then null else a.valid_until end, name_th = coalesce(j.old ->> 'name_th', a.name_th), name_en = coalesce(j.old ->> 'name_en', a.name_en)
    from (select * from ${areas} and j.old is not null) j where a.code = j.becomes`.execute(tx)
  const begun = sql`(select j.becomes from ${areas} and j.was is null)`
  for (const table of ['fact.figure', 'open.figure', 'core.record_last', 'open.quality', 'core.area_term']) {
    await sql`delete from ${sql.table(table)} t where ${within('t.area_code', act.news)} and t.area_code in ${begun}`.execute(tx)
  }
  await sql`delete from core.area where code in ${begun}`.execute(tx)
}

/** When something last arrived at places that were there before: nothing did by going back and forth. */
async function restoreLast(tx: Writer, act: Act): Promise<void> {
  const ours = sql`j.area_code = ${act.area} and j.act_id = ${act.id}`, reached = sql`(select j.becomes from core.area_act_row j where ${ours} and j.place = 'core.record.area_code')`
  await sql`update core.record_delta set last_at = null where ${within('area_code', act.news)} and area_code in ${reached}`.execute(tx)
  await sql`delete from core.record_last l where ${within('l.area_code', act.news)} and l.area_code in ${reached} and not exists (
    select from core.area_act_row j where ${ours} and j.place = 'core.record_last.area_code' and j.was = l.area_code and j.key ->> 'dataset_id' = l.dataset_id)`.execute(tx)
  await sql`insert into core.record_last as kept (area_code, dataset_id, at) select r.area_code, r.dataset_id, max(r.changed_at) from core.record r where ${within('r.area_code', act.news)} and r.area_code in ${reached} group by 1, 2
    on conflict (area_code, dataset_id) do update set at = greatest(kept.at, excluded.at)`.execute(tx)
}
