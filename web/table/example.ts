import { writeXlsx } from 'hucre/xlsx'
import { buddhistYear } from '../../domain/base/era.ts'
import type { Lang } from '../../domain/base/text.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { Answer } from '../../domain/record/record.ts'
import type { TableField } from '../../domain/table/table.ts'
import { makeCheck } from '../../engine/form/check.ts'
import { unitText } from '../dataset/words.unit.ts'
import { m } from '../paraglide/messages.js'

/** Where the invented row lies: province, district, tambon, village, as people write them. */
export type ExamplePlace = { code: string; names: [province: string, district: string, tambon: string, village: string] }
type Column = { name: string; value: string; field: TableField | null; say: string }

/** What a field may be answered with in an invented row, the likeliest first: the form says which one it takes. */
const VALUES: Partial<Record<TableField['type'], Answer[]>> = {
  text: ['ตัวอย่าง', '0812345678', '1', 'https://example.org'], barcode: ['123'], integer: [1, 0, 10, 2560, 2017, 100], decimal: [1, 0, 10, 100], time: ['08:00', '17:00'],
}
const MOST_TRIES = 20, YEAR = '2569'

/** Answers to what the form asks for, and to no more: question by question until its own rules are content. */
export function exampleAnswers(model: FormModel, fields: readonly TableField[], place: string, today: string): Record<string, Answer> {
  const check = makeCheck(model), paths = new Map(keysOf(model)[0]?.questions.map(({ path, key }) => [path, key])), tries = new Map<string, number>()
  const byKey = new Map(fields.map(field => [field.key, field])), said: Record<string, Answer> = {}
  const valuesOf = ({ type, role, choices }: TableField): Answer[] => role === 'place' ? [place] : role === 'title' ? [m.table_example_title(), YEAR] : type === 'date' ? [today]
    : type === 'choice' ? choices.map(({ value }) => value) : type === 'choices' ? choices.map(({ value }) => [value]) : type === 'point' ? [{ lat: 19.5, lon: 98.2, altitude: null, accuracy: null }] : VALUES[type] ?? []
  for (let round = 0; round < MOST_TRIES; round++) {
    const values = Object.fromEntries([...paths].map(([path, key]) => [path, said[key] ?? null]))
    const wrong = check({ formId: model.formId, version: model.version, instanceId: null, deprecatedId: null, instanceName: null, start: null, end: null, deviceId: null, values, rows: [], unfit: [], unknown: [], files: [], entity: null }, { today, now: `${today}T08:00:00.000+07:00` })
      .flatMap(({ path }) => byKey.get(paths.get(path) ?? '') ?? [])
    if (wrong.length === 0) break
    for (const field of wrong) {
      const tried = tries.get(field.key) ?? 0, value = valuesOf(field)[tried]
      tries.set(field.key, tried + 1)
      if (value !== undefined) said[field.key] = value
    }
  }
  return said
}

/** The columns of a table of this dataset, each with what stands in the invented row. */
export function exampleColumns(model: FormModel, fields: readonly TableField[], { code, names }: ExamplePlace, today: string, lang: Lang): Column[] {
  const said = exampleAnswers(model, fields, code, today), plain = (name: string, value: string, say: string): Column => ({ name, value, field: null, say })
  const labels = Map.groupBy(fields, ({ label }) => label[lang])
  return fields.flatMap((field): Column[] => {
    if (field.role === 'place') return [m.table_to_province(), m.table_to_district(), m.table_to_tambon(), m.table_to_village()].map((name, i) => plain(name, names[i] as string, m.table_example_place()))
    if (field.role === 'point') return [plain(m.table_to_lat(), '', m.table_example_point()), plain(m.table_to_lon(), '', m.table_example_point())]
    // two questions of one label are told apart by their keys
    const name = (labels.get(field.label[lang])?.length ?? 0) > 1 ? field.key : field.label[lang]
    return [{ name, value: cellText(said[field.key], field, lang), field, say: explain(field, lang) }]
  })
}

function cellText(answer: Answer | undefined, { type, choices }: TableField, lang: Lang): string {
  if (answer === undefined || (typeof answer === 'object' && !Array.isArray(answer))) return ''
  if (type === 'date') return String(answer).replace(/^(\d+)-(\d+)-(\d+)$/, (_, year: string, month: string, day: string) => `${day}/${month}/${lang === 'th' ? buddhistYear(Number(year)) : year}`)
  return [answer].flat().map(each => choices.find(({ value }) => value === each)?.label[lang] ?? String(each)).join(', ')
}

function explain({ type, unit, choices }: TableField, lang: Lang): string {
  const one = type === 'choices' ? m.table_example_choices() : m.table_example_choice()
  if (choices.length > 0) return `${one} ${choices.map(({ label }) => label[lang]).join(' · ')}`
  if (type === 'date') return m.table_example_date()
  return type === 'integer' || type === 'decimal' ? `${m.table_example_number()}${unit ? ` (${unitText(unit)})` : ''}` : ''
}

const quote = (text: string): string => /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text

/** With a mark at the start, so that a spreadsheet reads its Thai. */
export function exampleCsv(columns: readonly Column[]): string {
  return `\uFEFF${[columns.map(({ name }) => name), columns.map(({ value }) => value)].map(row => row.map(quote).join(',')).join('\r\n')}\r\n`
}

/** The table, and behind it a sheet that explains each column. */
export function exampleXlsx(columns: readonly Column[]): Promise<Uint8Array> {
  const about = columns.map(({ name, field, say }) => [name, field?.required ? m.table_required() : '', say])
  return writeXlsx({ sheets: [
    { name: m.table_example_sheet(), rows: [columns.map(({ name }) => name), columns.map(({ value }) => value)], freezePane: { rows: 1 } },
    { name: m.table_example_about(), rows: [[m.table_example_column(), m.table_required(), m.table_example_how()], ...about], freezePane: { rows: 1 } },
  ] })
}
