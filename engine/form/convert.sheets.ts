import type { FormFaults } from './convert.faults.ts'
import { nearest } from './convert.near.ts'
import type { Sheet, Workbook } from './workbook.ts'

export type FormSheets = { survey: Sheet | null; choices: Sheet | null; settings: Sheet | null; entities: Sheet | null; externalChoices: Sheet | null }

const KNOWN = ['survey', 'choices', 'settings', 'entities', 'external_choices']
const NOT_SUPPORTED = ['osm', 'cascades']

/** The sheets that a form is made of. Others are the author's own; one of nearly the same name may be a slip. */
export function sheetsOf({ sheets }: Workbook, faults: FormFaults): FormSheets {
  const nameOf = (sheet: Sheet) => sheet.name.trim().toLowerCase().replace(/\s+/g, '_')
  for (const sheet of sheets) {
    const near = KNOWN.includes(nameOf(sheet)) || sheet.name.startsWith('_') ? null : nearest(nameOf(sheet), KNOWN)
    if (NOT_SUPPORTED.includes(nameOf(sheet)) && sheet.rows.length > 0) faults.add('unsupportedSheet', { sheet: sheet.name }, { name: sheet.name })
    else if (near !== null) faults.add('nearSheet', { sheet: sheet.name }, { name: sheet.name, near })
  }
  const find = (name: string) => sheets.find(sheet => nameOf(sheet) === name) ?? null
  return { survey: find('survey'), choices: find('choices'), settings: find('settings'), entities: find('entities'), externalChoices: find('external_choices') }
}
