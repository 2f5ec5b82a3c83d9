import { error, fail, redirect, type ActionFailure } from '@sveltejs/kit'
import type { z } from 'zod'
import type { ReplyOf, Route } from '../../domain/base/api.ts'
import { addressOf, type Input } from './api.ts'
import { link } from './link.ts'

/** What a form's page is given back: where on the page, and the API's own sentence why not. */
export type Refused = { at: string; refusal: string; code: string }
export type Asked = { fetch: typeof globalThis.fetch; url: URL }
type Sent<R extends Route> = Input<R> & { body?: R extends { body: infer B extends z.ZodType } ? z.input<B> : never }
export type Outcome<R extends Route> = { ok: true; reply: ReplyOf<R> } | { ok: false; failure: ActionFailure<Refused> }

const FAULT = 500

/** Carries out a route for a form. `at` names the form, so that a refusal stands beside it. Whoever is signed out is led to the door and back. */
export async function attempt<R extends Route>({ fetch, url }: Asked, route: R, input: Sent<R> & { at?: string } = {}): Promise<Outcome<R>> {
  const { body, at = '', ...rest } = input
  const response = await fetch(addressOf(route, rest as Input<R>), {
    method: route.method, ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  return outcomeOf(response, at, url)
}

/** As `attempt`, with the bytes of a form of files as they came. */
export async function attemptFiles<R extends Route>({ fetch, url }: Asked, route: R, input: Input<R> & { at: string; bytes: ArrayBuffer; type: string }): Promise<Outcome<R>> {
  const { bytes, type, at, ...rest } = input
  const response = await fetch(addressOf(route, rest as unknown as Input<R>), { method: route.method, headers: { 'content-type': type }, body: bytes })
  return outcomeOf(response, at, url)
}

async function outcomeOf<R extends Route>(response: Response, at: string, url: URL): Promise<Outcome<R>> {
  if (response.ok) return { ok: true, reply: await response.json() as ReplyOf<R> }
  const problem = await response.json().catch(() => ({})) as { code?: string; detail?: string }
  if (problem.code === 'access/sign-in') redirect(303, signInLink(url))
  if (response.status >= FAULT) error(response.status, problem.detail ?? '')
  return { ok: false, failure: fail(response.status, { at, refusal: problem.detail ?? '', code: problem.code ?? '' }) }
}

/** The door, and the way back to this page. */
export function signInLink(url: { pathname: string; searchParams: Iterable<[string, string]> }): string {
  const kept = [...url.searchParams].filter(([key]) => !key.startsWith('/'))
  return link('/sign-in', { next: url.pathname + (kept.length > 0 ? `?${new URLSearchParams(kept)}` : '') })
}

/** What was typed into one field of a form, without spaces around it. */
export function typed(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.trim() : ''
}
