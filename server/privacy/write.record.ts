import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import { redactJson, type Meant } from '../../domain/privacy/rules.redact.ts'
import type { Writer } from '../db/db.ts'
import { inPlaces } from '../db/scope.ts'
import { within } from '../db/place.ts'
import { contentOf, keepOne, standingOf } from '../duplicate/write.whole.ts'
import type { Somebody } from './write.meant.ts'
import type { Plan } from './write.plan.ts'

/** A record of which nothing is left but that there was one, where, and who wrote it down. */
export async function keepErased(tx: Writer, areas: readonly AreaCode[], { held: { area, id } }: Plan): Promise<void> {
  await sql`update core.record r set state = 'erased', open = '{}', internal = '{}', personal = '{}', sensitive = '{}', faults = '[]', about = null, day = null, lat = null, lon = null, point_kept = null,
    type = '', asked = null, answered = null, may_publish = false, merged_into = null, acts = r.acts + 1, acted_at = clock_timestamp() where ${within('r.area_code', areas)} and r.area_code = ${area} and r.id = ${id}`.execute(tx)
  for (const table of ['core.record_row', 'core.national_id', 'core.flag', 'core.proposal', 'core.duplicate_turn']) {
    await sql`delete from ${sql.table(table)} t where ${within('t.area_code', areas)} and t.area_code = ${area} and t.record_id = ${id}`.execute(tx)
  }
  await sql`update access.glass g set reason = '' where ${within('g.area_code', areas)} and g.record_id = ${id}`.execute(tx)
  // a pair lies in the smallest place that holds both
  await inPlaces(tx, [NATION], () => sql`delete from core.duplicate d where ${within('d.area_code', [NATION])} and (d.one = ${id} or d.other = ${id})`.execute(tx))
}

/** The record without the person; it is judged anew, and what jobs say of it they say anew. */
export async function keepWithout(tx: Writer, areas: readonly AreaCode[], { held, values, rows, numbers, faults }: Plan): Promise<void> {
  const content = { ...contentOf({ ...held, numbers }), values, rows, faults }
  await keepOne(tx, standingOf(held, content, { state: held.state, acts: held.acts + 1 }))
  await sql`delete from core.flag f where ${within('f.area_code', areas)} and f.area_code = ${held.area} and f.record_id = ${held.id}`.execute(tx)
  await sql`update access.glass g set reason = '' where ${within('g.area_code', areas)} and g.record_id = ${held.id}`.execute(tx)
}

/** Reports of the tables that brought the record tell values of cells: those of the person go. */
export async function redactImports(tx: Writer, areas: readonly AreaCode[], imports: readonly string[], { calls }: Somebody): Promise<void> {
  if (imports.length === 0) return
  const meant: Meant = { text: calls, row: () => false, number: () => false, keys: new Set() }
  const { rows } = await sql<{ id: string; report: unknown; columns: unknown; trouble: unknown }>`select t.id, t.report, t.columns, t.trouble from raw.table_import t where ${within('t.area_code', areas)} and t.id = any(${imports}::uuid[])`.execute(tx)
  for (const { id, report, columns, trouble } of rows) {
    const [less, names, told] = [report, columns, trouble].map(value => value === null ? null : JSON.stringify(redactJson(value, meant)))
    await sql`update raw.table_import t set report = ${less}::jsonb, columns = ${names}::jsonb, trouble = ${told}::jsonb where ${within('t.area_code', areas)} and t.id = ${id}::uuid`.execute(tx)
  }
}
