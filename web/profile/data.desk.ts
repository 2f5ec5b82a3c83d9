import type { AreaCode } from '../../domain/base/ids.ts'
import type { Right } from '../../domain/base/right.ts'
import { profileApi } from '../../domain/profile/api.ts'
import { findExplanation, may, type Me } from '../access/data.ts'
import { call } from '../base/api.ts'

type Fetch = typeof globalThis.fetch
/** A university's forty tambons are listed; the first few are shown with their numbers. */
const SHOWN = 4
const WAYS: { right: Right; path: (area: AreaCode) => { path: string; query: Record<string, string> } }[] = [
  { right: 'see-internal-figures', path: area => ({ path: area === 'TH' ? '/' : `/place/${area}`, query: {} }) },
  { right: 'manage-people', path: area => ({ path: '/people', query: { area } }) },
  { right: 'read-audit', path: area => ({ path: '/audit', query: { area } }) },
  { right: 'import-files', path: () => ({ path: '/imports', query: {} }) },
]

/** My places, what I may do in each, and its numbers where I may see what is not public. */
export async function loadDesk(fetch: Fetch, me: Me) {
  const codes = [...new Set(me.grants.map(grant => grant.area))]
  const places = codes.map(code => ({
    code, name: me.grants.find(grant => grant.area === code)!.areaName, grants: me.grants.filter(grant => grant.area === code),
    ways: WAYS.filter(({ right }) => may(me, right, code)).map(({ right, path }) => ({ right, ...path(code) })),
  }))
  const shown = await Promise.all(places.slice(0, SHOWN).map(async place => ({ ...place, ...await loadSight(fetch, me, place.code) })))
  return { shown, others: places.slice(SHOWN) }
}

async function loadSight(fetch: Fetch, me: Me, code: AreaCode) {
  const [profile, why] = await Promise.all([
    call(fetch, profileApi.getProfile, { params: { code } }), findExplanation(fetch, me, code, 'see-internal-figures'),
  ])
  return { profile, why }
}

export type Desk = Awaited<ReturnType<typeof loadDesk>>
