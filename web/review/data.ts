import { redirect } from '@sveltejs/kit'
import { areaApi } from '../../domain/area/api.ts'
import { commonOf, isWithin } from '../../domain/area/rules.ts'
import { DatasetId, type AreaCode, type RecordId } from '../../domain/base/ids.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import { recordApi, RecordFilter } from '../../domain/record/api.ts'
import { RecordState } from '../../domain/record/record.ts'
import { ladderOf, LATE_DAYS } from '../../domain/record/rules.public.ts'
import { reviewApi } from '../../domain/review/api.ts'
import { ReviewAct } from '../../domain/review/review.ts'
import { may, placesOf, type Me } from '../access/data.ts'
import { call } from '../base/api.ts'
import { link } from '../base/link.ts'
import { findPlace } from '../dataset/data.place.ts'
import { loadRecord } from '../record/data.ts'

type Fetch = typeof globalThis.fetch
const PAGE = 50

/** What is to be looked at; it stands in the address. */
export type QueueChoice = { dataset: DatasetId | null; area: AreaCode | undefined; /** Null: whatever it is. */ state: RecordState | null; after: string | null } & Pick<RecordFilter, 'only' | 'from' | 'until' | 'maker' | 'check'>
/** Of whatever state. */
const ANY = 'any'

/** Whoever verifies begins with what was approved, anybody else with what came. */
export function readChoice(me: Me, query: URLSearchParams): QueueChoice {
  const { shape } = RecordFilter, read = <N extends 'area' | 'only' | 'from' | 'until' | 'maker' | 'check'>(name: N) => shape[name].safeParse(query.get(name) || undefined).data as RecordFilter[N]
  return {
    dataset: DatasetId.safeParse(query.get('dataset')).data ?? null, area: read('area'), only: read('only'), from: read('from'), until: read('until'), maker: read('maker'), check: read('check'),
    state: query.get('state') === ANY ? null : RecordState.safeParse(query.get('state')).data ?? (may(me, 'verify-records') ? 'approved' : 'received'), after: query.get('after'),
  }
}

export function queueQuery(choice: QueueChoice, change: Partial<Record<keyof QueueChoice, string | null>> = {}): Record<string, string | null | undefined> {
  return { ...choice, state: choice.state ?? ANY, after: null, ...change }
}

/** What a form of acts on all that is shown carries along. */
export function fieldsOf({ dataset, area, state, only, from, until, maker, check }: QueueChoice): [string, string | null | undefined][] {
  return Object.entries({ dataset, area, state, only, from, until, maker, check })
}

/** Where a form goes: the page keeps its address, and with it what is looked at. */
export function actionOf(name: 'act' | 'undo', choice: QueueChoice, more: Record<string, string | null> = {}): string {
  const kept = Object.entries({ ...queueQuery(choice, { after: choice.after }), ...more }).filter((pair): pair is [string, string] => Boolean(pair[1]))
  return `?/${name}&${new URLSearchParams(kept)}`
}

/** The queue of one dataset, with the counts of all: what is most of comes first. */
export async function loadQueue(fetch: Fetch, me: Me, { searchParams }: URL) {
  const choice = readChoice(me, searchParams), typed = await findPlace(fetch, searchParams)
  if (typed.code) redirect(303, link('/review', queueQuery(choice, { area: typed.code })))
  // whatever changes from here on was not seen
  const seenAt = new Date().toISOString(), places = placesOf(me, 'see-records'), area = choice.area ?? commonOf(places)
  const [counts, { items }, place] = await Promise.all([call(fetch, reviewApi.countReview, { query: { ...(choice.area && { area: choice.area }) } }), call(fetch, datasetApi.listDatasets), call(fetch, areaApi.getArea, { params: { code: area } })])
  const datasets = counts.items.flatMap(count => items.filter(({ dataset }) => dataset.id === count.dataset).map(({ dataset }) => ({ ...count, name: dataset.name, lateDays: ladderOf(dataset).lateDays ?? LATE_DAYS })))
    .sort((a, b) => countIn(b, choice) - countIn(a, choice))
  const chosen = datasets.find(({ dataset }) => dataset === choice.dataset) ?? datasets[0] ?? null
  const list = chosen && await call(fetch, recordApi.listRecords, { params: { id: chosen.dataset }, query: { ...filterOf(choice), limit: PAGE, ...(choice.after && { after: choice.after }) } })
  return { choice: { ...choice, dataset: chosen?.dataset ?? null }, typed, seenAt, datasets, chosen, list, place, acts: chosen ? actsIn(me, choice.state, area) : [] }
}

type Counts = { states: Partial<Record<RecordState, number>>; conflicts: number; late: number }

/** How many of a dataset are in the tab that one looks at. */
export function countIn({ states, conflicts, late }: Counts, { state, only }: Pick<QueueChoice, 'state' | 'only'>): number {
  if (state !== null) return states[state] ?? 0
  return only === 'late' ? late : conflicts
}

/** The choice as the API takes it. */
export function filterOf({ area, state, only, from, until, maker, check }: QueueChoice): RecordFilter {
  return { ...(state && { state }), ...(area && { area }), ...(only && { only }), ...(from && { from }), ...(until && { until }), ...(maker && { maker }), ...(check && { check }) }
}

const ACTS: Record<RecordState, ReviewAct[]> = {
  received: ['approve', 'return', 'reject'], returned: ['approve', 'reject'], approved: ['verify', 'lock', 'return'], verified: ['lock', 'return'], locked: ['reopen'], rejected: ['reopen'], withdrawn: ['reopen'], merged: [], erased: [],
}

/** What can be done to many at once; each record is judged by itself. */
function actsIn(me: Me, state: RecordState | null, area: AreaCode): ReviewAct[] {
  const holds = (right: 'review-records' | 'verify-records') => placesOf(me, right).some(place => isWithin(area, place) || isWithin(place, area))
  return ACTS[state ?? 'received'].filter(act => holds(act === 'verify' || act === 'lock' || ['verified', 'locked'].includes(state ?? '') ? 'verify-records' : 'review-records'))
}

export const findStanding = (fetch: Fetch, id: string) => call(fetch, reviewApi.getStanding, { params: { id: id as RecordId } })

/** One record of the queue, with the one after it: `before` is where one came from. */
export async function loadReview(fetch: Fetch, me: Me, id: string, url: URL) {
  const choice = readChoice(me, url.searchParams)
  const [page, standing] = await Promise.all([loadRecord(fetch, id, url), findStanding(fetch, id)])
  const { record } = page
  const after = await call(fetch, recordApi.listRecords, { params: { id: record.dataset }, query: { ...filterOf(choice), limit: 1, after: `${record.changedAt}_${record.id}` } })
  return { choice: { ...choice, dataset: record.dataset }, page, standing, next: after.items[0]?.id ?? null, left: after.count, before: url.searchParams.get('before') }
}

export type Queue = Awaited<ReturnType<typeof loadQueue>>
export type Review = Awaited<ReturnType<typeof loadReview>>
