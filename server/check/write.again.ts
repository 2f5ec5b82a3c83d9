import { sql } from 'kysely'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { RecordFault } from '../../domain/record/record.ts'
import type { Db, Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { SYSTEM, writeAs } from '../db/scope.ts'
import { listModels, type Known } from '../record/read.arrived.ts'
import { listAllRows, makeJudge, type Judgeable } from '../record/read.checks.ts'
import { JUDGED } from './read.trial.ts'

const JUDGING = 7254420
type Found = Omit<Known, 'model'> & { datasetId: DatasetId; asked: number | null; answered: number | null }

/** Judges the next records of a dataset whose checks were published anew; gives how many, 0 where nothing waits. A server that is killed leaves the rest to the next one. */
export function judgeAgain(app: Db, most: number): Promise<number> {
  return writeAs(app, SYSTEM, async tx => {
    const { rows: [lock] } = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${JUDGING}) as mine`.execute(tx)
    const { rows: [work] } = await sql<{ dataset: DatasetId; again: string }>`select dataset_id as dataset, again from core.check_work where again is not null order by dataset_id limit 1`.execute(tx)
    if (!lock?.mine || !work) return 0
    const next = await nextOf(tx, work.dataset, work.again, most), last = next.at(-1)
    if (last) await judgeThese(tx, work.dataset, next.map(({ id }) => id))
    const again = last && next.length === most ? `${last.area} ${last.id}` : null
    // one that published meanwhile begins anew
    await sql`update core.check_work set again = ${again}, counted_at = case when ${again}::text is null then '-infinity' else counted_at end where dataset_id = ${work.dataset} and again = ${work.again}`.execute(tx)
    return next.length || 1
  })
}

async function nextOf(tx: Writer, dataset: DatasetId, after: string, most: number): Promise<{ area: AreaCode; id: RecordId }[]> {
  const [area, id] = after.split(' ')
  const { rows } = await sql<{ area: AreaCode; id: RecordId }>`
    select r.area_code as area, r.id from core.record r where r.dataset_id = ${dataset} and ${within('r.area_code', [NATION])} and (${!id} or (r.area_code, r.id) > (${area}, ${id ?? null}::uuid))
    order by r.area_code, r.id limit ${most}`.execute(tx)
  return rows
}

/** Held in the order of their ids, as those that arrive are held, so that nobody waits in a circle. */
async function judgeThese(tx: Writer, dataset: DatasetId, ids: readonly RecordId[]): Promise<void> {
  const { rows } = await sql<Found>`select ${JUDGED} from core.record r where r.id = any(${ids}::uuid[]) and ${within('r.area_code', [NATION])} order by r.id for update`.execute(tx)
  const judge = await makeJudge(tx, rows.map(({ area }) => area), [dataset]), models = await listModels(tx, rows), rowsOf = await listAllRows(tx, [NATION], rows.map(({ id }) => id))
  const changed = rows.flatMap(record => {
    const model = models.get(`${record.formArea} ${dataset} ${record.version}`)
    return model ? anew(record, judge({ ...record, model, rows: rowsOf.get(record.id) ?? [] } satisfies Judgeable)) : []
  })
  await sql`update core.record r set faults = c.faults, asked = c.asked, answered = c.answered
    from jsonb_to_recordset(${JSON.stringify(changed)}::jsonb) c (area text, id uuid, faults jsonb, asked int, answered int) where ${within('r.area_code', [NATION])} and r.area_code = c.area and r.id = c.id`.execute(tx)
}

type Anew = { area: AreaCode; id: RecordId; faults: RecordFault[]; asked: number; answered: number }

/** Only what changed is written: most records pass as before. */
function anew(record: Found, { faults, asked, answered }: Omit<Anew, 'area' | 'id'>): Anew[] {
  const all = [...record.faults.filter(({ check }) => check === undefined), ...faults]
  const isSame = asked === record.asked && answered === record.answered && all.length === record.faults.length && all.every((fault, i) => fault.check === record.faults[i]?.check && fault.row === record.faults[i]?.row && fault.say.th === record.faults[i]?.say.th && fault.severity === record.faults[i]?.severity)
  return isSame ? [] : [{ area: record.area, id: record.id, faults: all, asked, answered }]
}
