import { sql } from 'kysely'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Db, Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { SYSTEM, writeAs } from '../db/scope.ts'
import { stands } from '../record/read.answers.ts'
import { findIn, type FoundIn } from './write.find.ts'

type By = { id: string | null; name: string | null }
const TAMBON = 8
const LASTING = sql`select d.id from core.dataset d where (d.definition ->> 'lasting')::boolean`

/** Asks for a whole place to be searched; the job does it, tambon by tambon. */
export async function askSearch(tx: Writer, area: AreaCode, by: By): Promise<string> {
  await note(tx, { action: 'duplicate.search', area })
  const { rows: [search] } = await sql<{ id: string }>`
    insert into core.duplicate_search (area_code, asked_by, asked_by_name, total)
    select ${area}, ${by.id}::uuid, ${by.name}, count(distinct (left(r.area_code, 8), r.dataset_id)) from core.record r where ${within('r.area_code', [area])} and ${stands('r')} and r.dataset_id in (${LASTING}) returning id`.execute(tx)
  return (search as { id: string }).id
}

type Open = { area: AreaCode; id: string; last: string }
type Group = { dataset: DatasetId; group: AreaCode }

/** The next group of the oldest search that is not at its end; false: there is none, or another process has it. What cannot be compared is told and passed over. */
export async function searchOn(app: Db, tell: (message: string) => void): Promise<boolean> {
  let at: { open: Open; next: Group } | null = null
  try {
    return await writeAs(app, SYSTEM, async tx => {
      const { rows: [open] } = await sql<Open>`
        select s.area_code as area, s.id, s.last from core.duplicate_search s where ${within('s.area_code', [NATION])} and s.ended_at is null order by s.asked_at limit 1 for update skip locked`.execute(tx)
      const next = open ? await findNext(tx, open) : null
      if (open && next) { at = { open, next }; await keepFar(tx, open, next, await findIn(tx, next.dataset, next.group)) }
      else if (open) await sql`update core.duplicate_search set ended_at = now() where area_code = ${open.area} and id = ${open.id}`.execute(tx)
      return open !== undefined
    })
  } catch (error) {
    const failed = at as { open: Open; next: Group } | null
    if (!failed) throw error
    tell(`records of ${failed.next.dataset} in ${failed.next.group} could not be compared: ${(error as Error).message}`)
    return writeAs(app, SYSTEM, async tx => { await keepFar(tx, failed.open, failed.next, { records: 0, found: 0, crowded: 0 }); return true })
  }
}

async function keepFar(tx: Writer, { area, id }: Open, { dataset, group }: Group, { records, found, crowded }: FoundIn): Promise<void> {
  await sql`update core.duplicate_search set done = done + 1, last = ${`${dataset} ${group}`}, records = records + ${records}, found = found + ${found}, crowded = crowded + ${crowded} where area_code = ${area} and id = ${id}`.execute(tx)
}

/** The group after the last one, by one look into the index of each dataset: datasets in order, in each its tambons. */
async function findNext(tx: Writer, { area, last }: Open): Promise<Group | null> {
  const [dataset = '', group = ''] = last.split(' '), after = group.length >= TAMBON ? `${group}~` : `${group}!`
  const { rows: [next] } = await sql<{ dataset: DatasetId; code: AreaCode }>`
    select d.id as dataset, n.code from (${LASTING}) d cross join lateral (
      select r.area_code as code from core.record r where r.dataset_id = d.id and ${within('r.area_code', [area])} and ${stands('r')} and r.area_code >= case when d.id = ${dataset} then ${after} else '' end order by r.area_code limit 1) n
    where d.id collate "C" >= ${dataset} order by d.id collate "C" limit 1`.execute(tx)
  return next ? { dataset: next.dataset, group: next.code.slice(0, TAMBON) as AreaCode } : null
}

const AT_ONCE = 500

/** Compares what came or changed in a tambon since with what is there, and with one another; false: nothing waits. What cannot be compared is told, and tried again in an hour. */
export async function compareArrived(app: Db, tell: (message: string) => void): Promise<boolean> {
  let taken: { group: Group; ids: RecordId[] } | null = null
  try {
    return await writeAs(app, SYSTEM, async tx => {
      taken = await takeTurns(tx)
      if (taken) await findIn(tx, taken.group.dataset, taken.group.group, taken.ids)
      return taken !== null
    })
  } catch (error) {
    const failed = taken as { group: Group; ids: RecordId[] } | null
    if (!failed) throw error
    tell(`${failed.ids.length} records of ${failed.group.dataset} in ${failed.group.group} could not be compared: ${(error as Error).message}`)
    return writeAs(app, SYSTEM, async tx => { await sql`update core.duplicate_turn set not_before = now() + interval '1 hour' where ${within('area_code', [NATION])} and record_id = any(${failed.ids}::uuid[])`.execute(tx); return true })
  }
}

/** Records of one dataset in one tambon whose turn it is: each is compared once, however often it changed meanwhile. */
async function takeTurns(tx: Writer): Promise<{ group: Group; ids: RecordId[] } | null> {
  const { rows: [first] } = await sql<Group>`
    select w.dataset_id as dataset, left(w.area_code, 8) as "group" from core.duplicate_turn w where ${within('w.area_code', [NATION])} and w.not_before <= now() order by w.area_code, w.record_id limit 1 for update skip locked`.execute(tx)
  if (!first) return null
  const { rows } = await sql<{ id: RecordId }>`
    delete from core.duplicate_turn t where (t.area_code, t.record_id) in (
      select w.area_code, w.record_id from core.duplicate_turn w where ${within('w.area_code', [first.group])} and left(w.area_code, 8) = ${first.group} and w.dataset_id = ${first.dataset} and w.not_before <= now() order by 1, 2 limit ${AT_ONCE} for update skip locked) returning t.record_id as id`.execute(tx)
  return { group: first, ids: rows.map(({ id }) => id) }
}
