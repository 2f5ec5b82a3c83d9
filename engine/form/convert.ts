import type { FormFault } from '../../domain/dataset/dataset.form.ts'
import { readChoices } from './choices.ts'
import { SURVEY_COLUMNS } from './convert.aliases.ts'
import { checkForm, checkInstances } from './convert.checks.ts'
import { languagesOf, rowsOf, type FormRow } from './convert.columns.ts'
import { makeFormFaults, type FormFaults } from './convert.faults.ts'
import type { Form } from './convert.form.ts'
import { readSettings } from './convert.settings.ts'
import { sheetsOf, type FormSheets } from './convert.sheets.ts'
import { readEntity } from './entities.ts'
import { makeResolver } from './reference.ts'
import { buildTree } from './tree.build.ts'
import { addMeta } from './tree.meta.ts'
import type { Workbook } from './workbook.ts'
import { writeXform } from './xform-writer.ts'
import { filesOf } from './xform-writer.files.ts'

/** `xform`: null where something is wrong. `files`: what the form wants beside it. */
export type Conversion = { xform: string | null; faults: FormFault[]; formId: string; version: string; files: string[] }

/** Makes the XForm of an XLSForm, or tells all that is wrong with it. `name`: of its file, whose name a form without an id takes. */
export function convertForm(workbook: Workbook, given: { name: string }): Conversion {
  const faults = makeFormFaults()
  const form = readForm(workbook, given, faults), { formId, version } = form.settings
  const written = writeXform(form)
  checkInstances(form)
  const xform = faults.errors() === 0 ? written : null
  return { xform, faults: faults.list(), formId, version, files: filesOf(form) }
}

/** Reads a workbook as far as it can be understood; what cannot is told. */
export function readForm(workbook: Workbook, given: { name: string }, faults: FormFaults): Form {
  const sheets = sheetsOf(workbook, faults)
  const settings = readSettings(sheets.settings, given, faults), allowDuplicates = settings.isYes('allow_choice_duplicates')
  const lists = readChoices(sheets.choices, allowDuplicates, faults)
  const external = sheets.externalChoices && readChoices(sheets.externalChoices, true, faults)
  const rows = surveyRows(sheets, settings.value('clean_text_values') === '' || settings.isYes('clean_text_values'), faults)
  const root = buildTree(rows, { settings, lists, external, hasChoices: sheets.choices !== null }, faults)
  const entity = readEntity(sheets.entities, faults)
  addMeta(root, settings, entity)
  const languages = [...new Set([sheets.survey, sheets.choices].flatMap(sheet => sheet ? languagesOf(sheet) : []))]
  const form: Form = { settings, languages, lists, root, entity, resolver: makeResolver(root, faults), faults }
  checkForm(form, rows)
  return form
}

function surveyRows({ survey }: FormSheets, clean: boolean, faults: FormFaults): FormRow[] {
  if (survey === null) { faults.add('noSurvey', {}, {}); return [] }
  const rows = rowsOf(survey, { columns: SURVEY_COLUMNS, open: false, clean }, faults)
  if (survey.rows.length === 0) faults.add('emptySurvey', { sheet: 'survey' }, {})
  else if (rows[0]?.headers['type'] === undefined) faults.add('missingColumn', { sheet: 'survey', row: 1, column: 'type' }, { name: 'type' })
  else return rows
  return []
}
