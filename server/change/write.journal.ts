import { sql } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Writer } from '../db/db.ts'
import type { Act } from './read.columns.ts'

/** What was done to one row (db/migrations/0026_change.sql). */
export type Trace = { place: string; key: Record<string, unknown>; was: AreaCode | null; becomes: AreaCode | null; old?: Record<string, unknown> }

export async function trace(tx: Writer, act: Act, traces: readonly Trace[]): Promise<void> {
  if (traces.length === 0) return
  await sql`insert into core.area_act_row (area_code, act_id, place, key, was, becomes, old)
    select ${act.area}, ${act.id}, t.place, t.key, t.was, t.becomes, t.old from rows from (jsonb_to_recordset(${JSON.stringify(traces)}::jsonb) as (place text, key jsonb, was text, becomes text, old jsonb)) with ordinality as t (place, key, was, becomes, old, turn) order by t.turn`.execute(tx)
}
