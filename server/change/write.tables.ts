import { sql, type RawBuilder } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { BEFORE, stoodBefore } from '../table/read.before.ts'
import type { Act } from './read.columns.ts'

const stood = () => stoodBefore(within('a.area_code', [NATION]))

/** Where a record stood before a table updated it goes along as the record itself would have, so that the table can still be taken back. */
export async function recodeBefore(tx: Writer, act: Act): Promise<void> {
  await write(tx, act, sql`
    select s.record_id, s.id, s.form as form_was, coalesce(f.becomes, s.form) as form, s.area as was, coalesce(r.becomes, m.becomes, s.area) as becomes
    from (${stood()}) s left join change_record r on r.id = s.record_id and r.was = s.area left join change_map m on m.was = s.area left join change_map f on f.was = s.form
    where coalesce(r.becomes, m.becomes) <> s.area or f.becomes <> s.form`)
}

/** And goes back; so does that of updates since, with their records. */
export async function recodeBeforeBack(tx: Writer, act: Act): Promise<void> {
  await write(tx, act, sql`
    select j.key ->> 'record_id' as record_id, j.key ->> 'id' as id, j.key ->> 'form' as form_was, j.key ->> 'form_was' as form, j.becomes as was, j.was as becomes
    from core.area_act_row j where j.area_code = ${act.area} and j.act_id = ${act.id} and j.place = ${BEFORE}`)
  await write(tx, act, sql`select s.record_id, s.id, s.form as form_was, s.form, c.was, c.becomes from (${stood()}) s join change_record c on c.id = s.record_id and c.was = s.area`)
}

async function write(tx: Writer, act: Act, found: RawBuilder<unknown>): Promise<void> {
  await sql`insert into core.area_act_row (area_code, act_id, place, key, was, becomes)
    select ${act.area}, ${act.id}, ${BEFORE}, jsonb_build_object('record_id', w.record_id, 'id', w.id::bigint, 'form_was', w.form_was, 'form', w.form), w.was, w.becomes from (${found}) w order by w.id::bigint`.execute(tx)
}

export type Home = { code: AreaCode; was: AreaCode }

/** Where each place that began came from, as long as the ledger says so. */
export async function listHomes(tx: Writer, act: Act): Promise<Home[]> {
  const { rows } = await sql<Home>`select c.successor as code, min(c.predecessor) as was from core.area_act_row j join core.area_change c on c.id = (j.key ->> 'id')::bigint
      join core.area_act_row b on b.area_code = j.area_code and b.act_id = j.act_id and b.place = 'core.area.code' and b.was is null and b.becomes = c.successor
    where j.area_code = ${act.area} and j.act_id = ${act.id} and j.place = 'core.area_change.area_code' group by 1`.execute(tx)
  return rows
}

/** Lines of tables that brought nothing or were taken back, and what is remembered of columns, lie there again. */
export async function bringTablesBack(tx: Writer, homes: readonly Home[]): Promise<void> {
  const home = sql`unnest(${homes.map(({ code }) => code)}::text[], ${homes.map(({ was }) => was)}::text[]) as h (code, was)`, nation = within('t.area_code', [NATION])
  for (const column of ['area_code', 'form_area']) await sql`update raw.table_import t set ${sql.ref(column)} = h.was from ${home} where ${nation} and t.state <> 'imported' and ${sql.ref(`t.${column}`)} = h.code`.execute(tx)
  await sql`insert into core.table_mapping (area_code, dataset_id, columns_hash, mapping, kept_at) select h.was, t.dataset_id, t.columns_hash, t.mapping, t.kept_at from core.table_mapping t join ${home} on h.code = t.area_code where ${nation} on conflict do nothing`.execute(tx)
  await sql`delete from core.table_mapping t using ${home} where ${nation} and h.code = t.area_code`.execute(tx)
}
