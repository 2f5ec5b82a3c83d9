import { SourceId, type IndicatorId } from '../base/ids.ts'
import type { Source } from '../indicator/indicator.ts'
import { FiguresOf, type TableSubject } from './table.ts'

const FIGURES = 'figures:'

export const figuresOf = ({ id }: Pick<Source, 'id'>): FiguresOf => FiguresOf.parse(FIGURES + id)

/** The source whose figures a table brings; null: its rows become records. @example sourceOf('figures:oae-rice') // => 'oae-rice' */
export function sourceOf(subject: TableSubject): SourceId | null {
  return subject.startsWith(FIGURES) ? SourceId.parse(subject.slice(FIGURES.length)) : null
}

/** Tables bring figures of any source but those that come another way: counts follow their records, TPMAP its own files. */
export function takesTables({ id, dataset }: Pick<Source, 'id' | 'dataset'>): boolean {
  return dataset === undefined && !/(?:^|-)tpmap-/.test(id)
}

/** A number that follows from two others of the same place, source and year: no table brings it, it is worked out whenever one of them changes. */
export type Derived = { numerator: IndicatorId; times: number; denominator: IndicatorId }
export const DERIVED: Partial<Record<string, Derived>> = {
  // kilograms of paddy over planted rai
  'rice-yield': { numerator: 'rice-production-tonnes' as IndicatorId, times: 1000, denominator: 'rice-planted-rai' as IndicatorId },
}
