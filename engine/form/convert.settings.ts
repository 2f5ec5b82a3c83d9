import { SETTING_COLUMNS } from './convert.aliases.ts'
import { familyOf, rowsOf, spotOf, valueOf, type FormRow } from './convert.columns.ts'
import type { FormFaults } from './convert.faults.ts'
import { isName, isPrefixedName, yesOrNo } from './convert.names.ts'
import type { Sheet } from './workbook.ts'

/** What an XForm always knows, by prefix. */
export const NAMESPACES: Record<string, string> = {
  '': 'http://www.w3.org/2002/xforms', h: 'http://www.w3.org/1999/xhtml', ev: 'http://www.w3.org/2001/xml-events', xsd: 'http://www.w3.org/2001/XMLSchema',
  jr: 'http://openrosa.org/javarosa', orx: 'http://openrosa.org/xforms', odk: 'http://www.opendatakit.org/xforms',
}
/** Of a form that makes or changes things that live longer than a visit. */
export const ENTITIES_NAMESPACE = 'http://www.opendatakit.org/xforms/entities'
/** For texts that name no language, where the settings name none either. */
const NO_LANGUAGE = 'default'

export type Settings = {
  title: string
  formId: string
  version: string
  /** Name of the root element. */
  root: string
  language: string
  namespaces: Record<string, string>
  attributes: Record<string, string>
  /** Everything else, by column. */
  value: (column: string) => string
  isYes: (column: string) => boolean
  row: FormRow
}

export function readSettings(sheet: Sheet | null, given: { name: string }, faults: FormFaults): Settings {
  const rows = sheet ? rowsOf(sheet, { columns: SETTING_COLUMNS, open: false, clean: false }, faults) : []
  if (rows.length > 1) faults.add('manyRows', { sheet: 'settings', row: rows[1]?.row ?? null }, {})
  const row: FormRow = rows[0] ?? { sheet: 'settings', row: 2, values: {}, headers: {} }
  const value = (column: string) => valueOf(row, column)
  checkValues(row, faults)
  const formId = formIdOf(row, given.name, faults), attributes = familyOf(row, 'attribute'), namespaces = namespacesOf(row, faults)
  for (const name of Object.keys(attributes)) checkAttribute(name, namespaces, spotOf(row, `attribute::${name}`), faults)
  return {
    title: value('title') || formId, formId, version: versionOf(row, faults), root: rootOf(row, faults), language: value('default_language') || NO_LANGUAGE,
    namespaces, attributes, value, isYes: column => yesOrNo(value(column)) === true, row,
  }
}

const PATTERN = /^[\p{L}\p{M}\p{N}_.:-]+$/u
const MOST_VERSION = 40

function formIdOf(row: FormRow, name: string, faults: FormFaults): string {
  const written = valueOf(row, 'form_id')
  const formId = written || name.replace(/\.(xlsx|xlsm|xls|md)$/i, '').replace(/[^\p{L}\p{M}\p{N}_.-]+/gu, '_') || 'form'
  if (written === '') faults.add('noFormId', spotOf(row, 'form_id'), { value: formId })
  else if (!PATTERN.test(written)) faults.add('badFormId', spotOf(row, 'form_id'), { value: written })
  return formId
}

function versionOf(row: FormRow, faults: FormFaults): string {
  const version = valueOf(row, 'version')
  if (version === '') faults.add('noVersion', spotOf(row, 'version'), {})
  else if (!PATTERN.test(version) || version.length > MOST_VERSION) faults.add('badVersion', spotOf(row, 'version'), { value: version })
  return version
}

function rootOf(row: FormRow, faults: FormFaults): string {
  const name = valueOf(row, 'name') || 'data'
  if (!isName(name)) faults.add('badName', spotOf(row, 'name'), { value: name })
  return name
}

const NOT_SUPPORTED = ['flat', 'add_none_option', 'client_editable']
const YES_OR_NO = ['allow_choice_duplicates', 'clean_text_values', 'auto_send', 'auto_delete', 'omit_instanceid']

function checkValues(row: FormRow, faults: FormFaults): void {
  if (valueOf(row, 'public_key') !== '') faults.add('encrypted', spotOf(row, 'public_key'), {})
  for (const column of NOT_SUPPORTED) if (valueOf(row, column) !== '' && yesOrNo(valueOf(row, column)) !== false) faults.add('unsupportedColumn', spotOf(row, column), {})
  for (const column of YES_OR_NO) {
    const value = valueOf(row, column)
    if (value !== '' && yesOrNo(value) === null) faults.add('badSetting', spotOf(row, column), { value, allowed: 'yes, no' })
  }
  const url = valueOf(row, 'submission_url')
  if (url !== '' && !/^https?:\/\/\S+$/.test(url)) faults.add('badSetting', spotOf(row, 'submission_url'), { value: url, allowed: 'https://…' })
}

function namespacesOf(row: FormRow, faults: FormFaults): Record<string, string> {
  const declared: Record<string, string> = {}
  for (const part of valueOf(row, 'namespaces').split(/\s+/).filter(part => part !== '')) {
    const [, prefix, uri] = /^([^=]+)=["']([^"']+)["']$/.exec(part) ?? []
    if (prefix !== undefined && uri !== undefined && isName(prefix) && !/^xml/i.test(prefix)) declared[prefix] = uri
    else faults.add('badNamespace', spotOf(row, 'namespaces'), { value: part })
  }
  return { ...declared, ...NAMESPACES }
}

/** An attribute that an author's column makes must be XML, and its prefix known. */
export function checkAttribute(name: string, namespaces: Record<string, string>, spot: { sheet?: string | null; row?: number | null; column?: string | null }, faults: FormFaults): void {
  if (!isPrefixedName(name)) faults.add('badAttribute', spot, { name })
  const prefix = name.includes(':') ? name.split(':')[0] as string : ''
  if (!Object.hasOwn(namespaces, prefix)) faults.add('undeclaredPrefix', spot, { prefix })
}
