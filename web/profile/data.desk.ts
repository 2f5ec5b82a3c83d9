import type { AreaCode } from '../../domain/base/ids.ts'
import type { Right } from '../../domain/base/right.ts'
import { isWithin, NATION } from '../../domain/area/rules.ts'
import { backupApi } from '../../domain/backup/api.ts'
import { profileApi } from '../../domain/profile/api.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import { recordApi } from '../../domain/record/api.ts'
import { reviewApi } from '../../domain/review/api.ts'
import type { DatasetId } from '../../domain/base/ids.ts'
import { findExplanation, may, placesOf, type Me } from '../access/data.ts'
import { countOpenPairs } from '../duplicate/data.ts'
import { call } from '../base/api.ts'
import { listGlassHere } from '../review/data.glass.ts'

type Fetch = typeof globalThis.fetch
/** A university's forty tambons are listed; the first few are shown with their numbers. */
const SHOWN = 4
const WAYS: { right: Right; path: (area: AreaCode) => { path: string; query: Record<string, string> } }[] = [
  { right: 'see-internal-figures', path: area => ({ path: area === 'TH' ? '/' : `/place/${area}`, query: {} }) },
  { right: 'manage-people', path: area => ({ path: '/people', query: { area } }) },
  { right: 'read-audit', path: area => ({ path: '/audit', query: { area } }) },
  { right: 'see-records', path: area => ({ path: '/datasets', query: area === 'TH' ? {} : { area } }) },
  { right: 'review-records', path: area => ({ path: '/review', query: area === 'TH' ? {} : { area } }) },
  { right: 'define-datasets', path: area => ({ path: '/datasets', query: area === 'TH' ? {} : { area } }) },
  { right: 'erase-persons', path: area => ({ path: '/privacy', query: area === 'TH' ? {} : { area } }) },
  { right: 'import-tables', path: () => ({ path: '/tables', query: {} }) },
  { right: 'change-places', path: area => ({ path: '/changes', query: area === 'TH' ? {} : { area } }) },
  { right: 'import-files', path: () => ({ path: '/imports', query: {} }) },
]

/** My places, what I may do in each, and its numbers where I may see what is not public. */
export async function loadDesk(fetch: Fetch, me: Me) {
  const codes = [...new Set(me.grants.map(grant => grant.area))]
  const places = codes.map(code => ({
    code, name: me.grants.find(grant => grant.area === code)!.areaName, grants: me.grants.filter(grant => grant.area === code),
    ways: WAYS.filter(({ right }) => may(me, right, code)).map(({ right, path }) => ({ right, ...path(code) })),
  }))
  const [glass, backup, pairs, collected, review, ...shown] = await Promise.all([
    may(me, 'review-records') ? listGlassHere(fetch) : [], may(me, 'import-files', NATION) ? call(fetch, backupApi.getLastBackup) : null, countOpenPairs(fetch, me), may(me, 'see-records') ? loadCollected(fetch, me) : null, may(me, 'review-records') || may(me, 'collect') ? call(fetch, reviewApi.countReview) : null, ...places.slice(0, SHOWN).map(async place => ({ ...place, ...await loadSight(fetch, me, place.code) })),
  ])
  return { glass, backup, pairs, collected, review, shown, others: places.slice(SHOWN) }
}

/** What is collected in my places: how many records each dataset has, how many want a look, and what has arrived and is not among them. */
async function loadCollected(fetch: Fetch, me: Me) {
  const mine = placesOf(me, 'see-records')
  const [{ items }, { items: counts }, flow] = await Promise.all([call(fetch, datasetApi.listDatasets), call(fetch, recordApi.countRecords), call(fetch, recordApi.listWaiting)])
  const here = items.filter(({ area, form }) => form !== null && mine.some(place => isWithin(place, area) || isWithin(area, place)))
  const countOf = (id: DatasetId) => counts.find(({ dataset }) => dataset === id)
  return { datasets: here.map(({ dataset }) => ({ dataset, count: countOf(dataset.id)?.records ?? 0, faults: countOf(dataset.id)?.faults ?? 0 })), flow }
}

async function loadSight(fetch: Fetch, me: Me, code: AreaCode) {
  const [profile, why] = await Promise.all([
    call(fetch, profileApi.getProfile, { params: { code } }), findExplanation(fetch, me, code, 'see-internal-figures'),
  ])
  return { profile, why }
}

export type Collected = Awaited<ReturnType<typeof loadCollected>>
export type Desk = Awaited<ReturnType<typeof loadDesk>>
