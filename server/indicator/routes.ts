import type { indicatorApi } from '../../domain/indicator/api.ts'
import type { Handlers } from '../http/handler.ts'
import { entryOf, getIndicator, listIndicators, listSeries, listSources } from './read.ts'

export const indicatorRoutes: Handlers<typeof indicatorApi> = {
  listIndicators: async ({ tx }) => {
    const [indicators, series, sources] = [await listIndicators(tx), await listSeries(tx), await listSources(tx)]
    return { items: indicators.map(indicator => entryOf(indicator, series)), sources }
  },
  getIndicator: async ({ tx, params }) => {
    const indicator = await getIndicator(tx, params.id)
    const entry = entryOf(indicator, await listSeries(tx, [params.id]))
    const sources = await listSources(tx)
    return { indicator: entry, sources: sources.filter(source => entry.series.some(series => series.source === source.id)) }
  },
}
