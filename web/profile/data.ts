import { areaApi } from '../../domain/area/api.ts'
import type { AreaDetail, AreaLevel } from '../../domain/area/area.ts'
import { levelOf, parentOf } from '../../domain/area/rules.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import { profileApi } from '../../domain/profile/api.ts'
import { dayBefore, drawingOf, today, type Drawing } from '../area/boundaries.ts'
import { call } from '../base/api.ts'
import { loadQuality } from '../check/data.ts'
import { loadAreas, loadLayer, readChoice, type Layer, type MapChoice } from '../figure/data.ts'
import { loadIndicators, offered, yearsOf } from '../indicator/data.ts'

type Fetch = typeof globalThis.fetch

/** The number that the nation and its provinces are first shown by, and the one for the places below, where TPMAP is not public. */
export const USUAL_FOR_PROVINCES = 'target-poor'
export const USUAL_BELOW = 'registered-population'

export async function loadHome(fetch: Fetch, query: URLSearchParams) {
  const choice = readChoice(query, USUAL_FOR_PROVINCES)
  const profile = await call(fetch, profileApi.getProfile, { params: { code: 'TH' }, query: { asOf: choice.as } })
  const atlas = await loadAtlas(fetch, profile.area, ['province'], choice, query)
  return unwritten({ profile, atlas, choice })
}

export async function loadPlace(fetch: Fetch, code: string, query: URLSearchParams) {
  const as = query.get('as') === 'then' ? 'then' as const : 'now' as const
  const profile = await call(fetch, profileApi.getProfile, { params: { code }, query: { asOf: as } })
  const { area } = profile
  const levels = area.children.filter(each => each.count > 0 && isDrawn(area, each.level)).map(each => each.level)
  const usual = area.level === 'nation' ? USUAL_FOR_PROVINCES : USUAL_BELOW
  const choice = readChoice(query, usual)
  const [atlas, around, villages, quality] = await Promise.all([
    levels.length > 0 ? loadAtlas(fetch, area, levels, choice, query) : null,
    loadAround(fetch, area),
    area.level === 'tambon' ? loadAreas(fetch, code, 'village') : [],
    profile.sources.some(({ dataset }) => dataset) ? loadQuality(fetch, area.code).then(({ items }) => items) : [],
  ])
  return unwritten({ profile, atlas, around, villages, choice, usual, quality })
}

/**
 * SvelteKit writes down all that a page is made from, for a script that goes on with it. Our pages are documents and have none (`csr`),
 * and nobody would read it: what does not enumerate is not written, and the page itself sees it all the same.
 */
function unwritten<T extends object>(data: T): T {
  return Object.defineProperties({} as T, Object.fromEntries(Object.entries(data).map(([name, value]) => [name, { value }])))
}

/** Municipal parts and villages are listed, not drawn. */
function isDrawn(area: AreaDetail, level: AreaLevel): boolean {
  return ['province', 'district', 'tambon'].includes(level) && !(area.level === 'nation' && level !== 'province')
}

export type Atlas = { layer: Layer; groups: ReturnType<typeof offered>; years: string[]; levels: AreaLevel[] }

async function loadAtlas(fetch: Fetch, area: AreaDetail, levels: AreaLevel[], choice: MapChoice, query: URLSearchParams): Promise<Atlas> {
  const level = levels.find(each => each === query.get('level')) ?? levels[0]!
  const { items } = await loadIndicators(fetch)
  const years = yearsOf(items.find(each => each.id === choice.indicator), level)
  const asked = choice.year && years.includes(choice.year) ? choice : { ...choice, year: null }
  return { layer: await loadLayer(fetch, area, level, asked), groups: offered(items, level, choice.indicator), years, levels }
}

/** The code whose outline shows where a place lies: its own, or that of its tambon for a village. */
export function outlinedCode(area: Pick<AreaDetail, 'code' | 'level'>): AreaCode {
  return area.level === 'village' || area.level === 'village-part' ? area.code.slice(0, 8) as AreaCode : area.code
}

/** The outline of a place among its siblings, drawn from what lies inside its parent: a tambon's and its district's boundaries are one file. */
async function loadAround(fetch: Fetch, area: AreaDetail): Promise<Drawing | null> {
  const code = outlinedCode(area)
  const parentCode = parentOf(code)
  if (!parentCode) return null
  const { boundaries } = levelOf(code) === 'tambon' ? area : await call(fetch, areaApi.getArea, { params: { code: parentCode } })
  const href = boundaries.find(each => each.level === levelOf(code))?.href
  return href ? drawingOf(fetch, href, parentCode, area.validUntil ? dayBefore(area.validUntil) : today()) : null
}

export type Home = Awaited<ReturnType<typeof loadHome>>
export type Place = Awaited<ReturnType<typeof loadPlace>>
