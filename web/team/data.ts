import type { ReplyOf } from '../../domain/base/api.ts'
import { teamApi } from '../../domain/team/api.ts'
import { call } from '../base/api.ts'

type Fetch = typeof globalThis.fetch
export type Teams = ReplyOf<typeof teamApi.listTeams>
export type TeamPage = ReplyOf<typeof teamApi.getTeam>

export function loadTeams(fetch: Fetch, query: URLSearchParams): Promise<Teams> {
  const q = query.get('q')?.trim(), after = query.get('after')
  return call(fetch, teamApi.listTeams, { query: { limit: 50, ...(q && { q: q.slice(0, 100) }), ...(after && { after }) } })
}

export function loadTeam(fetch: Fetch, id: string, after: string | null): Promise<TeamPage> {
  return call(fetch, teamApi.getTeam, { params: { id }, query: { limit: 100, ...(after && { after }) } })
}
