import { sql, type RawBuilder } from 'kysely'
import { FOLLOWS } from '../../domain/change/rules.tables.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { columnOf, keyOf, placesOfColumn, type Act, type Column } from './read.columns.ts'

const list = (keys: readonly string[], of: string) => sql.join(keys.map(key => sql.ref(`${of}.${key}`)))
/** By keys that an index or a hash finds; only a target may be of no round. */
const same = (keys: readonly string[], one: string, other: string) => sql.join(keys.map(key => sql`${sql.ref(`${one}.${key}`)} ${key === 'round_id' ? sql`is not distinct from` : sql`=`} ${sql.ref(`${other}.${key}`)}`), sql` and `)

/** A code in the map goes where the map says; so do rows that lie with a record, unless its record goes elsewhere. */
const TARGETS: Record<string, (column: Column) => { from: RawBuilder<unknown>; becomes: RawBuilder<unknown> }> = {
  place: ({ column }) => ({ from: sql`join change_map m on m.was = ${sql.ref(`t.${column}`)}`, becomes: sql`m.becomes` }),
  record: ({ name }) => ({ from: sql`join change_record r on r.id = ${sql.ref(name.startsWith('core.record.') ? 't.id' : 't.record_id')} and r.was = t.area_code`, becomes: sql`r.becomes` }),
  instance: () => ({
    from: sql`left join change_map m on m.was = t.area_code left join lateral (
      select c.becomes from raw.act a join change_record c on c.id = a.record_id where a.instance_id = t.instance_id and a.dataset_id = t.dataset_id limit 1) r on true`, becomes: sql`coalesce(r.becomes, m.becomes)`,
  }),
}
TARGETS.each = TARGETS.place as (typeof TARGETS)[string]
TARGETS.shared = TARGETS.place as (typeof TARGETS)[string]

/** Where two rows would be one, the one that is there stays, and the other stays where it was. */
const chosen = (of: Column, act: Act) => {
  const { table, column, keys } = of, { from, becomes } = (TARGETS[FOLLOWS[of.name]?.how as string] as (typeof TARGETS)[string])(of), here = sql.ref(`t.${column}`)
  return sql`wanted as (
      select ${list(keys, 't')}, ${here} as was, ${becomes} as becomes, row_number() over (partition by ${list(keys, 't')}, ${becomes} order by ${here}) as turn
      from ${table} t ${from} where ${within('t.area_code', placesOfColumn(of.name, act))} and ${becomes} <> ${here}
    ), chosen as materialized (
      select * from wanted w where w.turn = 1 and not exists (select from ${table} o where ${within('o.area_code', [...act.olds, ...act.news])} and ${sql.ref(`o.${column}`)} = w.becomes and ${same(keys, 'o', 'w')}))`
}

/** Whoever acts on a record says how many acts it had: this is one more. */
const moreOf = (name: string) => name === 'core.record.area_code' ? sql`, acts = t.acts + 1` : sql``

/** Every row of a column goes where it belongs, and leaves its trace. */
export async function recode(tx: Writer, act: Act, name: string, leavesTrace = true): Promise<void> {
  const of = columnOf(name), { table, column, keys } = of
  const more = moreOf(name)
  await sql`
    with ${chosen(of, act)}, moved as (
      update ${table} t set ${sql.ref(column)} = c.becomes ${more} from chosen c
      where ${within('t.area_code', placesOfColumn(name, act))} and ${sql.ref(`t.${column}`)} = c.was and ${same(keys, 't', 'c')})
    insert into core.area_act_row (area_code, act_id, place, key, was, becomes)
      select ${act.area}, ${act.id}, ${name}, ${keyOf(keys, 'c')}, c.was, c.becomes from chosen c where ${leavesTrace} order by c.was, c.becomes, ${list(keys, 'c')}`.execute(tx)
}

/** The rows of a column that an act moved go back where they were. Gives how many. */
export async function recodeBack(tx: Writer, act: Act, name: string): Promise<number> {
  const { table, column, keys } = columnOf(name)
  // what is known of how many rows lie where is older than the act: by it any index would seem as good as the key
  await sql`set local enable_nestloop = off`.execute(tx)
  const done = await sql`
    with traced as materialized (
      select ${list(keys, 'x')}, j.was, j.becomes from core.area_act_row j cross join lateral jsonb_populate_record(null::${table}, j.key) x where j.area_code = ${act.area} and j.act_id = ${act.id} and j.place = ${name} and j.was is not null and j.becomes is not null and j.old is null)
    update ${table} t set ${sql.ref(column)} = j.was ${moreOf(name)} from traced j
    where ${within('t.area_code', placesOfColumn(name, act))} and ${sql.ref(`t.${column}`)} = j.becomes and ${same(keys, 't', 'j')}`.execute(tx)
  await sql`set local enable_nestloop = on`.execute(tx)
  return Number(done.numAffectedRows ?? 0)
}
