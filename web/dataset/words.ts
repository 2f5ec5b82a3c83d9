import type { Sensitivity } from '../../domain/access/access.ts'
import type { Clearance } from '../../domain/access/can.ts'
import type { Dataset, DatasetUnit, LawfulBasis } from '../../domain/dataset/dataset.ts'
import type { AnswerType, Question, QuestionRole } from '../../domain/dataset/dataset.form.ts'
import { formatNumber } from '../base/format.ts'
import { m } from '../paraglide/messages.js'
import { lang } from '../base/link.ts'
import type { Group } from './data.ts'

const GROUPS: Record<Group, () => string> = { people: m.dataset_group_people, farms: m.dataset_group_farms, places: m.dataset_group_places, needs: m.dataset_group_needs }
export const groupName = (group: Group): string => GROUPS[group]()

const UNITS: Record<DatasetUnit, () => string> = { record: m.dataset_unit_record, household: m.dataset_unit_household, person: m.dataset_unit_person, place: m.dataset_unit_place }
export const recordIs = (unit: DatasetUnit): string => UNITS[unit]()

const BASES: Record<LawfulBasis, () => string> = {
  consent: m.dataset_basis_consent, 'public-task': m.dataset_basis_public_task, research: m.dataset_basis_research, vital: m.dataset_basis_vital,
  contract: m.dataset_basis_contract, 'legitimate-interest': m.dataset_basis_legitimate_interest, law: m.dataset_basis_law, none: m.dataset_basis_none,
}
export const basisSay = (basis: LawfulBasis): string => BASES[basis]()

export function retentionSay({ retentionYears }: Pick<Dataset, 'retentionYears'>): string {
  return retentionYears === null ? m.dataset_retention_kept() : m.dataset_retention_years({ years: formatNumber(retentionYears, lang()) })
}

const SENSITIVITIES: Record<Sensitivity, { name: () => string; say: () => string }> = {
  open: { name: m.dataset_open, say: m.dataset_open_say }, internal: { name: m.dataset_internal, say: m.dataset_internal_say },
  personal: { name: m.dataset_personal, say: m.dataset_personal_say }, sensitive: { name: m.dataset_sensitive, say: m.dataset_sensitive_say },
}
export const sensitivityName = (sensitivity: Sensitivity): string => SENSITIVITIES[sensitivity].name()
export const sensitivitySay = (sensitivity: Sensitivity): string => SENSITIVITIES[sensitivity].say()

const CLEARANCES: Record<Clearance, () => string> = { yes: m.dataset_clear_yes, own: m.dataset_clear_own, 'with-purpose': m.dataset_clear_with_purpose, no: m.dataset_clear_no }
export const clearanceWord = (clearance: Clearance): string => CLEARANCES[clearance]()

const TYPES: Record<AnswerType, () => string> = {
  text: m.dataset_type_text, integer: m.dataset_type_integer, decimal: m.dataset_type_decimal, boolean: m.dataset_type_boolean, date: m.dataset_type_date,
  time: m.dataset_type_time, dateTime: m.dataset_type_dateTime, point: m.dataset_type_point, trace: m.dataset_type_trace, shape: m.dataset_type_shape,
  file: m.dataset_type_file, barcode: m.dataset_type_barcode, choice: m.dataset_type_choice, choices: m.dataset_type_choices, rank: m.dataset_type_rank, trigger: m.dataset_type_trigger,
}
const MEDIA: Record<string, () => string> = { image: m.dataset_type_image, audio: m.dataset_type_audio, video: m.dataset_type_video }

/** What is asked for: a photograph rather than a file. */
export function typeName({ type, mediaType }: Pick<Question, 'type' | 'mediaType'>): string {
  return ((type === 'file' && MEDIA[mediaType?.split('/')[0] ?? '']) || TYPES[type])()
}

const ROLES: Partial<Record<QuestionRole, () => string>> = {
  title: m.dataset_role_title, place: m.dataset_role_place, 'national-id': m.dataset_role_national_id, consent: m.dataset_role_consent, 'not-public': m.dataset_role_not_public,
}
/** What an answer is to the record, where that is worth saying. */
export const roleSay = (role: QuestionRole | null): string => role === null ? '' : ROLES[role]?.() ?? ''
