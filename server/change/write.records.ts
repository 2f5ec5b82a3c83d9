import { sql } from 'kysely'
import type { AreaCode, RecordId } from '../../domain/base/ids.ts'
import type { Layout } from '../../domain/change/rules.ts'
import { placeOfPair } from '../../domain/duplicate/rules.ts'
import { holds, outlineOf } from '../../engine/geo/outline.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import type { Act } from './read.columns.ts'
import { trace } from './write.journal.ts'

/** Which code becomes which, and which record goes where, for the statements of this transaction. */
export async function drawMaps(tx: Writer, act: Act, { moves, became }: Pick<Layout, 'moves' | 'became'>): Promise<void> {
  await makeMaps(tx)
  await sql`insert into change_map select * from unnest(${[...moves.keys()]}::text[], ${[...moves.values()]}::text[])`.execute(tx)
  await sql`insert into change_record select r.id, r.area_code, m.becomes from core.record r join change_map m on m.was = r.area_code where ${within('r.area_code', act.olds)}`.execute(tx)
  for (const [area, parts] of became) await placeByPoint(tx, area, parts)
  await knowMaps(tx)
}

/** However many there are: the database plans by what is in them. */
export async function knowMaps(tx: Writer): Promise<void> {
  await sql`analyze change_map, change_record`.execute(tx)
}

export async function makeMaps(tx: Writer): Promise<void> {
  await sql`create temp table if not exists change_map (was text collate "C" primary key, becomes text collate "C" not null) on commit drop`.execute(tx)
  await sql`create temp table if not exists change_record (id uuid primary key, was text collate "C" not null, becomes text collate "C" not null) on commit drop`.execute(tx)
  await sql`truncate change_map, change_record`.execute(tx)
}

/** Records of the whole place that name no village go to the part whose outline holds their point, where it has all of them. */
async function placeByPoint(tx: Writer, area: AreaCode, parts: Layout['became'] extends Map<AreaCode, infer P> ? P : never): Promise<void> {
  const grounds = parts.flatMap(({ code, outline }) => outline ? [outlineOf(outline, { code })] : [])
  if (grounds.length < parts.length) return
  const { rows } = await sql<{ id: RecordId; lat: number; lon: number }>`select id, lat, lon from core.record where area_code = ${area} and lat is not null and lon is not null`.execute(tx)
  const placed = rows.flatMap(({ id, lat, lon }) => { const found = grounds.find(ground => holds(ground, lon, lat)); return found ? [{ id, becomes: found.code }] : [] })
  await sql`insert into change_record select g.id, ${area}, g.becomes from unnest(${placed.map(({ id }) => id)}::uuid[], ${placed.map(({ becomes }) => becomes)}::text[]) g (id, becomes)
    on conflict (id) do update set becomes = excluded.becomes`.execute(tx)
  await sql`delete from change_record where was = becomes`.execute(tx)
}

/** When something last arrived at places that records come to, as it was: what comes to them now did not just arrive. */
export async function noteLast(tx: Writer, act: Act): Promise<void> {
  await sql`insert into core.area_act_row (area_code, act_id, place, key, was, becomes, old)
    select ${act.area}, ${act.id}, 'core.record_last.area_code', jsonb_build_object('dataset_id', l.dataset_id), l.area_code, l.area_code, jsonb_build_object('at', l.at)
    from core.record_last l where ${within('l.area_code', act.news)} and l.area_code in (select c.becomes from change_record c) order by l.area_code, l.dataset_id`.execute(tx)
}

/** The record's own history says that its place has another code, and why. */
export async function tellRecords(tx: Writer, act: Act, { person, name }: { person: string | null; name: string }, reason: string): Promise<void> {
  await sql`insert into raw.act (area_code, record_id, dataset_id, kind, at, person_id, person_name, reason)
    select c.becomes, c.id, r.dataset_id, 'recode', clock_timestamp(), ${person}::uuid, ${name}, c.was || ' → ' || c.becomes || ': ' || ${reason}
    from change_record c join core.record r on r.id = c.id where ${within('r.area_code', [...act.olds, ...act.news])} order by c.id`.execute(tx)
}

type Pair = { id: string; was: AreaCode; one: AreaCode; other: AreaCode }

/** A pair lies in the smallest place that holds both its records. */
export async function placePairs(tx: Writer, act: Act, leavesTrace: boolean): Promise<void> {
  const { rows } = await sql<Pair>`select d.id, d.area_code as was, a.area_code as one, b.area_code as other from core.duplicate d join core.record a on a.id = d.one join core.record b on b.id = d.other
    where ${within('d.area_code', [act.area])} and exists (select from change_record c where c.id in (d.one, d.other)) order by d.id`.execute(tx)
  const placed = rows.map(({ id, was, one, other }) => ({ id, was, becomes: placeOfPair(one, other) })).filter(({ was, becomes }) => was !== becomes)
  for (const { id, was, becomes } of placed) await sql`update core.duplicate set area_code = ${becomes} where area_code = ${was} and id = ${id}`.execute(tx)
  if (leavesTrace) await trace(tx, act, placed.map(({ id, was, becomes }) => ({ place: 'core.duplicate.area_code', key: { id }, was, becomes })))
}
