import { ckmeans, quantileSorted } from 'simple-statistics'

/** How values are cut into classes for a map: equal numbers of places, equal steps, or natural groups (Jenks). */
export const BREAK_METHODS = ['quantile', 'equal', 'jenks'] as const
export type BreakMethod = typeof BREAK_METHODS[number]

/**
 * The inner limits between classes, ascending and distinct: a value belongs to the class above every limit that it reaches.
 * Fewer limits come back than asked for where the values do not differ enough.
 * Jenks: optimal one-dimensional k-means, Wang and Song 2011 (ckmeans).
 * @example breaksOf([1, 2, 3, 4], 2, 'quantile') // => [2.5]
 */
export function breaksOf(values: readonly number[], classes: number, method: BreakMethod): number[] {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[0], sorted.at(-1)]
  if (low === undefined || high === undefined || low === high) return []
  const limits = METHODS[method](sorted, Math.min(classes, new Set(sorted).size))
  return [...new Set(limits)].filter(limit => limit > low && limit <= high)
}

const METHODS: Record<BreakMethod, (sorted: number[], classes: number) => number[]> = {
  quantile: (sorted, classes) => inner(classes).map(i => quantileSorted(sorted, i / classes)),
  equal: (sorted, classes) => inner(classes).map(i => sorted[0]! + (sorted.at(-1)! - sorted[0]!) * i / classes),
  jenks: (sorted, classes) => ckmeans(sorted, classes).slice(1).map(group => group[0]!),
}

/** @example inner(3) // => [1, 2] */
function inner(classes: number): number[] {
  return Array.from({ length: classes - 1 }, (_, i) => i + 1)
}

/** The class of a value, 0 the lowest. @example classOf(5, [2, 5, 9]) // => 2 */
export function classOf(value: number, breaks: readonly number[]): number {
  let k = 0
  while (k < breaks.length && value >= breaks[k]!) k++
  return k
}
