import type { ReplyOf } from '../../domain/base/api.ts'
import { AreaCode, PersonId } from '../../domain/base/ids.ts'
import { auditApi } from '../../domain/audit/api.ts'
import { call } from '../base/api.ts'

type Fetch = typeof globalThis.fetch
export type AuditPage = ReplyOf<typeof auditApi.listAudit>
export type AuditChoice = { area: AreaCode | null; person: PersonId | null; target: string; action: string; after: string | null }

export function readAuditChoice(query: URLSearchParams): AuditChoice {
  return {
    area: AreaCode.safeParse(query.get('area')).data ?? null, person: PersonId.safeParse(query.get('person')).data ?? null,
    target: (query.get('target') ?? '').trim().slice(0, 200), action: (query.get('action') ?? '').trim().slice(0, 60), after: query.get('after'),
  }
}

export function loadAudit(fetch: Fetch, { area, person, target, action, after }: AuditChoice): Promise<AuditPage> {
  return call(fetch, auditApi.listAudit, { query: { limit: 50, ...(area && { area }), ...(person && { person }), ...(target && { target }), ...(action && { action }), ...(after && { after }) } })
}

/** Who looked at what is mine, and what I did. */
export function loadMine(fetch: Fetch, after: string | null): Promise<AuditPage> {
  return call(fetch, auditApi.listMine, { query: { limit: 20, ...(after && { after }) } })
}
