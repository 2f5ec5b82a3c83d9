import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, RecordId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import type { privacyApi } from '../../domain/privacy/api.ts'
import type { EraseCause, Goes, Spot } from '../../domain/privacy/privacy.ts'
import { privacyProblems } from '../../domain/privacy/problems.ts'
import type { Seal } from '../base/seal.ts'
import { namesOf } from '../access/read.ts'
import { listDatasets } from '../dataset/read.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { withParts } from '../duplicate/write.whole.ts'
import { findKnown } from '../record/read.arrived.ts'
import { somebodyOf, type Somebody } from './write.meant.ts'
import { planPart, planWhole, type Found, type Plan } from './write.plan.ts'
import { listAttached, listKeptActs, listMerged, listVisits } from './read.visits.ts'
import { keepErased, keepWithout, redactImports } from './write.record.ts'

export type By = { viewer: Viewer; areas: readonly AreaCode[] }
/** `whole`: records of which all goes; of a record that is about one person that is so anyhow. */
export type Erasing = { spots: readonly Spot[]; whole: readonly RecordId[]; also: string; cause: EraseCause; request: string | null; reason: string }

const TAMBON = 8

/**
 * Takes a person out of everything that these places hold of them, in the one transaction of the request: what they answered, in every version
 * that arrived; their rows, numbers and photographs; what acts, flags and pairs kept of it. What was done to the records stays, without values,
 * with one act more that says why. With `preview` nothing is changed. There is no way back.
 */
export async function erase(tx: Writer, seal: Seal, by: By, erasing: Erasing, preview: boolean): Promise<ReplyOf<typeof privacyApi.erasePerson>> {
  const { plans, somebody, imports } = await makePlans(tx, seal, by, erasing)
  if (preview) return { erasure: null, goes: await tell(tx, plans) }
  if (somebody.calls(`${erasing.reason} ${erasing.request ?? ''}`)) throw privacyProblems.tellsName({})
  const id = randomUUID(), goes = await tell(tx, plans)
  for (const plan of plans) await keepPlan(tx, by, id, erasing, plan)
  await redactImports(tx, by.areas, imports, somebody)
  for (const [tambon, of] of Map.groupBy(plans, ({ held }) => held.area.slice(0, TAMBON) as AreaCode)) {
    await note(tx, { action: 'privacy.erase', area: tambon, target: of.length === 1 ? of[0]?.held.id ?? null : `${of.length} ${id}`, reason: [erasing.request, erasing.reason].filter(Boolean).join(': ') })
  }
  return { erasure: id, goes }
}

async function makePlans(tx: Writer, seal: Seal, { areas }: By, { spots, whole, also }: Erasing): Promise<{ plans: Plan[]; somebody: Somebody; imports: string[] }> {
  const chosen = new Set(spots.map(({ record }) => record)), ids = await listMerged(tx, areas, [...chosen])
  if (chosen.size === 0) throw privacyProblems.nothingChosen({})
  const held = await withParts(tx, await findKnown(tx, ids)), units = new Map((await listDatasets(tx, null)).map(({ dataset }) => [dataset.id, dataset.unit]))
  if ([...chosen].some(id => !held.has(id) || held.get(id)?.state === 'erased')) throw privacyProblems.notThere({})
  const somebody = somebodyOf(held, spots, also, seal), records = [...held.values()].filter(({ state }) => state !== 'erased')
  const [visits, attached, acts] = [await listVisits(tx, areas, ids), await listAttached(tx, areas, ids), await listKeptActs(tx, areas, ids)].map(list => Map.groupBy<RecordId, { record: RecordId }>(list, ({ record }) => record)) as unknown as [Map<RecordId, Found['visits']>, Map<RecordId, Found['attached']>, Map<RecordId, Found['acts']>]
  const plans = records.map(record => {
    const unit = units.get(record.dataset) ?? 'record', own = spots.filter(spot => spot.record === record.id), along = !chosen.has(record.id)
    const found: Found = { held: record, unit, along, chosen: own, visits: visits.get(record.id) ?? [], attached: attached.get(record.id) ?? [], acts: acts.get(record.id) ?? [] }
    // what was merged with it is the same thing
    const isWhole = whole.includes(record.id) || (unit === 'person' && own.some(({ repeat }) => repeat === null)) || (along && (unit === 'person' || records.some(({ id, mergedInto }) => whole.includes(id) && (mergedInto === record.id || record.mergedInto === id))))
    return isWhole ? planWhole(found) : planPart(somebody, found, seal)
  })
  return { plans, somebody, imports: [...new Set([...acts.values()].flat().flatMap(act => act.import ?? []))] }
}

async function tell(tx: Writer, plans: readonly Plan[]): Promise<Goes[]> {
  const names = await namesOf(tx, plans.map(({ held }) => held.area)), datasets = new Map((await listDatasets(tx, null)).map(({ dataset }) => [dataset.id, dataset.name]))
  return plans.map(({ held: { id, dataset, area }, whole, along, rowsGone, questions, visits, attached }) => ({
    record: id, dataset, datasetName: datasets.get(dataset) ?? { th: dataset, en: dataset }, area, areaName: names.get(area) ?? { th: area, en: area },
    whole, along, rows: rowsGone, questions, visits: visits.length, files: attached.length,
  }))
}

async function keepPlan(tx: Writer, { viewer: { person }, areas }: By, erasure: string, { cause, request, reason }: Erasing, plan: Plan): Promise<void> {
  const { held, whole, visits, attached, acts } = plan
  await sql`insert into raw.erasure (area_code, id, record_id, dataset_id, person_id, person_name, cause, request, reason, whole)
    values (${held.area}, ${erasure}::uuid, ${held.id}::uuid, ${held.dataset}, ${person.id}::uuid, ${person.name}, ${cause}, ${request}, ${reason}, ${whole})`.execute(tx)
  await sql`select raw.redact(${erasure}::uuid, ${held.id}::uuid, ${JSON.stringify(visits)}::jsonb, ${JSON.stringify(attached.map(({ instance, dataset, name }) => ({ instance, dataset, name })))}::jsonb, ${JSON.stringify(acts)}::jsonb)`.execute(tx)
  if (attached.length > 0) {
    await sql`insert into core.file_gone (sha256) select distinct * from unnest(${attached.map(({ sha256 }) => sha256)}::bytea[]) on conflict (sha256) do update set gone_at = clock_timestamp()`.execute(tx)
  }
  await sql`insert into raw.act (area_code, record_id, dataset_id, kind, at, person_id, person_name, reason)
    values (${held.area}, ${held.id}::uuid, ${held.dataset}, ${whole ? 'erase' : 'forget'}, clock_timestamp(), ${person.id}::uuid, ${person.name}, ${[request, reason].filter(Boolean).join(': ')})`.execute(tx)
  await (whole ? keepErased(tx, areas, plan) : keepWithout(tx, areas, plan))
}
