import type { Question } from '../../domain/dataset/dataset.form.ts'
import type { Answer, MaskedId, Point, RecordEntry } from '../../domain/record/record.ts'
import { m } from '../paraglide/messages.js'
import { formatDay, formatMoment, formatNumber } from '../base/format.ts'
import { lang } from '../base/link.ts'
import { unitText } from '../dataset/words.unit.ts'

type Asked = Pick<Question, 'type' | 'choices' | 'unit'>
const YEAR_LIKE = 10_000
const PLACES_OF_DEGREES = 5

export const isPoint = (answer: Answer): answer is Point => typeof answer === 'object' && 'lat' in answer
export const isMasked = (answer: Answer): answer is MaskedId => typeof answer === 'object' && 'masked' in answer

/** An answer as one reads it: choices by their labels, numbers with their unit, days in the reader's era. */
export function answerText(asked: Asked | null, answer: Answer): string {
  if (typeof answer === 'boolean') return answer ? m.record_yes() : m.record_no()
  if (typeof answer === 'number') return numberText(answer, asked?.unit ?? null)
  if (Array.isArray(answer)) return answer.map(value => choiceText(asked, value)).join(asked?.type === 'rank' ? ' › ' : ', ')
  if (typeof answer === 'string') return wordsOf(asked, answer)
  return isMasked(answer) ? answer.masked : pointText(answer)
}

/** A number without a unit may be a year or a code: it is grouped only where it is too long for one. */
function numberText(value: number, unit: string | null): string {
  const decimals = String(value).split('.')[1]?.length ?? 0
  const text = unit === null && Math.abs(value) < YEAR_LIKE ? String(value) : formatNumber(value, lang(), decimals)
  return unit === null ? text : `${text} ${unitText(unit)}`.trim()
}

function wordsOf(asked: Asked | null, answer: string): string {
  if (asked?.type === 'date' && /^\d{4}-\d{2}-\d{2}$/.test(answer)) return formatDay(answer, lang())
  if (asked?.type === 'dateTime' && !Number.isNaN(Date.parse(answer))) return formatMoment(answer, lang())
  if (asked?.type === 'time') return answer.slice(0, 5)
  if (asked?.type === 'trigger') return m.record_acknowledged()
  if (asked?.type === 'trace' || asked?.type === 'shape') return m.record_corners({ count: formatNumber(answer.split(';').filter(Boolean).length, lang()) })
  return choiceText(asked, answer)
}

/** A choice that the form does not know stands as it came. */
const choiceText = (asked: Asked | null, value: string): string => asked?.choices?.find(choice => choice.value === value)?.label[lang()] ?? value

/** @example pointText({ lat: 19.56231, lon: 98.24012, altitude: null, accuracy: 4.8 }) // => '19.56231, 98.24012 (± 5 ม.)' */
export function pointText({ lat, lon, accuracy }: Point): string {
  const degrees = `${lat.toFixed(PLACES_OF_DEGREES)}, ${lon.toFixed(PLACES_OF_DEGREES)}`
  return accuracy === null ? degrees : `${degrees} ${m.record_accuracy({ metres: formatNumber(Math.max(1, Math.round(accuracy)), lang()) })}`
}

/** What a record is called, or why it has no name. */
export function titleText({ id, title }: Pick<RecordEntry, 'id' | 'title'>, isHidden: boolean): string {
  return title ?? `${isHidden ? m.record_untitled_hidden() : m.record_untitled()} (${id.slice(0, 8)})`
}

/** How often a record was changed after it was made. */
export function changedText({ versions, changedAt }: Pick<RecordEntry, 'versions' | 'changedAt'>): string {
  const at = formatMoment(changedAt, lang())
  return versions <= 1 ? '' : versions === 2 ? m.record_changed_once({ at }) : m.record_changed_times({ count: formatNumber(versions - 1, lang()), at })
}

/** `more`: they were counted no further. */
export function countText(count: number, more = false): string {
  return more ? m.record_count_more({ count: formatNumber(count, lang()) }) : count === 1 ? m.record_count_one() : m.record_count({ count: formatNumber(count, lang()) })
}
export const dayText = (day: string | null): string => day === null ? '–' : formatDay(day, lang())

const KILOMETRE = 1000
/** How far, as precisely as one would say it. @example distanceText(1234) // => '1.2 กม.' */
export function distanceText(metres: number): string {
  return metres < KILOMETRE ? m.seen_metres({ count: formatNumber(metres, lang()) }) : m.seen_kilometres({ count: formatNumber(metres / KILOMETRE, lang(), 1) })
}

/** A day as a column of a list has room for it. @example shortDay('2026-11-05') // => '5 พ.ย. 2569' */
export const shortDay = (day: string | null): string => day === null ? '–' : SHORT[lang()].format(Date.parse(day))
const SHORT = {
  th: new Intl.DateTimeFormat('th-TH-u-ca-buddhist', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
  en: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
}

/** The program that sent a submission, by the name that people know. @example clientName('org.odk.collect.android/v2026.3.1 Dalvik/2.1.0') // => 'ODK Collect v2026.3.1' */
export function clientName(agent: string): string {
  if (agent.startsWith('table:')) return m.record_client_table({ line: agent.slice('table:'.length) })
  const [, maker = '', version = ''] = /^org\.(\w+)\.collect\.android\/(\S+)/.exec(agent) ?? []
  return maker === 'odk' ? `ODK Collect ${version}` : maker.startsWith('kobo') ? `KoboCollect ${version}` : agent.startsWith('Mozilla') ? m.record_client_own() : agent
}
