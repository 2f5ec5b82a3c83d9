import type { Figure, FigureStatus } from '../../domain/figure/figure.ts'
import type { Unit } from '../../domain/indicator/indicator.ts'
import { m } from '../paraglide/messages.js'
import { formatNumber, formatPercent } from '../base/format.ts'
import { lang } from '../base/link.ts'
import { unitWord } from '../indicator/words.ts'

const GAPS: Partial<Record<FigureStatus, { short: () => string; why: () => string }>> = {
  'not-covered': { short: m.gap_not_covered, why: m.gap_not_covered_why },
  'not-published': { short: m.gap_not_published, why: m.gap_not_published_why },
  suppressed: { short: m.gap_suppressed, why: m.gap_suppressed_why },
  missing: { short: m.gap_missing, why: m.gap_missing_why },
}
const UNKNOWN = { short: m.gap_missing, why: m.gap_missing_why }

/** Two words where a number would stand. */
export function gapWord(status: FigureStatus): string {
  return (GAPS[status] ?? UNKNOWN).short()
}

/** Why there is no number. */
export function gapReason(status: FigureStatus): string {
  return (GAPS[status] ?? UNKNOWN).why()
}

const DECIMALS: Partial<Record<Unit, number>> = { 'score-0-10': 1, 'persons-per-household': 1 }

/** A bare value in the reader's numerals, without its unit word. */
export function valueText(value: number, unit: Unit): string {
  return unit === 'ratio' ? formatPercent(value, lang()) : formatNumber(value, lang(), DECIMALS[unit] ?? 0)
}

/** A value with its unit. */
export function fullText(value: number, unit: Unit): string {
  return unit === 'ratio' ? valueText(value, unit) : `${valueText(value, unit)} ${unitWord(unit)}`
}

/** A number in words, marked where it was apportioned along the ledger: whatever is made of an estimate is one. */
export function roughly(text: string, { status }: Pick<Figure, 'status'>): string {
  return status === 'estimated' ? `≈ ${text}` : text
}

/** What stands in a cell: the number, or the word for its absence. */
export function cellText(figure: Pick<Figure, 'value' | 'unit' | 'status'>): string {
  if (figure.value === null) return gapWord(figure.status)
  const text = valueText(figure.value, figure.unit)
  return figure.status === 'provisional' ? m.figure_provisional({ value: text }) : roughly(text, figure)
}
