import { formatDay } from '../base/format.ts'
import type { Lang } from '../../domain/base/text.ts'
import type { Question, Shown } from '../form/shown.ts'
import { questionsOf } from './form.steps.ts'

/** An answer as a person reads it; '' where there is none. */
export function answerText(question: Question, lang: Lang): string {
  const { value, control } = question
  if (value === '') return ''
  if (control === 'one' || control === 'many') return labelsOf(question, value.split(' '))
  if (control === 'date') return formatDay(value, lang)
  if (control === 'dateTime') return `${formatDay(value.slice(0, 10), lang)} ${value.slice(11, 16)}`
  if (control === 'point') return value.split(' ').slice(0, 2).map(part => Number(part).toFixed(5)).join(', ')
  if (control === 'tick') return '✓'
  return value
}

function labelsOf(question: Question, values: string[]): string {
  const options = question.options()
  return values.map(value => options.find(each => each.value === value)?.label || value).join(', ')
}

/** What a row is called in a list: its first answers. @example the row of a member => 'นาง มะลิ ใจดี' */
export function rowTitle(shown: readonly Shown[], lang: Lang, most = 3): string {
  const asked = questionsOf(shown).filter(({ control, value }) => value !== '' && control !== 'note' && control !== 'file' && control !== 'point')
  return asked.slice(0, most).map(question => answerText(question, lang)).join(' · ')
}

/** What an interview calls itself (`instance_name` of its form). */
export function nameOf(xml: string): string | null {
  const name = new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagNameNS('*', 'instanceName')[0]?.textContent?.trim()
  return name || null
}

export function instanceOf(xml: string): string {
  const id = new DOMParser().parseFromString(xml, 'text/xml').getElementsByTagNameNS('*', 'instanceID')[0]?.textContent?.trim()
  if (!id) throw new Error('an interview without an id')
  return id
}
