import { createHash } from 'node:crypto'
import type { AreaCode, DatasetId, PersonId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import type { FormFault } from '../../domain/dataset/dataset.form.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import { isLater } from '../../domain/dataset/rules.ts'
import { mergeAddition } from '../../engine/form/addition.ts'
import type { Workbook } from '../../engine/form/workbook.ts'
import { namesOf } from '../access/read.ts'
import type { Writer } from '../db/db.ts'
import { note } from '../db/note.ts'
import { findLatest, type Latest } from './read.draft.ts'
import { prepareForm, type Prepared } from './read.prepare.ts'
import { listForms, type DatasetOf } from './read.ts'
import { keepFormFiles, listMissingFiles } from './write.files.ts'

export type Published = { version: string; faults: FormFault[] }
export type By = { name: string; person: PersonId | null }
type Of = { id: DatasetId; area: AreaCode; by: By }

/** What is offered in a place: the form itself, or the nation's with the place's rows behind it. */
async function formOf(tx: Writer, { dataset, area: home }: DatasetOf, area: AreaCode, workbook: Workbook): Promise<Prepared> {
  if (area === home) return prepareForm(workbook, dataset.id)
  const base = await findLatest(tx, home, dataset.id)
  if (!base) throw datasetProblems.noForm({ id: dataset.id, version: '' })
  return prepareForm(mergeAddition(base.workbook, workbook, await placeOf(tx, area)), dataset.id)
}

/** A form in work with all that would be told when it is published, files that are missing too. */
export async function checkForm(tx: Writer, found: DatasetOf, area: AreaCode, workbook: Workbook): Promise<Prepared> {
  const prepared = await formOf(tx, found, area, workbook), before = (await findLatest(tx, area, found.dataset.id))?.version ?? null
  return { ...prepared, faults: [...prepared.faults, ...await listMissingFiles(tx, { id: found.dataset.id, area, before }, prepared.model?.files ?? [])] }
}

/** Publishes a version for a place and all below it. With a new base the places that add to it get theirs anew. */
export async function publishForm(tx: Writer, found: DatasetOf, area: AreaCode, workbook: Workbook, by: By): Promise<Published> {
  const of = { id: found.dataset.id, area, by }
  if (area !== found.area && !hasQuestions(workbook)) throw datasetProblems.emptyAddition({})
  const published = await keepForm(tx, of, workbook, await formOf(tx, found, area, workbook))
  await note(tx, { action: 'form.publish', area, target: `${of.id} ${published.version}` })
  if (area === found.area) published.faults.push(...await publishAdditions(tx, found, { version: published.version, workbook }, by))
  return published
}

const hasQuestions = ({ sheets }: Workbook) => sheets.some(sheet => sheet.name.toLowerCase() === 'survey' && sheet.rows.length > 0)

async function keepForm(tx: Writer, { id, area, by }: Of, workbook: Workbook, { faults, xform, model }: Prepared): Promise<Published> {
  if (xform === null || model === null) throw datasetProblems.formFaulty({ faults })
  if (model.formId !== id) throw datasetProblems.otherFormId({ id, found: model.formId })
  const last = await findLatest(tx, area, id)
  if (last && !isLater(model.version, last.version)) throw datasetProblems.versionNotRaised({ version: model.version, last: last.version })
  await tx.insertInto('core.form').values({
    area_code: area, dataset_id: id, version: model.version, workbook: JSON.stringify(workbook), xform, md5: createHash('md5').update(xform).digest('hex'),
    model: JSON.stringify(model), published_by: by.name, person_id: by.person, closed_at: null,
  }).execute()
  const missing = await keepFormFiles(tx, { id, area, version: model.version, before: last?.version ?? null }, model.files)
  return { version: model.version, faults: [...faults, ...missing] }
}

/** An addition that does not go with the new base stays as it is, behind the old one; its faults are told, with the place. One that was closed stays closed. */
async function publishAdditions(tx: Writer, { dataset, area: home }: DatasetOf, base: Latest, by: By): Promise<FormFault[]> {
  const latest = new Map((await listForms(tx, dataset.id)).reverse().map(form => [form.area, form]))
  const places = [...latest.values()].filter(form => form.area !== home && form.closedAt === null).map(form => form.area).sort()
  const faults: FormFault[] = []
  for (const area of places) {
    const addition = await findLatest(tx, area, dataset.id)
    if (!addition) continue
    const prepared = prepareForm(mergeAddition(base.workbook, addition.workbook, await placeOf(tx, area)), dataset.id)
    if (prepared.model) await keepForm(tx, { id: dataset.id, area, by }, addition.workbook, prepared)
    else faults.push(...prepared.faults.map(fault => ({ ...fault, severity: 'warning' as const, say: { th: `${area}: ${fault.say.th}`, en: `${area}: ${fault.say.en}` } })))
  }
  return faults
}

/** The group of a place's own questions bears its name. */
async function placeOf(tx: Writer, code: AreaCode): Promise<{ code: AreaCode; name: Text }> {
  return { code, name: (await namesOf(tx, [code])).get(code) ?? { th: code, en: code } }
}
