import { sql } from 'kysely'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Db, Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { SYSTEM, writeAs } from '../db/scope.ts'
import { stands } from '../record/read.answers.ts'
import { findIn } from './write.find.ts'

type By = { id: string | null; name: string | null }
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

/** The next group of the oldest search that is not at its end; false: there is none, or another process has it. */
export function searchOn(app: Db): Promise<boolean> {
  return writeAs(app, SYSTEM, async tx => {
    const { rows: [open] } = await sql<Open>`
      select s.area_code as area, s.id, s.last from core.duplicate_search s where ${within('s.area_code', [NATION])} and s.ended_at is null order by s.asked_at limit 1 for update skip locked`.execute(tx)
    if (!open) return false
    const next = await findNext(tx, open), { records, found, crowded } = next ? await findIn(tx, next.dataset, next.group) : { records: 0, found: 0, crowded: 0 }
    await sql`update core.duplicate_search set done = done + ${next ? 1 : 0}, last = ${next ? `${next.dataset} ${next.group}` : open.last}, records = records + ${records}, found = found + ${found}, crowded = crowded + ${crowded}, ended_at = ${next ? sql`null` : sql`now()`}
      where area_code = ${open.area} and id = ${open.id}`.execute(tx)
    return true
  })
}

/** The group after the last one, by one look into the index of each dataset: datasets in order, in each its tambons. */
async function findNext(tx: Writer, { area, last }: Open): Promise<{ dataset: DatasetId; group: AreaCode } | null> {
  const [dataset = '', group = ''] = last.split(' '), after = group.length >= TAMBON ? `${group}~` : `${group}!`
  const { rows: [next] } = await sql<{ dataset: DatasetId; code: AreaCode }>`
    select d.id as dataset, n.code from (${LASTING}) d cross join lateral (
      select r.area_code as code from core.record r where r.dataset_id = d.id and ${within('r.area_code', [area])} and ${stands('r')} and r.area_code >= case when d.id = ${dataset} then ${after} else '' end order by r.area_code limit 1) n
    where d.id collate "C" >= ${dataset} order by d.id collate "C" limit 1`.execute(tx)
  return next ? { dataset: next.dataset, group: next.code.slice(0, TAMBON) as AreaCode } : null
}

type Turn = { dataset: DatasetId; group: AreaCode; ids: RecordId[] }
const AT_ONCE = 500, TAMBON = 8

/** Compares what came or changed since with what is there, and with one another. Gives how many groups were looked at. */
export function compareArrived(app: Db): Promise<number> {
  return writeAs(app, SYSTEM, async tx => {
    const { rows } = await sql<Turn>`
      with taken as (delete from core.duplicate_turn t where ${within('t.area_code', [NATION])} and (t.area_code, t.record_id) in (
        select w.area_code, w.record_id from core.duplicate_turn w where ${within('w.area_code', [NATION])} order by 1, 2 limit ${AT_ONCE} for update skip locked) returning record_id)
      select r.dataset_id as dataset, left(r.area_code, 8) as "group", array_agg(r.id) as ids from taken join core.record r on r.id = taken.record_id and ${within('r.area_code', [NATION])} group by 1, 2 order by 2, 1`.execute(tx)
    for (const { dataset, group, ids } of rows) await findIn(tx, dataset, group, ids)
    return rows.length
  })
}
