import type { Lang } from '../../domain/base/text.ts'
import type { TableField, TableImport, TableMapping, TableReport, TableShape, TableTarget } from '../../domain/table/table.ts'
import { formatNumber } from '../base/format.ts'
import { unitText } from '../dataset/words.unit.ts'
import { m } from '../paraglide/messages.js'

type State = TableImport['state']
const STATES: Record<State, { name: () => string; say: () => string }> = {
  given: { name: m.table_given, say: m.table_given_say }, reading: { name: m.table_reading, say: m.table_reading_say }, tried: { name: m.table_tried, say: m.table_tried_say },
  importing: { name: m.table_importing, say: m.table_importing_say }, imported: { name: m.table_imported, say: m.table_imported_say }, refused: { name: m.table_refused, say: m.table_refused_say },
  undoing: { name: m.table_undoing, say: m.table_undoing_say }, undone: { name: m.table_undone, say: m.table_undone_say },
}
export const stateName = (state: State): string => STATES[state].name()
const OF_FIGURES: Partial<Record<State, () => string>> = { imported: m.table_imported_figures, undoing: m.table_undoing_figures, undone: m.table_undone_figures }
export const stateSay = (state: State, isFigures: boolean): string => (isFigures && OF_FIGURES[state] || STATES[state].say)()

/** A job is at it: the page asks again until it is done. */
export const isBusy = (state: State): boolean => state === 'reading' || state === 'importing' || state === 'undoing'

/** Which of the four steps one stands at. */
export const stepOf = (state: State): number => ({ given: 2, reading: 3, tried: 4, refused: 4, importing: 4, imported: 5, undoing: 5, undone: 5 })[state]

const TARGETS: Record<Exclude<TableTarget, 'field'>, () => string> = {
  'place-code': m.table_to_place_code, province: m.table_to_province, district: m.table_to_district, tambon: m.table_to_tambon, village: m.table_to_village,
  lat: m.table_to_lat, lon: m.table_to_lon, 'record-id': m.table_to_record_id,
}
/** Parts of a place and a position, and the id; fields have their own names. */
export const PLACE_TARGETS = ['tambon', 'district', 'province', 'village', 'place-code', 'lat', 'lon'] as const
export const targetName = (target: Exclude<TableTarget, 'field'>): string => TARGETS[target]()

export const encodingName = (encoding: NonNullable<TableShape['encoding']>): string => ({ 'utf-8': m.table_utf8, 'utf-16le': m.table_utf16, 'utf-16be': m.table_utf16be, 'windows-874': m.table_874 })[encoding]()
export const separatorName = (separator: NonNullable<TableShape['separator']>): string => ({ ',': m.table_comma, ';': m.table_semicolon, '\t': m.table_tab, '|': m.table_bar })[separator]()

/** What its field's cells may need to be told: which era and order dates have, which unit a number is in. */
export const asksEra = ({ type }: TableField): boolean => type === 'date' || type === 'dateTime'
export const unitsFor = ({ type, unit }: TableField): string[] => type === 'integer' || type === 'decimal' ? UNITS.find(kind => kind.includes(unit ?? '')) ?? [] : []
const UNITS = [['rai', 'ngan', 'wa2', 'm2', 'rai-ngan-wa'], ['m', 'cm', 'km']]
export const unitName = (unit: string): string => unit === 'rai-ngan-wa' ? m.table_rai_parts() : unitText(unit)

/** How many rows, in words. */
export const rowsText = (count: number, lang: Lang): string => count === 1 ? m.table_row_one() : m.table_rows({ count: formatNumber(count, lang) })

type Group = TableReport['faults'][number]
/** A group of faults as one line names it. */
export const faultText = (group: Group, lang: Lang): string => group.first[0]?.say[lang] ?? group.code
/** Its lines say it each in their own way. */
export const saysMany = ({ first }: Pick<Group, 'first'>, lang: Lang): boolean => new Set(first.map(({ say }) => say[lang])).size > 1
/** They differ by more than what stands in the cell: then each is told in full. */
export const differsMore = ({ first }: Pick<Group, 'first'>, lang: Lang): boolean => new Set(first.map(({ say, value }) => value ? say[lang].replaceAll(value, '…') : say[lang])).size > 1

type Reading = TableMapping['columns'][number]['reading']
export const eraName = (era: Reading['era']): string => ({ any: m.table_era_any, be: m.table_era_be, ce: m.table_era_ce })[era]()
export const orderName = (order: Reading['order']): string => ({ dmy: m.table_order_dmy, mdy: m.table_order_mdy, ymd: m.table_order_ymd })[order]()
