import { areaApi } from '../../domain/area/api.ts'
import type { AreaHit } from '../../domain/area/area.ts'
import { AreaCode } from '../../domain/base/ids.ts'
import { call } from '../base/api.ts'

/** The place that was typed: by its code, by a name that only one place has, or several places to choose from. */
export type Typed = { typed: string; code: AreaCode | null; found: AreaHit[] }

const MOST_FOUND = 8

export async function findPlace(fetch: typeof globalThis.fetch, query: URLSearchParams): Promise<Typed> {
  const typed = (query.get('place') ?? '').trim().slice(0, 100)
  const code = AreaCode.safeParse(typed.toUpperCase()).data ?? null
  if (!typed || code) return { typed, code, found: [] }
  const { items } = await call(fetch, areaApi.listAreas, { query: { q: typed, limit: MOST_FOUND } })
  return { typed, code: items.length === 1 ? items[0]!.code : null, found: items }
}
