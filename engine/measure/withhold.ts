import type { AreaCode } from '../../domain/base/ids.ts'
import { parentOf } from '../../domain/area/rules.ts'

/**
 * Counts as they may be told, where each counts persons or what leads to them: none below the threshold, and none by which one could be
 * computed. A total that is told, less the parts of it that are told, is what is left: either nothing, or no less than the threshold; where it
 * would be less, the smallest part that is told is withheld too. With a place all that lies in it is withheld.
 * `counts`: places with all that lies in them; what a total has beyond the places in it lies at the place itself and is never told alone.
 * @example withhold({ TH50: 20, TH5001: 3, TH5002: 7, TH5003: 10 }, 5) // => { TH50: 20, TH5003: 10 }: with TH5002 told, TH5001 would be 3
 */
export function withhold(counts: ReadonlyMap<AreaCode, number>, threshold: number): Map<AreaCode, number> {
  const inside = Map.groupBy([...counts.keys()].filter(area => (counts.get(area) ?? 0) > 0), area => isTop(area, counts) ? null : parentOf(area))
  const told = new Map<AreaCode, number>()
  const open = (inside.get(null) ?? []).filter(area => (counts.get(area) as number) >= threshold)
  for (let area = open.pop(); area !== undefined; area = open.pop()) {
    const total = counts.get(area) as number
    told.set(area, total)
    open.push(...partsToTell(total, inside.get(area) ?? [], counts, threshold))
  }
  return told
}

function isTop(area: AreaCode, counts: ReadonlyMap<AreaCode, number>): boolean {
  const parent = parentOf(area)
  return parent === null || !counts.has(parent)
}

/** The smallest first, so that as little as possible goes. */
function partsToTell(total: number, parts: readonly AreaCode[], counts: ReadonlyMap<AreaCode, number>, threshold: number): AreaCode[] {
  const bySize = parts.toSorted((a, b) => (counts.get(a) as number) - (counts.get(b) as number) || (a < b ? -1 : 1))
  let left = total - bySize.reduce((sum, area) => sum + (counts.get(area) as number), 0), withheld = 0
  while (withheld < bySize.length && ((counts.get(bySize[withheld] as AreaCode) as number) < threshold || (left > 0 && left < threshold))) {
    left += counts.get(bySize[withheld++] as AreaCode) as number
  }
  return bySize.slice(withheld)
}
