import type { Figure } from '../../domain/figure/figure.ts'
import type { Indicator } from '../../domain/indicator/indicator.ts'
import { m } from '../paraglide/messages.js'
import { formatNumber, formatPercent } from '../base/format.ts'
import { lang } from '../base/link.ts'
import { baseWord, unitWord } from '../indicator/words.ts'
import { roughly } from './words.ts'

type Counted = Pick<Figure, 'value' | 'numerator' | 'denominator' | 'status'>

/** What a number rests on: “12,345 of 410,000 people”; of a mean, how many it was taken over; of a count, its share of the whole. */
export function restsOn(figure: Counted, indicator: Pick<Indicator, 'id' | 'kind'>, whole: Counted | null = null): string {
  if (figure.value === null) return ''
  if (indicator.kind === 'count') return whole?.value ? m.rank_share({ share: roughly(formatPercent(figure.value / whole.value, lang()), figure) }) : ''
  if (figure.denominator === null || figure.numerator === null) return ''
  const base = roughly(formatNumber(Math.round(figure.denominator), lang()), figure)
  return indicator.kind === 'mean' ? m.rank_mean_of({ base, unit: baseWord(indicator) })
    : m.rank_part_of({ part: roughly(formatNumber(figure.numerator, lang()), figure), base, unit: baseWord(indicator) })
}

/** The unit after a heading: “(people)”; nothing for percent, which carries its sign. */
export function unitNote(indicator: Pick<Indicator, 'unit'>): string {
  return indicator.unit === 'ratio' ? '' : `(${unitWord(indicator.unit)})`
}
