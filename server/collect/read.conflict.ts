import { sql } from 'kysely'
import type { AreaCode, DatasetId, PersonId } from '../../domain/base/ids.ts'
import type { Viewer } from '../../domain/access/access.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { Conflict } from '../../domain/collect/collect.ts'
import { differingFields } from '../../domain/collect/rules.ts'
import type { Answer, Answers } from '../../domain/record/record.ts'
import { readAnswers } from '../../engine/form/answers.ts'
import type { Seal } from '../base/seal.ts'
import type { Reader } from '../db/db.ts'
import { listWithheld } from '../record/read.answers.ts'
import { listModels } from '../record/read.arrived.ts'
import { answersOf, ROW_ANSWERS } from '../record/read.history.ts'
import type { FoundSent } from './read.sent.ts'

/** A submission, or the row of a table that said it. */
type Version = { instanceId: string; person: PersonId; isEdit: boolean; model: FormModel; xml: string | null; row: Answers | null }

/**
 * What others said of a thing between the version that this submission began from and the submission itself, field by field, where they
 * said otherwise. Null when nobody did, or it changed nothing that was there.
 */
export async function findConflict(tx: Reader, viewer: Viewer, { dataset, instanceId, record }: FoundSent, seal: Seal): Promise<Conflict[] | null> {
  if (record === null) return null
  const versions = await listVersions(tx, dataset, record), at = versions.findIndex(version => version.instanceId === instanceId)
  const mine = versions[at], began = mine?.xml && readAnswers(mine.model, mine.xml).entity?.baseVersion
  // the first version is number 1: it stands at 0 of the list
  if (!mine || mine.isEdit || typeof began !== 'number') return null
  // two visits of one's own, sent one after the other, are none
  if (versions.slice(began, at).every(({ person }) => person === mine.person)) return null
  const withheld = record.own ? [] : listWithheld(keysOf(mine.model), { viewer, areas: [record.area], purpose: null }), hidden = new Set(withheld.flatMap(({ fields }) => fields))
  const said = ({ model, xml, row }: Version) => xml === null ? row ?? {} : { ...answersOf(model, xml, seal), ...rowsOf(model, xml, hidden) }, states = foldAnswers(versions.slice(0, at), said)
  const fields = (keysOf(mine.model)[0]?.questions ?? []).filter(({ key, asked }) => asked && !hidden.has(key)), repeats = mine.model.repeats.map(({ path, label }) => ({ key: path, label }))
  return differingFields([...fields, ...repeats], { base: states[began - 1] ?? {}, theirs: states.at(-1) ?? {}, mine: said(mine) })
}

/** What a record was made of, in the order of its acts; a visit that was held changed nothing. */
async function listVersions(tx: Reader, dataset: DatasetId, { id, area }: NonNullable<FoundSent['record']>): Promise<Version[]> {
  const { rows } = await sql<{ instanceId: string; person: PersonId; isEdit: boolean; formArea: AreaCode; version: string; xml: string | null; row: Answers | null }>`
    select a.instance_id as "instanceId", a.person_id as person, s.deprecated_id is not null as "isEdit", coalesce(s.form_area, a.form_area) as "formArea", coalesce(s.version, a.version) as version, s.xml, ${ROW_ANSWERS} as row
    from raw.act a left join raw.submission s on s.instance_id = a.instance_id and s.dataset_id = a.dataset_id
    where a.area_code = ${area} and a.record_id = ${id} and a.kind in ('make', 'update') and (s.xml is not null or a.answers is not null) order by a.id`.execute(tx)
  const models = await listModels(tx, rows.map(({ formArea, version }) => ({ formArea, datasetId: dataset, version })))
  return rows.flatMap(({ formArea, version, ...row }) => {
    const model = models.get(`${formArea} ${dataset} ${version}`)
    return model ? [{ ...row, model }] : []
  })
}

/** How the record stood after each: what a visit leaves out stays, an edit stands for itself. */
function foldAnswers(versions: readonly Version[], said: (version: Version) => Answers): Answers[] {
  const states: Answers[] = []
  for (const version of versions) states.push({ ...!version.isEdit && states.at(-1), ...said(version) })
  return states
}

/** The rows of each repeat that was answered, each row as a line of its answers that may be seen: as a whole they take the place of those before. Citizens' numbers stay out. */
function rowsOf(model: FormModel, xml: string, hidden: ReadonlySet<string>): Answers {
  const { rows } = readAnswers(model, xml)
  return Object.fromEntries(keysOf(model).flatMap(({ repeat, questions }) => {
    const shown = questions.filter(({ key, asked, role }) => asked && role !== 'national-id' && !hidden.has(key)), own = rows.filter(row => row.repeat === repeat)
    return repeat === null || own.length === 0 ? [] : [[repeat, own.map(({ values }) => shown.flatMap(({ path }) => textOf(values[path])).join(' · '))]]
  }))
}

function textOf(answer: Answer | null | undefined): string[] {
  if (answer === null || answer === undefined) return []
  if (Array.isArray(answer)) return [answer.join(' ')]
  if (typeof answer !== 'object') return [String(answer)]
  return 'lat' in answer ? [`${answer.lat} ${answer.lon}`] : []
}
