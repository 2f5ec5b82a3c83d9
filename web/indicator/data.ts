import { indicatorApi } from '../../domain/indicator/api.ts'
import type { IndicatorEntry, Topic } from '../../domain/indicator/indicator.ts'
import type { AreaLevel } from '../../domain/area/area.ts'
import { call } from '../base/api.ts'

type Fetch = typeof globalThis.fetch

export const loadIndicators = (fetch: Fetch) => call(fetch, indicatorApi.listIndicators)
export const loadIndicator = (fetch: Fetch, id: string) => call(fetch, indicatorApi.getIndicator, { params: { id } })

/** The order in which a reader meets the topics. */
export const TOPIC_ORDER: Topic[] = ['poverty', 'people', 'welfare', 'basic-needs', 'agriculture', 'community']

/** Indicators that hold figures of a level, by topic; one that is shown anyway stays among them. */
export function offered(entries: IndicatorEntry[], level: AreaLevel, shown = ''): { topic: Topic; entries: IndicatorEntry[] }[] {
  const here = entries.filter(entry => entry.id === shown || entry.series.some(series => series.levels.includes(level)))
  return TOPIC_ORDER.map(topic => ({ topic, entries: here.filter(entry => entry.topic === topic) })).filter(group => group.entries.length > 0)
}

/** Every year of an indicator at a level, the newest first. */
export function yearsOf(entry: IndicatorEntry | undefined, level?: AreaLevel): string[] {
  const series = entry?.series.filter(each => !level || each.levels.includes(level)) ?? []
  return [...new Set(series.flatMap(each => each.periods))].toSorted().toReversed()
}
