import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Layout } from '../../domain/change/rules.ts'
import { apportion } from '../../engine/measure/apportion.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { columnOf, keyOf, type Act } from './read.columns.ts'
import { trace, type Trace } from './write.journal.ts'

/** Places that are taken apart, with the code under which the whole goes on. */
function divided({ became, moves }: Layout) {
  return [...became].filter(([, parts]) => parts.length > 1).map(([area, parts]) => ({ heir: moves.get(area) ?? area, parts }))
}

/** What a place is a member of, and what holds for it, each of its parts has as well. A dataset of its own, with all that defines it, is one: it goes on in the heir. */
export async function giveEach(tx: Writer, act: Act, layout: Layout, name: string): Promise<void> {
  const { table, keys } = columnOf(name), columns = await listColumns(tx, name)
  const isOwn = keys.includes('dataset_id') ? sql`exists (select from core.dataset d where d.area_code = t.area_code and d.id = t.dataset_id)` : sql`false`
  for (const { heir, parts } of divided(layout)) {
    await sql`
      with added as (
        insert into ${table} (area_code, ${sql.join(columns.map(column => sql.ref(column)))}) overriding system value
        select p.code, ${sql.join(columns.map(column => sql.ref(`t.${column}`)))} from ${table} t cross join unnest(${parts.map(({ code }) => code).filter(code => code !== heir)}::text[]) p (code)
        where t.area_code = ${heir} and not ${isOwn} on conflict do nothing returning *)
      insert into core.area_act_row (area_code, act_id, place, key, becomes) select ${act.area}, ${act.id}, ${name}, ${keyOf(keys, 'a')}, a.area_code from added a order by 5, 4`.execute(tx)
  }
}

/** All columns of a row but its place. */
async function listColumns(tx: Writer, name: string): Promise<string[]> {
  const [schema, table] = name.split('.') as [string, string]
  const { rows } = await sql<{ name: string }>`select a.attname::text as name from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relname = ${table} and a.attnum > 0 and not a.attisdropped and a.attname <> 'area_code' order by a.attnum`.execute(tx)
  return rows.map(({ name }) => name)
}

type Target = { area: AreaCode; dataset: string; round: string | null; expected: number; row: Record<string, unknown> }
const TARGET = 'core.target.area_code'
const keyOfTarget = ({ dataset, round }: Target) => ({ dataset_id: dataset, round_id: round })

async function listTargets(tx: Writer, areas: readonly AreaCode[]): Promise<Target[]> {
  return (await sql<Target>`select area_code as area, dataset_id as dataset, round_id as round, expected, to_jsonb(t) as row from core.target t where area_code = any(${areas}) order by dataset_id, round_id, area_code`.execute(tx)).rows
}

/** What is expected of a place is shared out among its parts; of places that become one it is added up. */
export async function shareTargets(tx: Writer, act: Act, layout: Layout): Promise<void> {
  for (const { heir, parts } of divided(layout)) {
    const others = parts.filter(({ code }) => code !== heir), order = [parts.find(({ code }) => code === heir), ...others].flatMap(part => part ?? [])
    for (const target of await listTargets(tx, [heir])) {
      const [own = 0, ...rest] = apportion(target.expected, order.map(({ share }) => share))
      await expectOf(tx, act, target, own)
      for (const [i, { code }] of others.entries()) await addTarget(tx, act, { ...target.row, area_code: code, expected: rest[i] }, { ...target, area: code })
    }
  }
  await addUpTargets(tx, act, layout)
}

async function addUpTargets(tx: Writer, act: Act, { became }: Layout): Promise<void> {
  const merged = [...became].flatMap(([area, parts]) => parts.length === 1 && !parts[0]?.whole && parts[0]?.code !== area ? [{ area, into: parts[0]?.code as AreaCode }] : [])
  if (merged.length === 0) return
  // where both expect something of one round, the rows could not go along
  const [into] = merged.map(one => one.into) as [AreaCode], all = await listTargets(tx, [...merged.map(({ area }) => area), into])
  for (const alike of Map.groupBy(all, target => JSON.stringify(keyOfTarget(target))).values()) {
    const kept = alike.find(({ area }) => area === into), left = alike.filter(({ area }) => area !== into)
    if (!kept || left.length === 0) continue
    await expectOf(tx, act, kept, alike.reduce((sum, { expected }) => sum + expected, 0))
    for (const target of left) {
      await sql`delete from core.target where area_code = ${target.area} and dataset_id = ${target.dataset} and round_id is not distinct from ${target.round}::uuid`.execute(tx)
      await trace(tx, act, [{ place: TARGET, key: keyOfTarget(target), was: target.area, becomes: null, old: target.row }])
    }
  }
}

async function expectOf(tx: Writer, act: Act, target: Target, expected: number): Promise<void> {
  if (expected === target.expected) return
  await sql`update core.target set expected = ${expected} where area_code = ${target.area} and dataset_id = ${target.dataset} and round_id is not distinct from ${target.round}::uuid`.execute(tx)
  await trace(tx, act, [{ place: TARGET, key: keyOfTarget(target), was: target.area, becomes: target.area, old: { expected: target.expected } }])
}

async function addTarget(tx: Writer, act: Act, row: Record<string, unknown>, target: Target): Promise<void> {
  await sql`insert into core.target select r.* from jsonb_populate_record(null::core.target, ${JSON.stringify(row)}::jsonb) r`.execute(tx)
  await trace(tx, act, [{ place: TARGET, key: keyOfTarget(target), was: null, becomes: target.area }])
}

/** Lists of codes (of an invitation): one that was divided is all of its parts; ground that was put together with other ground is not followed. */
export async function listAnew(tx: Writer, act: Act, { became }: Layout, name: string): Promise<void> {
  const { table, column, keys } = columnOf(name), codes = [...became.keys()]
  const { rows } = await sql<{ key: Record<string, unknown>; area: AreaCode; areas: AreaCode[] }>`
    select ${keyOf(keys, 't')} as key, t.area_code as area, ${sql.ref(`t.${column}`)} as areas from ${table} t where ${within('t.area_code', [act.area])} and ${sql.ref(`t.${column}`)} && ${codes}::text[] order by 1`.execute(tx)
  const traces: Trace[] = []
  for (const { key, area, areas } of rows) {
    const now = [...new Set(areas.flatMap(code => { const parts = became.get(code); return !parts || parts.length === 1 && !parts[0]?.whole ? [code] : parts.map(part => part.code) }))]
    if (now.join() === areas.join()) continue
    await sql`update ${table} t set ${sql.ref(column)} = ${now}::text[] where t.area_code = ${area} and ${keyOf(keys, 't')} = ${JSON.stringify(key)}::jsonb`.execute(tx)
    traces.push({ place: name, key, was: area, becomes: area, old: { [column]: areas } })
  }
  await trace(tx, act, traces)
}
