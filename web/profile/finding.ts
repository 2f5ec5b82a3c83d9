import type { Headline } from '../../domain/profile/api.ts'
import { m } from '../paraglide/messages.js'
import { formatNumber, formatRounded, formatYear, joinUnit } from '../base/format.ts'
import { lang } from '../base/link.ts'
import { baseWord, unitWord } from '../indicator/words.ts'
import { roughly, valueText } from '../figure/words.ts'

type Numbered = Pick<Headline, 'indicator' | 'own' | 'period'>

/** The value in large type: whole counts in words from a million on. */
export function bigValue({ own, indicator }: Numbered): string {
  if (own.value === null) return ''
  const text = indicator.kind === 'count' ? formatRounded(own.value, lang()) : valueText(own.value, own.unit)
  return roughly(text, own)
}

/** What a number is a part of, with its year: “of 36.6 million people surveyed, 2018”. Empty for a number without a base. */
export function baseText({ own, indicator, period }: Numbered): string {
  const year = formatYear(period, lang())
  if (indicator.kind !== 'ratio' || own.denominator === null) return m.in_year({ unit: unitWord(own.unit), year })
  return m.of_base({ base: joinUnit(roughly(formatRounded(own.denominator, lang()), own), baseWord(indicator)), year })
}

/** The numerator of a ratio in full: “1,032,987 people”. */
export function countText({ own, indicator }: Numbered): string {
  return indicator.kind !== 'ratio' || own.numerator === null ? '' : `${roughly(formatNumber(own.numerator, lang()), own)} ${baseWord(indicator)}`
}

const SAME_WITHIN = 0.02

/** Whether a place lies above, below or level with another (within two percent of it). */
export function compared(own: number, other: number): 'above' | 'below' | 'level' {
  if (Math.abs(own - other) <= Math.abs(other) * SAME_WITHIN) return 'level'
  return own > other ? 'above' : 'below'
}

/** The headlines that hold a number for this place, in the order of the page. */
export function knownHeadlines(headlines: Headline[]): Headline[] {
  return headlines.filter(each => each.own.value !== null)
}

export function findHeadline(headlines: Headline[], id: string): Headline | undefined {
  return headlines.find(each => each.indicator.id === id)
}
