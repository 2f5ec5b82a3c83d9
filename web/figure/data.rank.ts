import { areaApi } from '../../domain/area/api.ts'
import type { AreaHit, AreaLevel } from '../../domain/area/area.ts'
import { levelOf, NATION } from '../../domain/area/rules.ts'
import { AreaCode, IndicatorId } from '../../domain/base/ids.ts'
import type { Period } from '../../domain/base/period.ts'
import { figureApi } from '../../domain/figure/api.ts'
import type { Figure } from '../../domain/figure/figure.ts'
import type { IndicatorEntry } from '../../domain/indicator/indicator.ts'
import { call } from '../base/api.ts'
import { loadIndicators, offered, yearsOf } from '../indicator/data.ts'
import { loadAreas } from './data.ts'

type Fetch = typeof globalThis.fetch

/** What can be ranked, from above; villages and parts of municipalities hold no public figures. */
export const RANKED_LEVELS = ['province', 'district', 'tambon'] as const satisfies AreaLevel[]
export type RankedLevel = typeof RANKED_LEVELS[number]
export const ORDERS = ['high', 'low', 'name', 'code'] as const
export type Order = typeof ORDERS[number]

/** What the reader asked for; it stands in the address of the page. */
export type RankChoice = { indicator: string; level: RankedLevel; area: AreaCode; year: string | null; order: Order; as: 'now' | 'then'; after: string | null }

const USUAL = 'target-poor'
const DISTRICT_CODE_LENGTH = 6
const PAGE = 100

/** An answer that makes no sense is turned into the nearest one that does: the districts of a district become its tambons. */
export function readRankChoice(query: URLSearchParams): RankChoice {
  const area = AreaCode.safeParse(query.get('area')?.slice(0, DISTRICT_CODE_LENGTH).toUpperCase()).data ?? NATION
  const levels = levelsInside(area)
  const year = query.get('year') ?? ''
  return {
    indicator: IndicatorId.safeParse(query.get('indicator')).data ?? USUAL, area,
    level: levels.find(each => each === query.get('level')) ?? levels[0]!,
    year: /^\d{4}$/.test(year) ? year : null, after: query.get('after') || null,
    order: ORDERS.find(each => each === query.get('order')) ?? 'high', as: query.get('as') === 'then' ? 'then' : 'now',
  }
}

/** The levels below a place. @example levelsInside('TH50' as AreaCode) // => ['district', 'tambon'] */
export function levelsInside(area: AreaCode): RankedLevel[] {
  return RANKED_LEVELS.slice(RANKED_LEVELS.findIndex(level => level === levelOf(area)) + 1)
}

/** The choice as it stands in an address: what is usual is left out. */
export function rankQuery(choice: RankChoice): Record<string, string | null> {
  return {
    indicator: choice.indicator, level: choice.level, area: choice.area === NATION ? null : choice.area, year: choice.year,
    order: choice.order === 'high' ? null : choice.order, as: choice.as === 'then' ? 'then' : null, after: choice.after,
  }
}

export async function loadRank(fetch: Fetch, query: URLSearchParams) {
  const asked = readRankChoice(query)
  const [{ items, sources }, place, places] = await Promise.all([
    loadIndicators(fetch), call(fetch, areaApi.getArea, { params: { code: asked.area } }), loadPlaces(fetch, asked.area),
  ])
  const entry = items.find(each => each.id === asked.indicator) ?? items.find(each => each.id === USUAL)!
  const years = yearsOf(entry, asked.level)
  const choice = { ...asked, indicator: entry.id, year: years.find(each => each === asked.year) ?? years[0] ?? null }
  const ranks = choice.year === null ? null : await loadRanks(fetch, choice)
  return { choice, entry, place, places, years, sources: sources.filter(each => entry.series.some(series => series.source === each.id)), groups: offered(items, 'province'), others: offered(items, choice.level), ranks }
}

/** A page of the ranking, the highest value of all (so that bars keep their scale from page to page), and the number of the whole. */
async function loadRanks(fetch: Fetch, choice: RankChoice) {
  const asked = { area: choice.area, indicator: choice.indicator, period: choice.year as Period, asOf: choice.as }
  const isTop = choice.order === 'high' && !choice.after
  const [page, top, whole] = await Promise.all([
    call(fetch, figureApi.listRanks, { query: { ...asked, level: choice.level, order: choice.order, limit: PAGE, ...(choice.after ? { after: choice.after } : {}) } }),
    isTop ? null : call(fetch, figureApi.listRanks, { query: { ...asked, level: choice.level, order: 'high', limit: 1 } }),
    call(fetch, figureApi.listFigures, { query: asked }),
  ])
  return { page, top: (top ?? page).items[0] ?? null, whole: whole.values[0] ?? null }
}

/** The places that a ranking may stand within: the provinces, and the districts of the province in which the reader is. */
async function loadPlaces(fetch: Fetch, area: AreaCode): Promise<{ provinces: AreaHit[]; districts: AreaHit[] }> {
  const province = area.length > NATION.length ? area.slice(0, 4) : null
  const [provinces, districts] = await Promise.all([loadAreas(fetch, NATION, 'province'), province ? loadAreas(fetch, province, 'district') : []])
  return { provinces, districts }
}

/** Where the reference line stands: the rate of the whole; for a count, what each ranked place would have if all had the same. */
export function referenceOf(entry: Pick<IndicatorEntry, 'kind'>, whole: Pick<Figure, 'value'> | null, ranked: number): number | null {
  if (!whole || whole.value === null || ranked === 0) return null
  return entry.kind === 'count' ? whole.value / ranked : whole.value
}

export type Rank = Awaited<ReturnType<typeof loadRank>>
export type RankPage = NonNullable<Rank['ranks']>
