import { redirect } from '@sveltejs/kit'
import { areaApi } from '../../domain/area/api.ts'
import { fullName, isWithin } from '../../domain/area/rules.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import { seenApi } from '../../domain/record/api.seen.ts'
import type { QueryOf } from '../../domain/base/api.ts'
import { findExplanation, placesOf, type Me } from '../access/data.ts'
import { call } from '../base/api.ts'
import { lang, link } from '../base/link.ts'
import { findPlace } from '../dataset/data.place.ts'

type Asked = Omit<QueryOf<typeof seenApi.listPictures>, 'limit'>
/** What was chosen; it stands in the address. What makes no sense there is left out. */
export type GalleryChoice = { [Name in keyof Asked]?: Asked[Name] | undefined }

const { shape } = seenApi.listPictures.query
const NAMES = ['area', 'dataset', 'side', 'from', 'until', 'purpose', 'after'] as const
const PAGE = 24

export function readGalleryChoice(query: URLSearchParams): GalleryChoice {
  return Object.fromEntries(NAMES.map(name => [name, shape[name].safeParse(query.get(name) || undefined).data]))
}

/** The choice as it stands in an address, on its first page. */
export const galleryQuery = (choice: GalleryChoice, change: Record<string, string | null> = {}): Record<string, string | null | undefined> => ({ ...choice, after: null, ...change })

/** Photographs of my places, with what they can be chosen by. */
export async function loadGallery(fetch: typeof globalThis.fetch, me: Me, { searchParams }: URL) {
  const choice = readGalleryChoice(searchParams), typed = await findPlace(fetch, searchParams), places = placesOf(me, 'see-records')
  if (typed.code) redirect(303, link('/gallery', galleryQuery(choice, { area: typed.code })))
  const query = Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined))
  const [pictures, { items }, place] = await Promise.all([
    call(fetch, seenApi.listPictures, { query: { ...query, limit: PAGE } }), call(fetch, datasetApi.listDatasets),
    choice.area ? call(fetch, areaApi.getArea, { params: { code: choice.area } }) : null,
  ])
  const isMine = place === null || places.some(mine => isWithin(place.code, mine) || isWithin(mine, place.code))
  return {
    choice, typed, pictures, where: place && fullName(place, lang()), why: place && !isMine ? await findExplanation(fetch, me, place.code, 'see-records') : null,
    datasets: items.filter(({ area, form }) => form !== null && places.some(mine => isWithin(mine, area) || isWithin(area, mine))).map(({ dataset }) => dataset),
  }
}
export type Gallery = Awaited<ReturnType<typeof loadGallery>>
