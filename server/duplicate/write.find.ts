import { sql } from 'kysely'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import { placeOfPair } from '../../domain/duplicate/rules.ts'
import { findTwins, type Twins } from '../../engine/match/find.ts'
import { findDataset } from '../dataset/read.ts'
import type { Writer } from '../db/db.ts'
import { within } from '../db/place.ts'
import { getShown } from '../record/read.shown.ts'
import { comparedOf, listAround, sensitivityOf, type Compared } from './read.things.ts'

export type FoundIn = { records: number; found: number; crowded: number }
const NOTHING: FoundIn = { records: 0, found: 0, crowded: 0 }

/**
 * Compares the records of a dataset in a tambon (or what lies at a place above one) with one another and with what is beside them, and keeps the
 * pairs. With `only`, those of these records. A pair that nobody judged and that is alike no more goes.
 */
export async function findIn(tx: Writer, dataset: DatasetId, group: AreaCode, only: readonly RecordId[] | null = null): Promise<FoundIn> {
  const found = await findDataset(tx, dataset)
  // of what is written down anew at each visit the second is no duplicate of the first
  if (!found?.dataset.lasting) return NOTHING
  const { unit, model } = await getShown(tx, dataset, [group]), compared = comparedOf(dataset, unit, model)
  const { own, all } = await listAround(tx, compared, group), asked = new Set(only ?? own.map(({ id }) => id))
  const { twins, crowded } = findTwins(unit, all, asked)
  await keepPairs(tx, compared, twins, new Map(all.map(({ id, area }) => [id, area as AreaCode])), [...asked])
  return { records: own.length, found: twins.length, crowded: crowded.length }
}

/** Judged pairs keep what was said of them; each lies where both its records are seen. */
async function keepPairs(tx: Writer, compared: Compared, twins: readonly Twins[], areas: ReadonlyMap<RecordId, AreaCode>, asked: readonly RecordId[]): Promise<void> {
  const rows = twins.map(({ one, other, score, reasons }) => ({
    area_code: placeOfPair(areas.get(one) as AreaCode, areas.get(other) as AreaCode), dataset_id: compared.id, one, other, score, reasons: reasons.map(reason => ({ ...reason, sensitivity: sensitivityOf(compared, reason.kind) })),
  }))
  const given = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as g (area_code text, dataset_id text, one uuid, other uuid, score float8, reasons jsonb)`
  await sql`delete from core.duplicate d where ${within('d.area_code', [NATION])} and d.said_at is null and (d.one = any(${asked}::uuid[]) or d.other = any(${asked}::uuid[]))
    and not exists (select from ${given} where g.one = d.one and g.other = d.other)`.execute(tx)
  if (rows.length === 0) return
  // a record that moved takes its pairs along
  await sql`update core.duplicate d set area_code = g.area_code from ${given} where ${within('d.area_code', [NATION])} and d.one = g.one and d.other = g.other and d.area_code <> g.area_code`.execute(tx)
  await sql`insert into core.duplicate (area_code, dataset_id, one, other, score, reasons) select g.area_code, g.dataset_id, g.one, g.other, g.score, g.reasons from ${given}
    on conflict (area_code, one, other) do update set score = excluded.score, reasons = excluded.reasons`.execute(tx)
}
