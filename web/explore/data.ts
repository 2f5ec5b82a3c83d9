import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { areaApi } from '../../domain/area/api.ts'
import { commonOf } from '../../domain/area/rules.ts'
import { DatasetId } from '../../domain/base/ids.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import type { Choice } from '../../domain/dataset/dataset.form.ts'
import { ExploreFilter, recordApi } from '../../domain/record/api.ts'
import type { OpenCard, RecordCard } from '../../domain/record/record.ts'
import { startOf, typeQuestionOf } from '../../domain/record/rules.explore.ts'
import { placesOf, type Me } from '../access/data.ts'
import { addressOf, call } from '../base/api.ts'
import { link } from '../base/link.ts'
import { findPlace } from '../dataset/data.place.ts'
import { drawPlace } from '../record/data.outline.ts'
import { makeBadges } from './badge.ts'

type Fetch = typeof globalThis.fetch
export const PAGE = 40
const { shape } = ExploreFilter
type Name = keyof typeof shape

/** What is chosen, as it stands in the address. What makes no sense there is left out. */
export type ExploreChoice = ExploreFilter & { record: string | null; after: string | null }

export function readExploreChoice(query: URLSearchParams): ExploreChoice {
  const read = <K extends Name>(name: K) => shape[name].safeParse(query.getAll(name).filter(Boolean).join(',') || undefined).data as z.infer<typeof ExploreFilter>[K]
  const filter = Object.fromEntries((Object.keys(shape) as Name[]).map(name => [name, read(name) || undefined]).filter(([, value]) => value !== undefined)) as ExploreFilter
  return { ...filter, record: query.get('record'), after: query.get('after') }
}

/** The choice as the API takes it. */
export function filterOf({ record: _, after: __, ...filter }: ExploreChoice): ExploreFilter {
  return filter
}

/** The choice as it stands in an address; another choice begins at its first page. */
export function exploreQuery(choice: ExploreChoice, change: Partial<Record<keyof ExploreChoice, string | null>> = {}): Record<string, string | null | undefined> {
  return { ...choice, after: null, ...change }
}

/** Types are those of one dataset: of several they would mean something else in each. */
export const onlyDataset = ({ datasets }: Pick<ExploreFilter, 'datasets'>): DatasetId | null => datasets && !datasets.includes(',') ? DatasetId.safeParse(datasets).data ?? null : null

export async function loadExplore(fetch: Fetch, me: Me | null, { searchParams }: URL) {
  const choice = readExploreChoice(searchParams), typed = await findPlace(fetch, searchParams)
  if (typed.code) redirect(303, link('/explore', exploreQuery(choice, { area: typed.code, box: null })))
  if (onlyDataset(choice) === null) delete choice.type
  const places = placesOf(me, 'see-records'), isOpen = places.length === 0, area = choice.area ?? commonOf(places)
  if (isOpen) for (const name of ['only', 'state', 'purpose'] as const) delete choice[name]
  const [place, { items }, found] = await Promise.all([call(fetch, areaApi.getArea, { params: { code: area } }), call(fetch, datasetApi.listDatasets), loadFound(fetch, choice, isOpen)])
  return { choice, typed, place, drawing: await drawPlace(fetch, place), badges: makeBadges(items.map(({ dataset }) => dataset)), found }
}

/** What is found of it: the list, the record that is looked at, and what there is to choose from. `isOpen`: what anyone may see, for whoever sees no more. */
async function loadFound(fetch: Fetch, choice: ExploreChoice, isOpen: boolean) {
  const [list, counts, card, types] = await Promise.all([
    listOf(fetch, isOpen, choice, choice.after), countsOf(fetch, isOpen), findCard(fetch, isOpen, choice.record, choice.purpose), listTypes(fetch, onlyDataset(choice)),
  ])
  return { isOpen, list, counts, card, types }
}

/** A record beside the map; of one that is open to everyone, no more than that. */
export type Card = OpenCard & Partial<Pick<RecordCard, 'faults' | 'state' | 'photo'>>
export type List = { items: Card[]; count: number; next: string | null }

export function listOf(fetch: Fetch, isOpen: boolean, choice: ExploreChoice, after: string | null): Promise<List> {
  const query = { ...filterOf(choice), limit: PAGE, ...(after && { after }) }
  return isOpen ? call(fetch, recordApi.listOpenCards, { query }) : call(fetch, recordApi.listCards, { query })
}

async function countsOf(fetch: Fetch, isOpen: boolean): Promise<{ dataset: DatasetId; records: number }[]> {
  return isOpen ? (await call(fetch, recordApi.listOpenCards, { query: { limit: 1 } })).counts : (await call(fetch, recordApi.countRecords, { query: {} })).items
}

/** A record that is gone, or is not for whoever looks, is looked at by nobody: the map stays. */
export async function findCard(fetch: Fetch, isOpen: boolean, id: string | null, purpose: string | undefined): Promise<Card | null> {
  if (!id || !/^[0-9a-f-]{16,36}$/.test(id)) return null
  const params = { start: startOf(id) }, response = await fetch(isOpen ? addressOf(recordApi.getOpenCard, { params }) : addressOf(recordApi.getCard, { params, query: { ...(purpose && { purpose }) } }))
  return response.ok ? await response.json() as Card : null
}

async function listTypes(fetch: Fetch, id: DatasetId | null): Promise<Choice[]> {
  if (!id) return []
  const response = await fetch(addressOf(datasetApi.getDataset, { params: { id } }))
  if (!response.ok) return []
  const { form } = await response.json() as { form: { model: Parameters<typeof typeQuestionOf>[0] } | null }
  return (form && typeQuestionOf(form.model)?.choices) ?? []
}

export type ExplorePage = Awaited<ReturnType<typeof loadExplore>>
export type Found = ExplorePage['found']
