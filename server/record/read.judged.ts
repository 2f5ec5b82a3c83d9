import { NATION } from '../../domain/area/rules.ts'
import type { RecordRow } from '../../domain/record/record.ts'
import type { Reader } from '../db/db.ts'
import { listAllRows, makeJudge } from './read.checks.ts'
import type { Known } from './read.arrived.ts'

type ToJudge = Known & { rows: ReadonlyMap<string, readonly RecordRow[]> }

/** Records as they will stand, judged by the checks of their dataset: what does not hold is among their faults. */
export async function judgeStanding(tx: Reader, records: readonly ToJudge[]): Promise<void> {
  const judge = await makeJudge(tx, records.map(({ area }) => area), records.map(({ dataset }) => dataset)), older = await listOlderRows(tx, records)
  for (const record of records) {
    const before = (older.get(record.id) ?? []).filter(({ repeat }) => !record.rows.has(repeat))
    const { faults, asked, answered } = judge({ ...record, rows: [...[...record.rows.values()].flat(), ...before] })
    Object.assign(record, { faults: [...record.faults.filter(({ check }) => check === undefined), ...faults], asked, answered })
  }
}

/** Of repeats that this visit did not ask for, the rows that are there. */
function listOlderRows(tx: Reader, records: readonly ToJudge[]): ReturnType<typeof listAllRows> {
  const again = records.filter(({ was, model, rows }) => was !== null && model.repeats.some(({ path }) => !rows.has(path)))
  return listAllRows(tx, [NATION], again.map(({ id }) => id))
}
