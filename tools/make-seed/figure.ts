import { writeRows } from './out.ts'

/** One number at the level of its source; sums are made when it is loaded. A count has no denominator. */
export type FigureRow = { code: string; period: string; indicator: string; numerator: number; denominator: number | '' }

const BUDDHIST_ERA_OFFSET = 543

export function writeFigures(source: string, rows: readonly FigureRow[]): void {
  writeRows(`figure/${source}.csv.gz`, ['code', 'period', 'indicator', 'numerator', 'denominator'], rows)
}

export function count(code: string, period: string, indicator: string, numerator: number): FigureRow {
  return { code, period, indicator, numerator, denominator: '' }
}

export function commonEra(buddhistYear: string): string {
  return String(Number(buddhistYear) - BUDDHIST_ERA_OFFSET)
}
