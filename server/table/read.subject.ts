import type { AreaCode, DatasetId, SourceId } from '../../domain/base/ids.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { Indicator, Source } from '../../domain/indicator/indicator.ts'
import type { TableUnit } from '../../domain/table/can.ts'
import { tableProblems } from '../../domain/table/problems.ts'
import { sourceOf, takesTables } from '../../domain/table/rules.figures.ts'
import type { TableColumn, TableField, TableMapping, TableSubject } from '../../domain/table/table.ts'
import { figureFields, yearQuestion } from '../../engine/table/figure-fields.ts'
import { suggestFigures } from '../../engine/table/suggest.figures.ts'
import type { IsProvince } from '../../engine/table/suggest.places.ts'
import { suggestMapping, type FieldQuestion } from '../../engine/table/suggest.ts'
import { findDataset } from '../dataset/read.ts'
import type { Reader } from '../db/db.ts'
import { fieldsOf, getForm, getOffered, questionsFor, type OfForm } from './read.form.ts'
import type { KeptTable } from './read.ts'

/** What a table's columns can go to, and by which form; figures have none. */
export type Subject = { unit: TableUnit; formArea: AreaCode; version: string; questions: FieldQuestion[]; fields: TableField[]; suggest: (columns: readonly TableColumn[], isProvince: IsProvince) => TableMapping }

/** As it is offered in the first of these places to whoever begins. */
export async function getOfferedSubject(tx: Reader, subject: TableSubject, areas: readonly AreaCode[]): Promise<Subject> {
  return await findFiguresSubject(tx, subject) ?? ofForm(await getOffered(tx, subject as DatasetId, areas))
}

export async function getSubject(tx: Reader, kept: Pick<KeptTable, 'dataset' | 'formArea' | 'version'>): Promise<Subject> {
  return await findFiguresSubject(tx, kept.dataset) ?? ofForm(await getForm(tx, { ...kept, dataset: kept.dataset as DatasetId }))
}

/** Whose rows they are, and so who may bring them in; of a dataset that is gone the strictest. */
export async function unitOf(tx: Reader, subject: TableSubject, without: TableUnit = 'person'): Promise<TableUnit> {
  return sourceOf(subject) !== null ? 'figures' : (await findDataset(tx, subject as DatasetId))?.dataset.unit ?? without
}

function ofForm({ dataset: { unit }, form: { model, area, version } }: OfForm): Subject {
  const questions = questionsFor(model)
  return { unit, formArea: area, version, questions, fields: fieldsOf(questions), suggest: (columns, isProvince) => suggestMapping(columns, questions, isProvince).mapping }
}

async function findFiguresSubject(tx: Reader, subject: TableSubject): Promise<Subject | null> {
  const id = sourceOf(subject)
  if (id === null) return null
  const { indicators } = await getSource(tx, id), questions = [yearQuestion, ...figureFields(indicators).map(({ question }) => question)]
  return { unit: 'figures', formArea: NATION, version: '', questions, fields: fieldsOf(questions), suggest: (columns, isProvince) => suggestFigures(columns, questions, isProvince) }
}

export type SourceSheet = { source: Source; /** That it has numbers of, in every version. */ indicators: Indicator[] }

export async function getSource(tx: Reader, id: SourceId): Promise<SourceSheet> {
  const held = await tx.selectFrom('open.source').select('definition').where('id', '=', id).executeTakeFirst()
  if (!held || !takesTables(held.definition)) throw tableProblems.noSource({ source: id })
  const rows = await tx.selectFrom('open.indicator as i').select('i.definition').orderBy('i.position')
    .where(({ exists, selectFrom }) => exists(selectFrom('open.series as s').select('s.source_id').whereRef('s.indicator_id', '=', 'i.id').whereRef('s.version', '=', 'i.version').where('s.source_id', '=', id))).execute()
  return { source: held.definition, indicators: rows.map(({ definition }) => definition) }
}
