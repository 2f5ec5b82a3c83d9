import { areaApi } from '../../domain/area/api.ts'
import { isWithin } from '../../domain/area/rules.ts'
import { AreaCode, type DatasetId, type RecordId } from '../../domain/base/ids.ts'
import type { ReplyOf } from '../../domain/base/api.ts'
import { checkApi } from '../../domain/check/api.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import { FlagLimits, type Check } from '../../domain/dataset/dataset.check.ts'
import { may, placesOf, type Me } from '../access/data.ts'
import { addressOf, call } from '../base/api.ts'

type Fetch = typeof globalThis.fetch
export type CheckSets = ReplyOf<typeof checkApi.listChecks>['sets']
/** A check that nobody wrote yet. */
export const EMPTY: Check = { id: '', severity: 'warning', each: null, expression: '', about: [], always: false, say: { th: '', en: '' }, remedy: { th: '', en: '' }, on: true }

/** The checks of a dataset, with how many records fail each as far as they may be seen; `edit` in the address opens one to be changed. */
export async function loadChecks(fetch: Fetch, me: Me | null, id: string, { searchParams }: URL) {
  const asked = AreaCode.safeParse(searchParams.get('area')).data, params = { id: id as DatasetId }, query = { ...(asked && { area: asked }) }
  const [{ home, sets }, { dataset, form }, counts, place] = await Promise.all([
    call(fetch, checkApi.listChecks, { params, query }), call(fetch, datasetApi.getDataset, { params, query }),
    may(me, 'see-records') ? call(fetch, checkApi.countChecks, { params, query }) : null, asked ? call(fetch, areaApi.getArea, { params: { code: asked } }) : null,
  ])
  const editing = editingPlace(me, home, asked), own = sets.find(set => set.area === editing) ?? null, edit = searchParams.get('edit')
  const check = edit === null || editing === null ? null : edit === 'new' ? EMPTY : own?.checks.find(check => check.id === edit) ?? null
  const editName = editing === null ? null : await call(fetch, areaApi.getArea, { params: { code: editing } })
  return { dataset, sets, counts, asked: asked ?? null, place, editing, editName, seen: own?.version ?? 0, limits: own?.limits ?? FlagLimits.parse({}), check, edit, done: searchParams.get('done'), repeats: form?.model.repeats ?? [], questions: form?.model.questions ?? [] }
}
export type ChecksPage = Awaited<ReturnType<typeof loadChecks>>

/** Where I may publish checks: the place that was asked for, else the dataset's own, else the first that is mine. */
function editingPlace(me: Me | null, home: AreaCode, asked: AreaCode | undefined): AreaCode | null {
  const places = me ? placesOf(me, 'define-datasets').filter(place => isWithin(place, home) || isWithin(home, place)) : []
  if (asked && places.some(place => isWithin(asked, place))) return asked
  return places.some(place => isWithin(home, place)) ? home : places[0] ?? null
}

export const findFlags = (fetch: Fetch, id: string) => call(fetch, checkApi.listFlags, { params: { id: id as RecordId } })
export type Flags = Awaited<ReturnType<typeof findFlags>>

export const loadQuality = (fetch: Fetch, area: AreaCode) => call(fetch, checkApi.listQuality, { query: { area } })

/** The score of one dataset in a place, for whoever shows a number made from it; null where there is none to be told. */
export async function findQuality(fetch: Fetch, area: AreaCode, dataset: DatasetId) {
  const response = await fetch(addressOf(checkApi.listQuality, { query: { area, dataset } }))
  return response.ok ? (await response.json() as ReplyOf<typeof checkApi.listQuality>).items[0] ?? null : null
}
