import { areaApi } from '../../domain/area/api.ts'
import type { ReplyOf } from '../../domain/base/api.ts'
import { glassApi } from '../../domain/review/api.glass.ts'
import { addressOf, call } from '../base/api.ts'

type Fetch = typeof globalThis.fetch
export type GlassList = ReplyOf<typeof glassApi.listOwnGlass>['items']

export const listOwnGlass = async (fetch: Fetch): Promise<GlassList> => (await call(fetch, glassApi.listOwnGlass)).items
/** What of my places is open to somebody elsewhere, or was in the last days. */
export async function listGlassHere(fetch: Fetch): Promise<GlassList> {
  return (await call(fetch, glassApi.listGlass)).items.filter(({ holds, openedAt }) => holds || Date.now() - Date.parse(openedAt) < NEWS_MS)
}
const NEWS_MS = 7 * 86_400_000

/** The record behind the glass, as a page of a record has it; null: nothing is shown, for whatever reason. */
export async function loadThrough(fetch: Fetch, id: string) {
  const response = await fetch(addressOf(glassApi.lookThrough, { params: { id } }))
  if (!response.ok) return null
  const seen = await response.json() as ReplyOf<typeof glassApi.lookThrough>
  return { ...seen, purpose: seen.glass.reason, place: await call(fetch, areaApi.getArea, { params: { code: seen.record.area } }), near: null, drawing: null }
}
export type Through = NonNullable<Awaited<ReturnType<typeof loadThrough>>>
