import type { ReplyOf } from '../../domain/base/api.ts'
import { importApi } from '../../domain/import/api.ts'
import { call } from '../base/api.ts'

type Fetch = typeof globalThis.fetch
export type History = ReplyOf<typeof importApi.listImports>
export type Kept = ReplyOf<typeof importApi.getImport>

export function loadImports(fetch: Fetch, query: URLSearchParams): Promise<History> {
  const after = query.get('after')
  return call(fetch, importApi.listImports, { query: { limit: 20, ...(after && { after }) } })
}

export function loadImport(fetch: Fetch, id: string): Promise<Kept> {
  return call(fetch, importApi.getImport, { params: { id } })
}
