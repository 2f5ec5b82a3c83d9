import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import type { Dataset, FormVersion } from '../../domain/dataset/dataset.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import type { TableField } from '../../domain/table/table.ts'
import type { FieldQuestion } from '../../engine/table/suggest.ts'
import { findDataset, findForm, formFor, listForms } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'

export type OfForm = { dataset: Dataset; form: FormVersion }

/** The form that is offered in the first of these places: what a table's columns go to. */
export async function getOffered(tx: Reader, id: DatasetId, [home]: readonly AreaCode[]): Promise<OfForm> {
  const found = await findDataset(tx, id), head = home && found ? formFor(await listForms(tx, id), home) : null
  const form = head && await findForm(tx, head.area, id, head.version)
  if (!found || !form) throw tableProblems.noForm({ dataset: id })
  return { dataset: found.dataset, form }
}

export async function getForm(tx: Reader, { dataset, formArea, version }: { dataset: DatasetId; formArea: AreaCode; version: string }): Promise<OfForm> {
  const found = await findDataset(tx, dataset), form = await findForm(tx, formArea, dataset, version)
  if (!found || !form) throw tableProblems.noForm({ dataset })
  return { dataset: found.dataset, form }
}

/** Questions that a cell can answer: of the record itself, without a file, a line on the map or the choice of a thing that is there already. */
export function questionsFor(model: FormModel): FieldQuestion[] {
  const cannot = ['file', 'trigger', 'trace', 'shape']
  return (keysOf(model)[0]?.questions ?? []).filter(({ asked, type, choicesFile, role }) => asked && !cannot.includes(type) && (choicesFile === null || role === 'place'))
}

export function fieldsOf(questions: readonly FieldQuestion[]): TableField[] {
  return questions.map(({ key, label, type, unit, role, term, choices, required }) => ({ key, label, type, unit, role, term, choices: choices ?? [], required: required !== null }))
}
