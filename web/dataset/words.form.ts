import type { EditNode, EditType } from '../../engine/form/edit.outline.ts'
import type { Operator } from '../../engine/form/edit.rule.ts'
import type { QuestionRole } from '../../domain/dataset/dataset.form.ts'
import { m } from '../paraglide/messages.js'
import { formatNumber } from '../base/format.ts'
import { lang } from '../base/link.ts'
import type { Saving } from './editor.workshop.svelte.ts'

const TYPES: Record<EditType, () => string> = {
  text: m.form_type_text, integer: m.form_type_integer, decimal: m.form_type_decimal, select_one: m.form_type_select_one, select_multiple: m.form_type_select_multiple,
  date: m.form_type_date, time: m.form_type_time, geopoint: m.form_type_geopoint, image: m.form_type_image, audio: m.form_type_audio, video: m.form_type_video,
  file: m.form_type_file, barcode: m.form_type_barcode, note: m.form_type_note, acknowledge: m.form_type_acknowledge, calculate: m.form_type_calculate,
}
export const typeWord = (type: EditType): string => TYPES[type]()

/** What a row of the survey is; one that the editor does not change, as its author wrote it. */
export function nodeWord({ kind, type, written }: EditNode): string {
  const file = /_from_file\s+(\S+)/.exec(written)?.[1]
  return kind === 'group' ? m.form_group() : kind === 'repeat' ? m.form_repeat() : type ? TYPES[type]() : file ? m.form_type_from_file({ file }) : written
}

const OPERATORS: Record<Operator, () => string> = {
  is: m.form_op_is, 'is-not': m.form_op_is_not, has: m.form_op_has, 'has-not': m.form_op_has_not, more: m.form_op_more, 'at-least': m.form_op_at_least,
  less: m.form_op_less, 'at-most': m.form_op_at_most, answered: m.form_op_answered, 'not-answered': m.form_op_not_answered,
}
export const operatorWord = (operator: Operator): string => OPERATORS[operator]()

/** What can be asked of an answer of this type. */
export function operatorsFor(type: EditType | null): Operator[] {
  switch (type) {
    case 'select_one': return ['is', 'is-not', 'answered', 'not-answered']
    case 'select_multiple': return ['has', 'has-not', 'answered', 'not-answered']
    case 'integer': case 'decimal': return ['is', 'is-not', 'more', 'at-least', 'less', 'at-most', 'answered', 'not-answered']
    case 'text': case 'barcode': case null: return ['answered', 'not-answered', 'is', 'is-not']
    default: return ['answered', 'not-answered']
  }
}

const ROLES: Record<QuestionRole, () => string> = {
  place: m.form_role_place, title: m.form_role_title, point: m.form_role_point, photo: m.form_role_photo, date: m.form_role_date,
  'national-id': m.form_role_national_id, consent: m.form_role_consent, 'not-public': m.form_role_not_public,
}
export const roleWord = (role: QuestionRole): string => ROLES[role]()

const SAVINGS: Record<Saving, () => string> = { kept: m.form_kept, waiting: m.form_waiting, keeping: m.form_keeping, failed: m.form_not_kept, overtaken: m.form_overtaken }
export const savingWord = (saving: Saving): string => SAVINGS[saving]()

const KILO = 1000
/** A file's size as people say it. @example sizeText(1_234_567) // => '1.2 MB' */
export function sizeText(bytes: number): string {
  return bytes < KILO ? m.form_bytes({ count: formatNumber(bytes, lang()) }) : bytes < KILO * KILO ? `${formatNumber(Math.round(bytes / KILO), lang())} KB` : `${formatNumber(bytes / KILO / KILO, lang(), 1)} MB`
}

const DONE: Record<string, () => string> = { uploaded: m.form_done_uploaded, nothing: m.form_done_nothing, published: m.form_done_published, dropped: m.form_done_dropped, closed: m.form_done_closed, opened: m.form_done_opened, made: m.form_done_made, added: m.form_done_added, removed: m.form_done_removed }
/** What was just done; the act before tells it in the address. */
export const formDone = (what: string | null): string => what !== null && Object.hasOwn(DONE, what) ? DONE[what]!() : ''
