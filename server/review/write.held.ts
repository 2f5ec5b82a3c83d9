import { sql } from 'kysely'
import type { AreaCode, RecordId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import { ladderOf } from '../../domain/record/rules.public.ts'
import { stateAfter } from '../../domain/record/rules.state.ts'
import { canAct } from '../../domain/review/can.ts'
import { reviewProblems } from '../../domain/review/problems.ts'
import { findDataset } from '../dataset/read.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { getFound } from '../record/read.ts'
import { HELD } from '../record/write.map.ts'
import { listHeld, STAND, type Stand } from './read.ts'

type Settled = { instance: string; act: 'take' | 'leave'; reason?: string | undefined; seen: number }

/** Takes in what was sent while the record was locked: it is read once more, the way of any visit. Or says that it changes nothing. */
export async function settleHeld(tx: Writer, viewer: Viewer, areas: readonly AreaCode[], id: RecordId, { instance, act, reason, seen }: Settled): Promise<{ id: RecordId }> {
  const { area, dataset } = await getFound(tx, viewer, areas, id, null), ladder = ladderOf((await findDataset(tx, dataset))?.dataset ?? {})
  const { rows: [record] } = await sql<Stand>`select ${STAND} from core.record r where ${within('r.area_code', [area])} and r.area_code = ${area} and r.id = ${id} for update`.execute(tx)
  if (!record) throw accessProblems.notThere({})
  if (!canAct(viewer, 'reject', record, ladder)) throw reviewProblems.notYours({})
  if (record.state === 'locked') throw reviewProblems.locked({})
  if (record.acts !== seen) throw reviewProblems.changed({})
  const held = await listHeld(tx, area, id)
  if (!held.some(visit => visit.instance === instance)) throw reviewProblems.noHeld({})
  await sql`insert into raw.act (area_code, record_id, dataset_id, kind, at, person_id, person_name, reason, change)
    values (${area}, ${id}, ${dataset}, ${act}, clock_timestamp(), ${viewer.person.id}::uuid, ${viewer.person.name}, ${reason || null}, ${JSON.stringify({ held: instance })}::jsonb)`.execute(tx)
  await sql`update core.record r set acts = r.acts + 1, acted_at = clock_timestamp(), state = ${stateAfter(record.state, act)} where ${within('r.area_code', [area])} and r.area_code = ${area} and r.id = ${id}`.execute(tx)
  if (act === 'take') await sql`insert into raw.waiting (area_code, instance_id, dataset_id) values (${area}, ${instance}, ${dataset}) on conflict (instance_id, dataset_id) do nothing`.execute(tx)
  else if (held.length === 1) await settleFault(tx, area, id)
  await note(tx, { action: `record.${act}`, area, target: id })
  return { id }
}

/** That something was held is no news any more. */
async function settleFault(tx: Writer, area: AreaCode, id: RecordId): Promise<void> {
  await sql`update core.record r set faults = (select coalesce(jsonb_agg(f.fault order by f.turn), '[]') from jsonb_array_elements(r.faults) with ordinality f (fault, turn) where f.fault #>> '{say,en}' <> ${HELD.en})
    where ${within('r.area_code', [area])} and r.area_code = ${area} and r.id = ${id}`.execute(tx)
}
