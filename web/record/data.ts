import { redirect } from '@sveltejs/kit'
import { z } from 'zod'
import { areaApi } from '../../domain/area/api.ts'
import { commonOf, isWithin, NATION } from '../../domain/area/rules.ts'
import { ROLES } from '../../domain/access/can.ts'
import type { DatasetId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { recordApi, RecordFilter } from '../../domain/record/api.ts'
import { seenApi } from '../../domain/record/api.seen.ts'
import type { Withheld } from '../../domain/record/record.ts'
import { findExplanation, placesOf, type Me } from '../access/data.ts'
import { call } from '../base/api.ts'
import { link } from '../base/link.ts'
import { findPlace } from '../dataset/data.place.ts'
import { columnsOf } from './columns.ts'
import { drawPlace } from './data.outline.ts'

type Fetch = typeof globalThis.fetch
/** What a purpose or a reason is at least, in letters: as the API asks it. */
export const REASON_LEAST = 5
const PAGE = 50
const { shape } = RecordFilter

/** What was chosen; it stands in the address. What makes no sense there is left out. */
export type RecordsChoice = z.infer<typeof RecordFilter> & { after: string | null; show: string[] }

export function readRecordsChoice(query: URLSearchParams): RecordsChoice {
  const read = <K extends keyof typeof shape>(name: K) => shape[name].safeParse(query.get(name) || undefined).data as z.infer<typeof RecordFilter>[K]
  return { area: read('area'), from: read('from'), until: read('until'), only: read('only'), maker: read('maker'), state: read('state'), q: read('q') || undefined, check: read('check'), purpose: read('purpose'), after: query.get('after'), show: query.getAll('show').flatMap(keys => keys.split(',')).filter(Boolean) }
}

/** The choice as the API takes it. */
export function filterOf({ after: _, show: __, ...filter }: RecordsChoice): RecordFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined))
}

/** The choice as it stands in an address. */
export function recordsQuery({ show, ...choice }: RecordsChoice, change: Partial<Record<keyof RecordsChoice, string | null>> = {}): Record<string, string | null | undefined> {
  return { ...choice, show: show.join(','), after: null, ...change }
}

export async function loadRecords(fetch: Fetch, me: Me, id: string, { searchParams }: URL) {
  const choice = readRecordsChoice(searchParams), typed = await findPlace(fetch, searchParams)
  if (typed.code) redirect(303, link(`/datasets/${id}/records`, recordsQuery(choice, { area: typed.code })))
  const places = placesOf(me, 'see-records'), area = choice.area ?? commonOf(places), params = { id: id as DatasetId }, query = filterOf(choice)
  const [list, map, page, place] = await Promise.all([
    call(fetch, recordApi.listRecords, { params, query: { ...query, limit: PAGE, ...(choice.after && { after: choice.after }) } }),
    call(fetch, recordApi.mapRecords, { params, query }),
    call(fetch, datasetApi.getDataset, { params, query: { ...(area !== NATION && { area }) } }),
    call(fetch, areaApi.getArea, { params: { code: area } }),
  ])
  const isMine = places.some(mine => isWithin(area, mine) || isWithin(mine, area))
  const [drawing, why] = await Promise.all([drawPlace(fetch, place), isMine ? null : findExplanation(fetch, me, area, 'see-records')])
  const model = page.form?.model ?? null
  return { choice, typed, list, map, dataset: page.dataset, model, place, drawing, why, columns: model ? columnsOf(model, choice.show, list.withheld) : [] }
}

export type Records = Awaited<ReturnType<typeof loadRecords>>

/** Whether saying a purpose would show some of this: my role there sees it only with one, and none was said. */
export function opensWithPurpose(me: Me, withheld: Withheld[], purpose: string | undefined): boolean {
  return purpose === undefined && withheld.some(({ sensitivity }) => me.grants.some(grant => ROLES[grant.role].clearance[sensitivity] === 'with-purpose'))
}

/** The labels of fields, each once. */
export function labelsOf(model: FormModel, keys: readonly string[]): Text[] {
  const names = new Map(model.questions.map(question => [question.name, question.label]))
  return keys.map(key => names.get(key.split('/').at(-1) ?? '') ?? { th: key, en: key })
}

export async function loadRecord(fetch: Fetch, id: string, { searchParams }: URL) {
  const purpose = RecordFilter.shape.purpose.safeParse(searchParams.get('purpose') || undefined).data
  const page = await call(fetch, recordApi.getRecord, { params: { id }, query: { ...(purpose && { purpose }) } })
  const isLocated = page.record.point !== null
  const [place, near] = await Promise.all([
    call(fetch, areaApi.getArea, { params: { code: page.record.area } }), isLocated ? call(fetch, seenApi.listNear, { params: { id }, query: { ...(purpose && { purpose }) } }) : null,
  ])
  return { ...page, purpose, place, near, drawing: isLocated ? await drawPlace(fetch, place) : null }
}

export type RecordPage = Awaited<ReturnType<typeof loadRecord>>
