import { sql } from 'kysely'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { AreaCode, DatasetId, RecordId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import { accessProblems } from '../../domain/access/problems.ts'
import type { DatasetUnit, FormVersion } from '../../domain/dataset/dataset.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { recordApi } from '../../domain/record/api.ts'
import type { RecordEntry, RecordFault, RecordFile, RecordRow } from '../../domain/record/record.ts'
import { findDataset, findForm } from '../dataset/read.ts'
import type { Seal } from '../base/seal.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { answers, faultsFor, isCleared, isSeen, listWithheld, type Looking } from './read.answers.ts'
import { namesIn } from './read.file.ts'
import { listHistory } from './read.history.ts'
import { titleOf, toEntries } from './read.list.ts'

type Detail = ReplyOf<typeof recordApi.getRecord>

type Place = { area: AreaCode; id: RecordId; dataset: DatasetId; formArea: AreaCode; version: string; about: RecordId | null }
type Found = Place & { entry: RecordEntry; faults: RecordFault[]; rows: RecordRow[]; form: FormVersion; looking: Looking }

/** A record that may be seen; any other is answered as one that is not there. */
export async function getFound(tx: Reader, viewer: Viewer, areas: readonly AreaCode[], id: RecordId, purpose: string | null): Promise<Found> {
  const { rows: [place] } = await sql<Place>`
    select r.area_code as area, r.id, r.dataset_id as dataset, r.form_area as "formArea", r.version, r.about from core.record r where r.id = ${id} and ${within('r.area_code', areas)} limit 1`.execute(tx)
  if (!place) throw accessProblems.notThere({})
  const form = await findForm(tx, place.formArea, place.dataset, place.version), found = await findDataset(tx, place.dataset)
  if (!form || !found) throw accessProblems.notThere({})
  const looking: Looking = { viewer, areas: [place.area], purpose }
  const one = await findOne(tx, { id: place.dataset, unit: found.dataset.unit, model: form.model }, looking, id)
  if (!one) throw accessProblems.notThere({})
  return { ...place, ...one, rows: await listRows(tx, place, looking), form, looking }
}

type One = Omit<Parameters<typeof toEntries>[2][number], 'faults'> & { faults: RecordFault[] }

async function findOne(tx: Reader, shown: { id: DatasetId; unit: DatasetUnit; model: FormModel }, looking: Looking, id: RecordId): Promise<{ entry: RecordEntry; faults: RecordFault[] } | null> {
  const { rows: [row] } = await sql<One>`
    select r.id, r.area_code as area, r.state, r.day, r.made_at as "madeAt", r.changed_at as "changedAt", r.versions, ${faultsFor('r', looking)} as faults,
      r.made_by = ${looking.viewer.person.id} as own, ${answers('r', looking)} as values
    from core.record r where r.id = ${id} and ${isSeen('r', looking, shown.unit)}`.execute(tx)
  const [entry] = row ? await toEntries(tx, shown, [{ ...row, faults: row.faults.length }]) : []
  return row && entry ? { entry, faults: row.faults } : null
}

export async function getRecord(tx: Reader, found: Found, seal: Seal): Promise<Detail> {
  const { entry, form, looking } = found, cleared = new Set(shownKeys(form.model, found))
  const dataset = (await findDataset(tx, found.dataset))?.dataset
  return {
    record: entry, form, datasetName: dataset?.name ?? { th: found.dataset, en: found.dataset }, rows: found.rows,
    faults: found.faults, files: await listFiles(tx, found),
    withheld: entry.own ? [] : listWithheld(keysOf(form.model), looking), history: await listHistory(tx, found, cleared, seal), about: await findAbout(tx, found),
  }
}

/** The keys whose answers whoever asks may see; of what they wrote down themselves, all. */
function shownKeys(model: FormModel, { entry, looking }: Found): string[] {
  const withheld = new Set(entry.own ? [] : listWithheld(keysOf(model), looking).flatMap(({ fields }) => fields))
  return keysOf(model).flatMap(level => level.questions.map(question => question.key)).filter(key => !withheld.has(key))
}

async function listRows(tx: Reader, { area, id }: Place, looking: Looking): Promise<RecordRow[]> {
  const { rows } = await sql<RecordRow>`
    select w.repeat, w.position, w.parent, ${answers('w', looking)} as values from core.record_row w
    where ${within('w.area_code', looking.areas)} and w.area_code = ${area} and w.record_id = ${id} order by w.repeat, w.position`.execute(tx)
  return rows
}

/** Whether a file is for whoever looks: an answer that they may see names it. One that none names any more is kept as closely as anything. */
export function maySeeFile({ form, entry, rows, looking }: Found, name: string): boolean {
  return entry.own || namesIn(form.model, entry.values, rows).has(name) || isCleared(looking, 'sensitive')
}

/** Files of all its submissions, arrived or not. */
async function listFiles(tx: Reader, found: Found): Promise<RecordFile[]> {
  const { area, id, form, entry } = found
  const { rows } = await sql<{ name: string; bytes: number | null; mediaType: string | null }>`
    select distinct on (named.name) named.name, a.bytes, a.media_type as "mediaType" from raw.act act
    left join raw.submission s on s.instance_id = act.instance_id and s.dataset_id = act.dataset_id
    -- an act that brought files of another record has them beside it, and no submission
    cross join unnest(coalesce(s.files, array(select b.name from raw.attachment b where b.instance_id = act.instance_id and b.dataset_id = act.dataset_id))) named (name)
    left join raw.attachment a on a.instance_id = act.instance_id and a.dataset_id = act.dataset_id and a.name = named.name
    where act.area_code = ${area} and act.record_id = ${id} order by named.name, a.bytes nulls last`.execute(tx)
  const names = namesIn(form.model, entry.values, found.rows)
  return rows.filter(row => maySeeFile(found, row.name)).map(row => ({ ...row, key: names.get(row.name) ?? null, present: row.bytes !== null }))
}

async function findAbout(tx: Reader, { about, looking, area }: Found): Promise<Detail['about']> {
  if (about === null) return null
  const thing = await getFound(tx, looking.viewer, [area], about, looking.purpose).catch(() => null)
  return thing ? { id: about, title: titleOf(thing.form.model, thing.entry.values) } : null
}
