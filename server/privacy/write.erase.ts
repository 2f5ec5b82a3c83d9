import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import type { privacyApi } from '../../domain/privacy/api.ts'
import type { EraseCause, Goes, ListedErasure, Spot } from '../../domain/privacy/privacy.ts'
import { privacyProblems } from '../../domain/privacy/problems.ts'
import { textOf } from '../../domain/privacy/rules.ts'
import type { Seal } from '../base/seal.ts'
import { namesOf } from '../access/read.ts'
import { listDatasets } from '../dataset/read.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { withParts } from '../duplicate/write.whole.ts'
import { findKnown } from '../record/read.arrived.ts'
import { hashOfName, type ErasureList } from './write.list.ts'
import { somebodyOf, type Somebody } from './write.meant.ts'
import { planPart, planWhole, type Found, type Plan } from './write.plan.ts'
import { listAbout, listAttached, listKeptActs, listMerged, listVisits } from './read.visits.ts'
import { keepErased, keepWithout, redactImports } from './write.record.ts'

export type By = { viewer: Viewer; areas: readonly AreaCode[] }
export type EraseParts = { seal: Seal; list: ErasureList }
/** `id`: of one that was done before and is done again. `whole`: records of which all goes; of a record that is about one person that is so anyhow. */
export type Erasing = { id?: string; spots: readonly Spot[]; whole: readonly RecordId[]; also: string; cause: EraseCause; request: string | null; reason: string }

const TAMBON = 8

/**
 * Takes a person out of everything that these places hold of them, in the one transaction of the request: what they answered, in every version
 * that arrived; their rows, numbers and photographs; what acts, flags and pairs kept of it. What was done to the records stays, without values,
 * with one act more that says why. With `preview` nothing is changed. There is no way back.
 */
export async function erase(tx: Writer, { seal, list }: EraseParts, by: By, erasing: Erasing, preview: boolean): Promise<ReplyOf<typeof privacyApi.erasePerson>> {
  const { plans, somebody, imports } = await makePlans(tx, seal, by, erasing)
  if (preview) return { erasure: null, goes: await tell(tx, plans) }
  if (somebody.calls(`${erasing.reason} ${erasing.request ?? ''}`)) throw privacyProblems.tellsName({})
  const id = erasing.id ?? randomUUID(), goes = await tell(tx, plans)
  for (const plan of plans) await keepPlan(tx, by, id, erasing, plan)
  await redactImports(tx, by.areas, imports, somebody)
  for (const [tambon, of] of Map.groupBy(plans, ({ held }) => held.area.slice(0, TAMBON) as AreaCode)) {
    await note(tx, { action: 'privacy.erase', area: tambon, target: of.length === 1 ? of[0]?.held.id ?? null : `${of.length} ${id}`, reason: [erasing.request, erasing.reason].filter(Boolean).join(': ') })
  }
  await list.add(listed(id, by, erasing, plans, somebody, seal))
  return { erasure: id, goes }
}

/** What is needed to do it again, without the person. */
function listed(id: string, { viewer: { person } }: By, { spots, also, cause, request, reason }: Erasing, plans: readonly Plan[], { names, hashes }: Somebody, seal: Seal): ListedErasure {
  return {
    id, at: new Date().toISOString(), by: { id: person.id, name: person.name }, cause, request, reason, words: also !== '',
    records: plans.map(({ held, whole }) => ({ record: held.id, whole })), spots: spots.map(textOf), names: [...new Set(names.map(name => hashOfName(seal, name)))], numbers: [...hashes].filter(hash => !hash.startsWith('\\x')),
  }
}

type Planned = { plans: Plan[]; somebody: Somebody; imports: string[] }

async function makePlans(tx: Writer, seal: Seal, { areas }: By, { spots, whole, also }: Erasing): Promise<Planned> {
  const chosen = new Set(spots.map(({ record }) => record)), units = new Map((await listDatasets(tx, null)).map(({ dataset }) => [dataset.id, dataset.unit]))
  if (chosen.size === 0) throw privacyProblems.nothingChosen({})
  const same = await listMerged(tx, areas, [...chosen]), held = await withParts(tx, await findKnown(tx, same))
  if ([...chosen].some(id => (held.get(id)?.state ?? 'erased') === 'erased')) throw privacyProblems.notThere({})
  const somebody = somebodyOf(held, spots, also, seal), isPerson = (id: RecordId) => units.get(held.get(id)?.dataset as DatasetId) === 'person'
  const wholly = new Set([...chosen].filter(id => whole.includes(id) || (isPerson(id) && spots.some(({ record, repeat }) => record === id && repeat === null))))
  // what was merged with it is the same thing, and what is about it is about nothing else
  const joined = [...held.values()].flatMap(({ id, mergedInto }) => mergedInto && (wholly.has(mergedInto) || wholly.has(id)) ? [id, mergedInto] : []).filter(id => held.has(id) && !chosen.has(id))
  for (const id of joined) wholly.add(id)
  const about = await listAbout(tx, areas, [...wholly]), beside = await withParts(tx, await findKnown(tx, about.filter(id => !held.has(id))))
  for (const id of beside.keys()) wholly.add(id)
  const records = [...held.values(), ...beside.values()].filter(({ state }) => state !== 'erased'), ids = records.map(({ id }) => id)
  const visits = await listVisits(tx, areas, ids), attached = await listAttached(tx, areas, ids), acts = await listKeptActs(tx, areas, ids), of = <T extends { record: RecordId }>(list: readonly T[], id: RecordId) => list.filter(({ record }) => record === id)
  const plans = records.map(record => {
    const found: Found = { held: record, unit: units.get(record.dataset) ?? 'record', along: !chosen.has(record.id), chosen: of(spots, record.id), visits: of(visits, record.id), attached: of(attached, record.id), acts: of(acts, record.id) }
    return wholly.has(record.id) ? planWhole(found) : planPart(somebody, found, seal)
  })
  return { plans, somebody, imports: [...new Set(acts.flatMap(act => act.import ?? []))] }
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
