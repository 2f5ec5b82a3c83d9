import { breaksOf, classOf, type BreakMethod } from '../../engine/stats/breaks.ts'
import type { Indicator } from '../../domain/indicator/indicator.ts'

/** Earth for hardship, rice for what is wished for, water for counts without a direction. */
export type Ramp = 'soil' | 'rice' | 'water'

/** Limits between the classes of a map, rounded to what the legend says, and the shade of each class (0 light to 6 deep). */
export type Scale = { ramp: Ramp; breaks: number[]; shades: number[] }

export const FEWEST_CLASSES = 5
export const MOST_CLASSES = 7
const DEEPEST = 6

export function scaleOf(values: readonly number[], indicator: Pick<Indicator, 'better' | 'kind'>, classes: number, method: BreakMethod): Scale {
  const raw = breaksOf(values, classes, method).map(limit => tidy(limit, indicator.kind))
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const breaks = [...new Set(raw)].filter(limit => limit > least && limit <= most)
  return { ramp: rampOf(indicator), breaks, shades: shadesOf(breaks.length + 1) }
}

export function rampOf(indicator: Pick<Indicator, 'better'>): Ramp {
  return indicator.better === 'lower' ? 'soil' : indicator.better === 'higher' ? 'rice' : 'water'
}

/** The shade in which a value is painted. */
export function shadeOf(scale: Scale, value: number): number {
  return scale.shades[classOf(value, scale.breaks)] ?? 0
}

/** Shades spread over the whole ramp. @example shadesOf(5) // => [0, 2, 3, 5, 6] */
export function shadesOf(classes: number): number[] {
  return classes === 1 ? [DEEPEST / 2] : Array.from({ length: classes }, (_, i) => Math.round(i * DEEPEST / (classes - 1)))
}

/** A limit as the legend prints it: a ratio to a tenth of a percent (a hundredth below one), others to three figures. */
export function tidy(limit: number, kind: Indicator['kind']): number {
  if (kind === 'ratio') return limit < 0.01 ? Math.round(limit * 1e4) / 1e4 : Math.round(limit * 1e3) / 1e3
  return Number(limit.toPrecision(3))
}
