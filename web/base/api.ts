import { error } from '@sveltejs/kit'
import type { z } from 'zod'
import type { ReplyOf, Route } from '../../domain/base/api.ts'

type Asked<S> = S extends z.ZodType ? z.input<S> : Record<string, never>
type Query<R extends Route> = Partial<Asked<R['query']>>
type Params<R extends Route> = Asked<R['params']>
export type Input<R extends Route> = { params?: Params<R>; query?: Query<R> }

/** The address of a route of the API with its blanks filled in; what has no value is left out. */
export function addressOf<R extends Route>(route: R, input: Input<R> = {}): string {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String((input.params as Record<string, unknown>)[name])))
  const given = Object.entries(input.query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const search = given.map(([key, value]) => `${key}=${encodeURIComponent(String(value))}`).join('&')
  return `/api${path}${search ? `?${search}` : ''}`
}

/** Asks the API. A problem becomes the page's own error, with the sentence that the API says. */
export async function call<R extends Route>(fetch: typeof globalThis.fetch, route: R, input: Input<R> = {}): Promise<ReplyOf<R>> {
  const response = await fetch(addressOf(route, input))
  if (!response.ok) {
    const problem = await response.json().catch(() => ({})) as { code?: string; detail?: string; title?: string }
    error(response.status, problem.detail ?? problem.title ?? '', problem.code ? { code: problem.code } : {})
  }
  return await response.json() as ReplyOf<R>
}
