import { sql } from 'kysely'
import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { ancestorsOf } from '../../domain/area/rules.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { datasetProblems } from '../../domain/dataset/problems.ts'
import { keysOf, mergeLevels, type Level } from '../../domain/dataset/rules.ts'
import { findDataset, listForms } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import type { OfDataset } from './read.answers.ts'
import { listModels } from './read.arrived.ts'

/** A dataset as its records are shown: `model` is the newest form of its own place; `levels` are its questions and those that places add. */
export type Shown = OfDataset & { model: FormModel; levels: Level[] }
type Named = { formArea: AreaCode; datasetId: DatasetId; version: string }

/** With what is added in the places that are looked at. A form that was closed is still the one that its records are shown by. */
export async function getShown(tx: Reader, id: DatasetId, areas: readonly AreaCode[]): Promise<Shown> {
  return shownBy(tx, id, areas, [])
}

/** With everything that any record of these places was asked: what a file has columns for. */
export async function getWhole(tx: Reader, id: DatasetId, areas: readonly AreaCode[]): Promise<Shown> {
  const { rows } = await sql<Named>`
    select distinct form_area as "formArea", dataset_id as "datasetId", version from core.record where dataset_id = ${id} and ${within('area_code', areas)} order by 1, 3 desc`.execute(tx)
  return shownBy(tx, id, areas, rows)
}

async function shownBy(tx: Reader, id: DatasetId, areas: readonly AreaCode[], also: readonly Named[]): Promise<Shown> {
  const found = await findDataset(tx, id), newest = new Map((await listForms(tx, id)).reverse().map(form => [form.area, form.version]))
  const base = found && newest.get(found.area)
  if (!found || base === undefined) throw datasetProblems.notFound({ id })
  const adding = areas.flatMap(area => [area, ...ancestorsOf(area)].filter(place => newest.has(place)).slice(0, 1))
  const forms = [...[found.area, ...adding].map(formArea => ({ formArea, datasetId: id, version: newest.get(formArea) as string })), ...also]
  const known = await listModels(tx, forms), [model, ...others] = forms.flatMap(form => known.get(`${form.formArea} ${id} ${form.version}`) ?? []) as [FormModel, ...FormModel[]]
  return { id, unit: found.dataset.unit, model, levels: mergeLevels([model, ...new Set(others)].map(keysOf)) }
}
