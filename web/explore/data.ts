import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { areaApi } from '../../domain/area/api.ts'
import { commonOf } from '../../domain/area/rules.ts'
import { DatasetId } from '../../domain/base/ids.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import type { Choice } from '../../domain/dataset/dataset.form.ts'
import { ExploreFilter, recordApi } from '../../domain/record/api.ts'
import type { RecordCard } from '../../domain/record/record.ts'
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
  const places = placesOf(me, 'see-records'), area = choice.area ?? commonOf(places)
  const [place, { items }, found] = await Promise.all([call(fetch, areaApi.getArea, { params: { code: area } }), call(fetch, datasetApi.listDatasets), places.length > 0 ? loadFound(fetch, choice) : null])
  return { choice, typed, place, drawing: await drawPlace(fetch, place), badges: makeBadges(items.map(({ dataset }) => dataset)), found }
}

/** What is found of it: the list, the record that is looked at, and what there is to choose from. */
async function loadFound(fetch: Fetch, choice: ExploreChoice) {
  const [list, { items: counts }, card, types] = await Promise.all([
    call(fetch, recordApi.listCards, { query: { ...filterOf(choice), limit: PAGE, ...(choice.after && { after: choice.after }) } }),
    call(fetch, recordApi.countRecords, { query: {} }), findCard(fetch, choice.record, choice.purpose), listTypes(fetch, onlyDataset(choice)),
  ])
  return { list, counts, card, types }
}

/** A record that is gone, or is not for whoever looks, is looked at by nobody: the map stays. */
export async function findCard(fetch: Fetch, id: string | null, purpose: string | undefined): Promise<RecordCard | null> {
  if (!id || !/^[0-9a-f-]{16,36}$/.test(id)) return null
  const response = await fetch(addressOf(recordApi.getCard, { params: { start: startOf(id) }, query: { ...(purpose && { purpose }) } }))
  return response.ok ? await response.json() as RecordCard : null
}

async function listTypes(fetch: Fetch, id: DatasetId | null): Promise<Choice[]> {
  if (!id) return []
  const response = await fetch(addressOf(datasetApi.getDataset, { params: { id } }))
  if (!response.ok) return []
  const { form } = await response.json() as { form: { model: Parameters<typeof typeQuestionOf>[0] } | null }
  return (form && typeQuestionOf(form.model)?.choices) ?? []
}

export type ExplorePage = Awaited<ReturnType<typeof loadExplore>>
export type Found = NonNullable<ExplorePage['found']>
