import type { IndicatorId, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import type { AreaLevel } from '../../domain/area/area.ts'
import type { Indicator, Source } from '../../domain/indicator/indicator.ts'
import { TPMAP_FIGURES } from '../../domain/import/tpmap.ts'
import type { Inside } from '../import/read.inside.ts'
import type { Series } from '../indicator/read.ts'

/** One number of all places: an indicator in a period from a source. `baseLength` is the length of the lowest codes that have it. */
export type Cut = { indicator: Indicator; source: Source; period: Period; baseLength: number }

export const CODE_LENGTH: Record<AreaLevel, number> = { nation: 2, province: 4, district: 6, tambon: 8, 'municipal-part': 8, village: 10, 'village-part': 12 }

export function cutKey(indicator: IndicatorId, source: SourceId, period: Period): string {
  return `${indicator} ${source} ${period}`
}

/** What anyone may see of an indicator, from its series in their order. */
export function openCuts(indicator: Indicator, series: readonly Series[], sources: ReadonlyMap<SourceId, Source>): Cut[] {
  return [...Map.groupBy(series, one => `${one.source} ${one.period}`).values()].map(levels => {
    const { source, period } = levels[0] as Series
    return { indicator, source: sources.get(source) as Source, period, baseLength: Math.max(...levels.map(one => CODE_LENGTH[one.level])) }
  })
}

/** With what was read below the level that is public, before the open cuts of its year. */
export function withInside(indicator: Indicator, open: readonly Cut[], inside: readonly Inside[], sources: ReadonlyMap<SourceId, Source>): readonly Cut[] {
  if (inside.length === 0 || !TPMAP_FIGURES.some(figure => figure.indicator === indicator.id)) return open
  const seen = inside.map(({ source, period, baseLength }): Cut =>
    open.find(cut => cut.source.id === source && cut.period === period) ?? { indicator, source: sources.get(source) as Source, period, baseLength })
  return [...new Set([...seen, ...open])].sort((a, b) => a.period < b.period ? 1 : a.period > b.period ? -1 : 0)
}
