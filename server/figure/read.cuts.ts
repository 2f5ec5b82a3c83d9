import type { IndicatorId, SourceId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import type { AreaLevel } from '../../domain/area/area.ts'
import { figureProblems } from '../../domain/figure/problems.ts'
import type { Indicator, Source } from '../../domain/indicator/indicator.ts'
import { TPMAP_FIGURES } from '../../domain/import/tpmap.ts'
import type { Reader } from '../db/db.ts'
import type { Inside } from '../import/read.inside.ts'
import { getIndicator, listSeries, listSources, type Series } from '../indicator/read.ts'

/** One number of all places: an indicator in a period from a source. `baseLength` is the length of the lowest codes that have it. */
export type Cut = { indicator: Indicator; source: Source; period: Period; baseLength: number }

export const CODE_LENGTH: Record<AreaLevel, number> = { nation: 2, province: 4, district: 6, tambon: 8, 'municipal-part': 8, village: 10, 'village-part': 12 }

export function cutKey(indicator: IndicatorId, source: SourceId, period: Period): string {
  return `${indicator} ${source} ${period}`
}

/**
 * The cuts of all indicators that were given, newest period first. `inside`: what was read of the asked places below the level that
 * is public; where a year has several sources, one that the asker sees inside comes first.
 */
export async function listCuts(tx: Reader, indicators: readonly Indicator[], inside: readonly Inside[] = []): Promise<Cut[]> {
  const sources = new Map((await listSources(tx)).map(source => [source.id, source]))
  const series = await listSeries(tx, indicators.map(indicator => indicator.id))
  return indicators.flatMap(indicator => withInside(indicator, cutsOf(indicator, series, sources), inside, sources))
}

function withInside(indicator: Indicator, open: readonly Cut[], inside: readonly Inside[], sources: ReadonlyMap<SourceId, Source>): Cut[] {
  if (inside.length === 0 || !TPMAP_FIGURES.some(figure => figure.indicator === indicator.id)) return [...open]
  const seen = inside.map(({ source, period, baseLength }): Cut =>
    open.find(cut => cut.source.id === source && cut.period === period) ?? { indicator, source: sources.get(source) as Source, period, baseLength })
  return [...new Set([...seen, ...open])].sort((a, b) => a.period < b.period ? 1 : a.period > b.period ? -1 : 0)
}

function cutsOf(indicator: Indicator, series: readonly Series[], sources: ReadonlyMap<SourceId, Source>): Cut[] {
  const own = Map.groupBy(series.filter(one => one.indicator === indicator.id), one => `${one.source} ${one.period}`)
  return [...own.values()].map(levels => {
    const { source, period } = levels[0] as Series
    return { indicator, source: sources.get(source) as Source, period, baseLength: Math.max(...levels.map(one => CODE_LENGTH[one.level])) }
  })
}

/** The cuts that a question means: one period (the latest, unless it says which) or all of them, of one source. */
export async function getCuts(
  tx: Reader, asked: { indicator: IndicatorId; source?: SourceId | undefined; period?: Period | 'all' | undefined }, inside: readonly Inside[],
): Promise<[Cut, ...Cut[]]> {
  const cuts = await listCuts(tx, [await getIndicator(tx, asked.indicator)], inside)
  const source = asked.source ?? cuts.find(cut => asked.period === undefined || asked.period === 'all' || cut.period === asked.period)?.source.id
  const ofSource = cuts.filter(cut => cut.source.id === source)
  const found = asked.period === 'all' ? ofSource.toReversed() : ofSource.filter(cut => asked.period === undefined || cut.period === asked.period).slice(0, 1)
  if (found.length === 0) throw unknownSeries(asked, cuts)
  return found as [Cut, ...Cut[]]
}

function unknownSeries({ indicator, period, source }: { indicator: IndicatorId; source?: SourceId | undefined; period?: string | undefined }, cuts: readonly Cut[]) {
  const known = cuts.map(cut => `${cut.period} (${cut.source.id})`).join(', ') || '–'
  return figureProblems.noSuchSeries({ indicator, period: [period ?? '', source ?? ''].filter(Boolean).join(' '), known })
}
