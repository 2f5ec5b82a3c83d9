import { areaApi } from '../../domain/area/api.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { AreaLevel } from '../../domain/area/area.ts'
import type { IndicatorId } from '../../domain/base/ids.ts'
import { figureApi } from '../../domain/figure/api.ts'
import type { IndicatorEntry } from '../../domain/indicator/indicator.ts'
import { call } from '../base/api.ts'
import { loadIndicator } from '../indicator/data.ts'
import { loadLayer, readChoice, type Layer, type LayerRow } from './data.ts'

type Fetch = typeof globalThis.fetch

const ENDS = 5

/** All that the page of one number shows: its definition, the nation over the years, and its provinces. */
export async function loadNumber(fetch: Fetch, id: string, query: URLSearchParams) {
  const { indicator, sources } = await loadIndicator(fetch, id)
  const choice = { ...readChoice(query, id), indicator: id }
  const hasProvinces = indicator.series.some(each => each.levels.includes('province'))
  const [nation, years] = await Promise.all([
    call(fetch, areaApi.getArea, { params: { code: NATION } }),
    indicator.series.length > 0 ? call(fetch, figureApi.listFigures, { query: { area: NATION, indicator: indicator.id as IndicatorId, period: 'all' } }) : null,
  ])
  const layer: Layer | null = hasProvinces ? await loadLayer(fetch, nation, 'province', choice) : null
  return { indicator, sources, nation: years?.values ?? [], breaks: years?.breaks ?? [], layer, ends: layer ? endsOf(layer.rows) : null, files: filesOf(indicator) }
}

/** The highest and the lowest places; fewer where there are not enough for both. */
export function endsOf(rows: LayerRow[]): { top: LayerRow[]; bottom: LayerRow[] } {
  const known = rows.filter(row => row.figure.value !== null).toSorted((a, b) => b.figure.value! - a.figure.value!)
  const count = Math.min(ENDS, Math.floor(known.length / 2))
  return { top: known.slice(0, count), bottom: known.slice(known.length - count) }
}

/** One line per level and source, one file per year. */
export function filesOf(entry: Pick<IndicatorEntry, 'series'>): { source: string; level: AreaLevel; periods: string[] }[] {
  return entry.series.flatMap(({ source, levels, periods }) => levels.map(level => ({ source, level, periods })))
}

export type NumberPage = Awaited<ReturnType<typeof loadNumber>>
