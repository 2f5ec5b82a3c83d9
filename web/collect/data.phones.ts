import type { ReplyOf } from '../../domain/base/api.ts'
import { AreaCode } from '../../domain/base/ids.ts'
import { collectApi } from '../../domain/collect/api.ts'
import { may, type Me } from '../access/data.ts'
import { call } from '../base/api.ts'

export type Phones = ReplyOf<typeof collectApi.listPhones>
/** What came of a backup, as its browser was led back with it: numbers, the reasons of what was refused, or why none of it was taken. */
export type Outcome = { problem: string } | { entries: number; taken: number; already: number; refused: { code: string; count: number }[]; broken: boolean }

/** Telephones of my places, those with something unsent first; null for who may not see them. */
export async function loadPhones(fetch: typeof globalThis.fetch, me: Me, query: URLSearchParams): Promise<Phones | null> {
  if (!may(me, 'manage-people')) return null
  const area = AreaCode.safeParse(query.get('area')).data, after = query.get('after')
  const page = await call(fetch, collectApi.listPhones, { query: { limit: 100, ...area && { area }, ...after && { after } } })
  return { ...page, items: page.items.toSorted((a, b) => Number(b.unsent > 0) - Number(a.unsent > 0) || (a.oldest ?? '').localeCompare(b.oldest ?? '')) }
}

export function readOutcome(query: URLSearchParams): Outcome | null {
  const problem = query.get('problem'), number = (name: string) => Math.min(Number(/^\d+$/.exec(query.get(name) ?? '')?.[0] ?? 0), MOST)
  if (problem !== null) return { problem }
  if (!query.has('entries')) return null
  const refused = (query.get('refused') ?? '').split(',').map(one => /^([a-z/-]+):(\d{1,5})$/.exec(one)).flatMap(found => found ? [{ code: found[1] as string, count: Number(found[2]) }] : [])
  return { entries: number('entries'), taken: number('taken'), already: number('already'), refused, broken: query.get('broken') === 'yes' }
}

const MOST = 10_000
