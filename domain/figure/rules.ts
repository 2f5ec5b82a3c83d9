import type { AreaCode } from '../base/ids.ts'
import { lastDayOf, type Period } from '../base/period.ts'
import type { AreaChange } from '../area/area.ts'
import { isWithin } from '../area/rules.ts'
import type { IndicatorKind } from '../indicator/indicator.ts'

/** The number to show: a count as it is, anything else over its base. Over a base of nothing there is no value. */
export function valueOf(kind: IndicatorKind, numerator: number, denominator: number | null): number | null {
  if (kind === 'count') return numerator
  return denominator === null || denominator === 0 ? null : numerator / denominator
}

/**
 * Ranks as in a competition: equal values share a rank, and the next rank counts them all (1, 2, 2, 4). Gaps have none.
 * @example ranksOf([5, 9, 5, null], 'high') // => [2, 1, 2, null]
 */
export function ranksOf(values: readonly (number | null)[], best: 'high' | 'low'): (number | null)[] {
  const sorted = values.filter(value => value !== null).sort((a, b) => best === 'high' ? b - a : a - b)
  const first = new Map<number, number>()
  sorted.forEach((value, i) => { if (!first.has(value)) first.set(value, i + 1) })
  return values.map(value => value === null ? null : first.get(value) as number)
}

export type Break = { area: AreaCode; period: Period; change: number }

/** From which periods on an area is not the ground it was in the period before: one for each line of the ledger that crosses its border. */
export function breaksOf(areas: readonly AreaCode[], periods: readonly Period[], changes: readonly AreaChange[]): Break[] {
  const ordered = [...periods].sort()
  return changes.flatMap(change => {
    const period = ordered.find((period, i) => i > 0 && change.day <= lastDayOf(period) && change.day > lastDayOf(ordered[i - 1] as Period))
    return period === undefined ? [] : areas.filter(area => crosses(change, area)).map(area => ({ area, period, change: change.id }))
  })
}

/** Does ground leave or enter the area by this change? A split inside it does not count. */
function crosses({ predecessor, successor }: AreaChange, area: AreaCode): boolean {
  return predecessor !== null && successor !== null && isWithin(predecessor, area) !== isWithin(successor, area)
}

/** What a page of comparison shows, in this order: enough to tell places apart, few enough to read. */
export const COMPARED = [
  'registered-population', 'households-surveyed', 'persons-surveyed', 'target-poor', 'poor', 'poor-households',
  'target-poor-health', 'target-poor-living', 'target-poor-education', 'target-poor-income', 'target-poor-access',
  'welfare-validated', 'elderly', 'disabled', 'chronic', 'happiness', 'bmn2560-22', 'census-household-size', 'rice-planted-rai', 'rice-yield',
] as const
