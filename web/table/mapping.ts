import type { AreaCode } from '../../domain/base/ids.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { keysOf } from '../../domain/dataset/rules.ts'
import type { PartGroup } from '../../domain/table/rules.parts.ts'
import { sourceOf } from '../../domain/table/rules.figures.ts'
import { CellPart, CellReading, TableTarget, type TableField, type TableImport, type TableMapping } from '../../domain/table/table.ts'

type Mapped = TableMapping['columns'][number]
/** More columns than these are not asked about; what is suggested for them stays. */
export const MOST_COLUMNS = 200
const FIELD = 'field:', PARTS = 'parts:'

type Going = Pick<Mapped, 'target' | 'field'> & { reading?: Mapped['reading'] }

/** Where a column goes, as the value of its choice. @example targetValue([{ target: 'field', field: 'title' }]) // => 'field:title' */
export function targetValue(mapped: readonly Going[]): string {
  const [first] = mapped
  if (first?.reading?.part) return partsValue(mapped.flatMap(({ field, reading }) => reading?.part && field !== null ? [{ part: reading.part, key: field }] : []))
  return first === undefined ? '' : first.target === 'field' ? FIELD + (first.field ?? '') : first.target
}

/** Several fields from one column. @example partsValue([{ part: 'rai', key: 'rai' }, { part: 'ngan', key: 'ngan' }]) // => 'parts:rai=rai,ngan=ngan' */
export const partsValue = (parts: PartGroup['parts']): string => PARTS + parts.map(({ part, key }) => `${part}=${key}`).join(',')

/** What a form says of columns, constants, choices and places, over what was said before: what it does not ask for stays. */
export function readMapping(form: FormData, before: TableMapping): TableMapping {
  const said = [...form].filter((pair): pair is [string, string] => typeof pair[1] === 'string')
  const part = (prefix: string) => said.filter(([name]) => name.startsWith(prefix)).map(([name, value]): [string, string] => [name.slice(prefix.length), value.trim()])
  const asked = new Set(part('to:').map(([column]) => Number(column)))
  const columns = [...before.columns.filter(({ column }) => !asked.has(column)), ...part('to:').flatMap(([column, to]) => mappedOf(Number(column), to, form))]
  const choices = { ...before.choices }
  for (const [name, value] of part('choice:')) {
    const [field = '', ...written] = name.split(':')
    choices[field] = withSaid(choices[field] ?? {}, [[written.join(':'), value]])
  }
  return { columns: columns.sort((a, b) => a.column - b.column), constants: withSaid(before.constants, part('constant:')), choices, places: withSaid(before.places, part('place:') as [string, AreaCode][]) }
}

/** What was left empty is not said any more. */
function withSaid<V extends string>(before: Record<string, V>, said: [string, V][]): Record<string, V> {
  return Object.fromEntries(Object.entries({ ...before, ...Object.fromEntries(said) }).filter(([, value]) => value !== ''))
}

function mappedOf(column: number, to: string, form: FormData): Mapped[] {
  if (to.startsWith(PARTS)) return to.slice(PARTS.length).split(',').flatMap((each): Mapped[] => {
    const [name, key = ''] = each.split('='), part = CellPart.safeParse(name).data
    return part && key !== '' ? [{ column, target: 'field', field: key, reading: { ...CellReading.parse({}), part } }] : []
  })
  const field = to.startsWith(FIELD) ? to.slice(FIELD.length) : null, target = TableTarget.safeParse(field === null ? to : 'field').data
  if (!target) return []
  const one = (name: string) => String(form.get(`${name}:${column}`) ?? '')
  return [{ column, target, field, reading: { era: (one('era') || 'any') as CellReading['era'], order: (one('order') || 'dmy') as CellReading['order'], unit: one('unit') || null } }]
}

