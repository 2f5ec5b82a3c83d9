import type { ReplyOf } from '../../domain/base/api.ts'
import { AreaCode } from '../../domain/base/ids.ts'
import { areaApi } from '../../domain/area/api.ts'
import { accessApi } from '../../domain/access/api.ts'
import { Role } from '../../domain/access/access.ts'
import { ROLES } from '../../domain/access/can.ts'
import { call } from '../base/api.ts'
import type { Me } from './data.ts'

type Fetch = typeof globalThis.fetch
export type People = ReplyOf<typeof accessApi.listPeople>
export type Entry = ReplyOf<typeof accessApi.getPerson>
export type PeopleChoice = { q: string; area: AreaCode | null; role: Role | null; after: string | null }

export function readPeopleChoice(query: URLSearchParams): PeopleChoice {
  return {
    q: (query.get('q') ?? '').trim().slice(0, 100), area: AreaCode.safeParse(query.get('area')).data ?? null,
    role: Role.safeParse(query.get('role')).data ?? null, after: query.get('after'),
  }
}

export function loadPeople(fetch: Fetch, { q, area, role, after }: PeopleChoice): Promise<People> {
  return call(fetch, accessApi.listPeople, { query: { limit: 50, ...(q && { q }), ...(area && { area }), ...(role && { role }), ...(after && { after }) } })
}

/** The roles that I can give somewhere. */
export function givable(me: Me): Role[] {
  return Role.options.filter(role => me.grants.some(grant => ROLES[grant.role].gives.includes(role)))
}

/** The places that were written into a form: codes, or names that only one place has. What cannot be settled is handed back. */
export async function findPlaces(fetch: Fetch, text: string): Promise<{ areas: AreaCode[]; unknown: string[] }> {
  const words = text.split(/[\n,;]+/).map(word => word.trim()).filter(Boolean)
  const found = await Promise.all(words.map(async word => {
    const code = AreaCode.safeParse(word.toUpperCase()).data
    if (code) return { word, code }
    const hits = (await call(fetch, areaApi.listAreas, { query: { q: word, limit: 2 } })).items
    return { word, code: hits.length === 1 ? hits[0]!.code : null }
  }))
  return { areas: [...new Set(found.flatMap(each => each.code ?? []))], unknown: found.filter(each => !each.code).map(each => each.word) }
}
