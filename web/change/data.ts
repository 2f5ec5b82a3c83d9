import { redirect } from '@sveltejs/kit'
import { areaApi } from '../../domain/area/api.ts'
import { AreaCode } from '../../domain/base/ids.ts'
import { changeApi } from '../../domain/change/api.ts'
import type { ChangeKind, PlaceChange } from '../../domain/change/change.ts'
import { codesOf, placesOf as placesOfPlan } from '../../domain/change/rules.ts'
import { may, placesOf, type Me } from '../access/data.ts'
import { call } from '../base/api.ts'
import { link } from '../base/link.ts'
import { findPlace } from '../dataset/data.place.ts'
import { nextCode } from './words.ts'

type Fetch = typeof globalThis.fetch
const KINDS: readonly ChangeKind[] = ['rename', 'move', 'split', 'merge'], DISTRICT = 6
const LEAST_PARTS = 2, MOST_PARTS = 6

/** The names of places in plans, also of those that ended. */
async function namesOf(fetch: Fetch, codes: readonly AreaCode[]) {
  const found = await Promise.all([...new Set(codes)].map(code => call(fetch, areaApi.getArea, { params: { code } }).catch(() => null)))
  return found.flatMap(area => area ? [{ code: area.code, type: area.type, name: area.name }] : [])
}

const codesIn = (changes: readonly PlaceChange[]) => changes.flatMap(({ plan }) => [...placesOfPlan(plan), ...codesOf(plan)])

/** What was done in my places, the latest first. */
export async function loadChanges(fetch: Fetch, me: Me, { searchParams }: URL) {
  const area = AreaCode.safeParse(searchParams.get('area')).data
  const { items } = await call(fetch, changeApi.listPlaceChanges, { query: { ...(area && { area }) } })
  return { area: area ?? null, items, names: await namesOf(fetch, [...codesIn(items), ...area ? [area] : []]), mayHere: area ? may(me, 'change-places', area) : true }
}

export async function loadChange(fetch: Fetch, id: string) {
  const change = await call(fetch, changeApi.getPlaceChange, { params: { id } })
  return { change, names: await namesOf(fetch, codesIn([change])) }
}

/** What one needs to say what becomes of a place: the place, what lies directly below it and beside it, and others that were looked for by name. */
export async function loadNew(fetch: Fetch, me: Me, { searchParams }: URL) {
  const typed = await findPlace(fetch, searchParams), kind = KINDS.find(each => each === searchParams.get('kind')) ?? null, known = (searchParams.get('other') ?? '').split(',').filter(Boolean)
  // looked for beside the place itself (`of`), else it is the place
  const of = searchParams.get('of'), found = typed.code ?? (of ? searchParams.get('area') : null)
  if (found) redirect(303, link('/changes/new', of ? { area: of, kind, other: [...kind === 'merge' ? known : [], found].join(',') } : { area: found, kind }))
  const place = await findArea(fetch, of ?? searchParams.get('area')), mine = placesOf(me, 'change-places')
  if (!place) return { typed, kind, place: null, inside: [], beside: [], others: [], into: null, next: null, parts: 0, may: false, mine }
  const [inside, near, ...looked] = await Promise.all([listBelow(fetch, place.code), place.parentCode ? listBelow(fetch, place.parentCode) : [], ...known.map(code => findArea(fetch, code))])
  const beside = near.filter(each => each.level === place.level), others = looked.flatMap(each => each && each.code.length === place.code.length && !beside.some(({ code }) => code === each.code) ? [each] : [])
  const into = kind === 'move' ? await findInto(fetch, place.code, looked.at(-1)?.code) : null
  return {
    typed, kind, place, inside, beside, others, into, mine, next: nextCode(into ? `${into.code}00` : place.code, into ? (await listBelow(fetch, into.code)).map(each => each.code) : beside.map(each => each.code), 1),
    parts: Math.min(MOST_PARTS, Math.max(LEAST_PARTS, Number(searchParams.get('parts')) || LEAST_PARTS)), may: may(me, 'change-places', place.code) && place.code.length >= DISTRICT,
  }
}

async function findArea(fetch: Fetch, text: string | null | undefined) {
  const code = AreaCode.safeParse(text).data
  return code ? call(fetch, areaApi.getArea, { params: { code } }) : null
}

/** Where a place goes: what was looked for is that, or lies directly in it. */
function findInto(fetch: Fetch, place: AreaCode, looked: AreaCode | undefined) {
  return findArea(fetch, looked && looked.length >= place.length - 2 ? looked.slice(0, place.length - 2) : null)
}

async function listBelow(fetch: Fetch, parent: AreaCode) {
  return (await call(fetch, areaApi.listAreas, { query: { parent, limit: 1000 } })).items
}

export type ChangesPage = Awaited<ReturnType<typeof loadChanges>>
export type ChangePage = Awaited<ReturnType<typeof loadChange>>
export type NewPage = Awaited<ReturnType<typeof loadNew>>
export type PlacedPage = NewPage & { place: NonNullable<NewPage['place']> }
