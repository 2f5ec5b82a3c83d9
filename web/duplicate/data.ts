import { redirect } from '@sveltejs/kit'
import { areaApi } from '../../domain/area/api.ts'
import { commonOf, isWithin } from '../../domain/area/rules.ts'
import { DatasetId, type AreaCode } from '../../domain/base/ids.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import { duplicateApi } from '../../domain/duplicate/api.ts'
import { PairState, type Pair } from '../../domain/duplicate/duplicate.ts'
import { RecordFilter } from '../../domain/record/api.ts'
import { may, placesOf, type Me } from '../access/data.ts'
import { call } from '../base/api.ts'
import { link } from '../base/link.ts'
import { findPlace } from '../dataset/data.place.ts'
import { loadRecord } from '../record/data.ts'

type Fetch = typeof globalThis.fetch
const PAGE = 30

/** Which pairs are looked at; it stands in the address. */
export type PairChoice = { dataset: DatasetId | null; area: AreaCode | undefined; state: PairState; after: string | null }
/** What was done just now, to be told and taken back. */
export type JustDone = { done: 'merged' | 'different'; batch: string | null; pair: string | null; dataset: string | null } | null

export function readPairChoice(query: URLSearchParams): PairChoice {
  return { dataset: DatasetId.safeParse(query.get('dataset')).data ?? null, area: RecordFilter.shape.area.safeParse(query.get('area') || undefined).data, state: PairState.safeParse(query.get('state')).data ?? 'open', after: query.get('after') }
}

export const pairQuery = (choice: PairChoice, change: Partial<Record<keyof PairChoice, string | null>> = {}): Record<string, string | null | undefined> => ({ ...choice, after: null, state: choice.state === 'open' ? null : choice.state, ...change })

function readDone(query: URLSearchParams): JustDone {
  const done = query.get('done')
  return done === 'merged' || done === 'different' ? { done, batch: query.get('batch'), pair: query.get('was'), dataset: query.get('of') } : null
}

/** The choice as the API takes it. */
const filterOf = ({ dataset, area, state }: PairChoice) => ({ state, ...(dataset && { dataset }), ...(area && { area }) })

export async function loadPairs(fetch: Fetch, me: Me, { searchParams }: URL) {
  const choice = readPairChoice(searchParams), typed = await findPlace(fetch, searchParams)
  if (typed.code) redirect(303, link('/duplicates', pairQuery(choice, { area: typed.code })))
  const area = choice.area ?? commonOf(placesOf(me, 'see-records')), here = choice.area ? { area: choice.area } : {}
  const [list, { items: counts }, { items: datasets }, searches, place] = await Promise.all([
    call(fetch, duplicateApi.listPairs, { query: { ...filterOf(choice), limit: PAGE, ...(choice.after && { after: choice.after }) } }), call(fetch, duplicateApi.countPairs, { query: here }), call(fetch, datasetApi.listDatasets),
    call(fetch, duplicateApi.listSearches, { query: here }), call(fetch, areaApi.getArea, { params: { code: area } }),
  ])
  const nameOf = (id: DatasetId) => datasets.find(({ dataset }) => dataset.id === id)?.dataset.name ?? { th: id, en: id }
  // a search is asked for where one answers for all of it
  const searched = placesOf(me, 'review-records').some(mine => isWithin(area, mine)) ? area : null
  const names = Object.fromEntries(list.items.map(({ dataset }) => [dataset, nameOf(dataset)]))
  return { choice, typed, list, place, counts: counts.map(count => ({ ...count, name: nameOf(count.dataset) })), names, searches: searches.items, searched, just: readDone(searchParams) }
}

export type Pairs = Awaited<ReturnType<typeof loadPairs>>

/** Two records side by side, and the pair after them. */
export async function loadPair(fetch: Fetch, id: string, { searchParams }: URL) {
  const choice = readPairChoice(searchParams), pair = await call(fetch, duplicateApi.getPair, { params: { pair: id } })
  const side = ({ id }: { id: Pair['one']['id'] }) => loadRecord(fetch, id, new URL('http://here/'))
  const [one, other, list] = await Promise.all([side(pair.one), side(pair.other), call(fetch, duplicateApi.listPairs, { query: { ...filterOf({ ...choice, state: 'open' }), limit: 1, after: `${pair.score}_${pair.id}` } })])
  return { choice, pair, one, other, next: list.items[0]?.id ?? null, just: readDone(searchParams) }
}

export type PairPage = Awaited<ReturnType<typeof loadPair>>

/** For the page of a record: what it could be the same as, and what went into it. */
export const findTwins = (fetch: Fetch, id: string) => call(fetch, duplicateApi.listTwins, { params: { id } })
export type Twins = Awaited<ReturnType<typeof findTwins>>

/** How many pairs wait for me, of all datasets. */
export async function countOpenPairs(fetch: Fetch, me: Me): Promise<number> {
  return may(me, 'review-records') ? (await call(fetch, duplicateApi.countPairs)).items.reduce((sum, { open }) => sum + open, 0) : 0
}
