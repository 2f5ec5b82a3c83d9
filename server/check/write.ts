import { sql } from 'kysely'
import type { BodyOf, ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { checkApi } from '../../domain/check/api.ts'
import type { Check, FlagLimits } from '../../domain/dataset/dataset.check.ts'
import { checkProblems } from '../../domain/dataset/problems.check.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import { compileChecks } from '../../engine/form/check.record.ts'
import { findForm, formFor, listForms } from '../dataset/read.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { within } from '../db/place.ts'
import { getFound } from '../record/read.ts'
import { listAbove } from './read.ts'

type Set = { area: AreaCode; dataset: DatasetId; checks: readonly Check[]; limits: FlagLimits }

/** Publishes the checks of a place anew, and has all records of the dataset judged again. @throws `check/…` where one cannot be answered by the form */
export async function publishChecks(tx: Writer, viewer: Viewer, id: DatasetId, { area, seen, checks, limits }: BodyOf<typeof checkApi.publishChecks>): Promise<{ version: number }> {
  await sql`select pg_advisory_xact_lock(hashtext(${`checks ${area} ${id}`}))`.execute(tx)
  const last = await tx.selectFrom('core.check_set').where('area_code', '=', area).where('dataset_id', '=', id).orderBy('version', 'desc').select(['version', 'published_by']).executeTakeFirst()
  if ((last?.version ?? 0) !== seen) throw checkProblems.changed({ by: last?.published_by ?? '' })
  await mustBeGood(tx, id, area, checks)
  const version = await keepChecks(tx, { area, dataset: id, checks, limits }, { name: viewer.person.name, person: viewer.person.id })
  await note(tx, { action: 'check.publish', area, target: `${id} ${version}` })
  return { version }
}

/** Every check has a name of its own, here and above, and its form can answer it. */
export async function mustBeGood(tx: Writer, id: DatasetId, area: AreaCode, checks: readonly Check[]): Promise<void> {
  const above = (await listAbove(tx, id, area)).flatMap(set => set.checks.map(check => check.id)), all = [...above, ...checks.map(check => check.id)]
  const twice = all.find((name, i) => all.indexOf(name) < i)
  if (twice !== undefined) throw checkProblems.twice({ id: twice })
  const form = formFor(await listForms(tx, id), area), found = form && await findForm(tx, form.area, id, form.version)
  if (!found) throw datasetProblems.noForm({ id, version: '' })
  const [refused] = compileChecks(found.model, checks).refused
  if (refused) throw refused.problem
}

export async function keepChecks(tx: Writer, { area, dataset, checks, limits }: Set, by: { name: string; person: Viewer['person']['id'] | null }): Promise<number> {
  const { rows: [kept] } = await sql<{ version: number }>`
    insert into core.check_set (area_code, dataset_id, version, checks, limits, published_by, person_id)
    select ${area}, ${dataset}, coalesce(max(version), 0) + 1, ${JSON.stringify(checks)}::jsonb, ${JSON.stringify(limits)}::jsonb, ${by.name}, ${by.person}::uuid from core.check_set where area_code = ${area} and dataset_id = ${dataset}
    returning version`.execute(tx)
  await sql`insert into core.check_work (dataset_id, again) values (${dataset}, '') on conflict (dataset_id) do update set again = ''`.execute(tx)
  return kept?.version ?? 0
}

/** Says that a flag was looked at and is right, or opens it again; it stays with the record. */
export async function setAside(tx: Writer, viewer: Viewer, areas: readonly AreaCode[], id: RecordId, { kind, key, why, aside }: BodyOf<typeof checkApi.setAside>): Promise<ReplyOf<typeof checkApi.setAside>> {
  const { area } = await getFound(tx, viewer, areas, id, null)
  const { rows } = await sql`
    update core.flag f set aside_at = case when ${aside} then now() end, aside_by = case when ${aside} then ${viewer.person.id}::uuid end, aside_name = case when ${aside} then ${viewer.person.name} end, aside_why = case when ${aside} then ${why} end
    where ${within('f.area_code', areas)} and f.area_code = ${area} and f.record_id = ${id} and f.kind = ${kind} and f.key = ${key} returning f.dataset_id`.execute(tx)
  if (rows.length === 0) throw accessProblems.notThere({})
  await sql`update core.check_work set counted_at = '-infinity' where dataset_id = (select dataset_id from core.record r where r.area_code = ${area} and r.id = ${id})`.execute(tx)
  await note(tx, { action: aside ? 'flag.aside' : 'flag.open', area, target: `${id} ${kind} ${key}`.trim(), reason: why || null })
  return { id }
}