/** What a form asks of every row; what it asks only where something else was answered is told by the report. */
export function alwaysAsked(model: FormModel, fields: readonly TableField[]): TableField[] {
  const conditions = [...Object.keys(model.logic.groups), ...model.questions.filter(({ relevant }) => relevant !== null).map(({ path }) => path)]
  const always = new Set(keysOf(model)[0]?.questions.filter(({ path }) => !conditions.some(each => path === each || path.startsWith(`${each}/`))).map(({ key }) => key))
  return fields.map(field => ({ ...field, required: field.required && always.has(field.key) }))
}

/** Fields that must be answered and that no column gives, nor one value for all rows. The place is asked for by its own columns. */
export function missingOf(fields: readonly TableField[], { columns, constants }: TableMapping): TableField[] {
  const given = new Set([...columns.map(({ field }) => field), ...Object.keys(constants)])
  return fields.filter(({ key, required, role }) => required && role !== 'place' && !given.has(key))
}

/** What a try found to be needed by some rows, where no column says it: what is asked only if something else was answered so. */
export function foundMissing(fields: readonly TableField[], { report, mapping: { columns } }: Pick<TableImport, 'report' | 'mapping'>): TableField[] {
  const told = new Set(report?.faults.flatMap(({ code, column }) => code === 'record/required' ? column ?? [] : []))
  return fields.filter(({ key }) => told.has(key) && !columns.some(({ field }) => field === key))
}

/** Today, where the tables are. */
export const thaiToday = (): string => new Date().toLocaleDateString('sv', { timeZone: 'Asia/Bangkok' })

const TAMBON = 8

/** Whether it is said where a row is: by a column, or since all of the file is of one tambon. */
export function hasPlace(fields: readonly TableField[], { area, dataset, mapping: { columns, constants } }: Pick<TableImport, 'area' | 'dataset' | 'mapping'>): boolean {
  if (sourceOf(dataset) !== null) return columns.some(({ target }) => ['place-code', 'province', 'district', 'tambon'].includes(target))
  const place = fields.find(({ role }) => role === 'place')?.key ?? null
  return area.length >= TAMBON || columns.some(({ target }) => ['place-code', 'tambon', 'village'].includes(target)) || (place !== null && place in constants)
}

type Places = TableMapping['places']

/** Places that are written in one way and have one candidate; `isWide`: it is wider than a tambon, so a record would be kept there. */
export function listOnly({ dataset, report }: Pick<TableImport, 'dataset' | 'report'>, chosen: Places, isWide: boolean): { written: string; rows: number; area: AreaCode }[] {
  return (report?.places ?? []).flatMap(({ written, rows, candidates: [only, ...others] }) => only && others.length === 0 && !(written in chosen) && (sourceOf(dataset) === null && only.area.length < TAMBON) === isWide ? [{ written, rows, area: only.area }] : [])
}

/** Somebody takes the one candidate wherever there is one. */
export function chooseOnly(table: Pick<TableImport, 'dataset' | 'report'>, chosen: Places, isWide: boolean): Places {
  return { ...chosen, ...Object.fromEntries(listOnly(table, chosen, isWide).map(({ written, area }) => [written, area])) }
}

/** Values of a column that are no choice of its field, as far as they were seen: in the first rows, and in the report. */
export function strangeValues({ columns, mapping, report }: Pick<TableImport, 'columns' | 'mapping' | 'report'>, field: TableField): string[] {
  const mapped = mapping.columns.find(each => each.field === field.key), column = columns.find(({ index }) => index === mapped?.column)
  if (!column || field.choices.length === 0 || mapped?.reading.part) return []
  const known = new Set(field.choices.flatMap(({ value, label }) => [value, label.th, label.en]).map(plain)), said = mapping.choices[field.key] ?? {}
  const told = (report?.faults ?? []).filter(group => group.column === column.name).flatMap(({ first }) => first.flatMap(({ value }) => value ?? []))
  const parts = [...column.samples, ...told].flatMap(text => field.type === 'choice' ? [text.trim()] : text.split(/[,;|]/).map(part => part.trim()))
  return [...new Set([...Object.keys(said), ...parts.filter(text => text !== '' && !known.has(plain(text)))])]
}

const plain = (text: string): string => text.normalize('NFC').replace(/\s+/g, '').toLowerCase()
