import { areaApi } from '../../domain/area/api.ts'
import { AreaLevel, type AreaHit } from '../../domain/area/area.ts'
import { call } from '../base/api.ts'

type Fetch = typeof globalThis.fetch

const MOST_TYPED = 100
const PAGE = 40

/** The levels that a search can be narrowed to, from above. */
export const SEARCHED_LEVELS = ['province', 'district', 'tambon', 'municipal-part', 'village'] as const satisfies AreaLevel[]

export type SearchChoice = { q: string; level: AreaLevel | null; after: string | null }

export function readSearch(query: URLSearchParams): SearchChoice {
  return {
    q: (query.get('q') ?? '').trim().slice(0, MOST_TYPED),
    level: SEARCHED_LEVELS.find(each => each === query.get('level')) ?? null, after: query.get('after') || null,
  }
}

/** Hits by level; the level of the best hit stands first, and within a level the best stands first. */
export function groupHits(hits: AreaHit[]): { level: AreaLevel; hits: AreaHit[] }[] {
  return [...new Set(hits.map(each => each.level))].map(level => ({ level, hits: hits.filter(each => each.level === level) }))
}

export async function loadSearch(fetch: Fetch, query: URLSearchParams) {
  const choice = readSearch(query)
  if (!choice.q) return { ...choice, groups: [], next: null }
  const asked = { q: choice.q, limit: PAGE, ...(choice.level ? { level: choice.level } : {}), ...(choice.after ? { after: choice.after } : {}) }
  const { items, next } = await call(fetch, areaApi.listAreas, { query: asked })
  return { ...choice, groups: groupHits(items), next }
}

export type Search = Awaited<ReturnType<typeof loadSearch>>
