import type { z } from 'zod'
import type { ReplyOf, Route } from '../../domain/base/api.ts'
import { addressOf, type Input } from '../base/api.ts'
import { lang } from '../base/link.ts'
import { m } from '../paraglide/messages.js'

type Sent<R extends Route> = Input<R> & { body?: R extends { body: infer B extends z.ZodType } ? z.input<B> : never }
export type Answer<R extends Route> = { ok: true; reply: ReplyOf<R> } | { ok: false; say: string }

/** Asks the API from the browser; what went wrong is a sentence, a line that is down too. */
export async function ask<R extends Route>(route: R, { body, ...input }: Sent<R>): Promise<Answer<R>> {
  try {
    const headers = { 'accept-language': lang(), ...body !== undefined && { 'content-type': 'application/json' } }
    const sent = { method: route.method, headers, ...body !== undefined && { body: JSON.stringify(body) } }
    const response = await fetch(addressOf(route, input as Input<R>), sent)
    if (response.ok) return { ok: true, reply: await response.json() as ReplyOf<R> }
    const problem = await response.json().catch(() => ({})) as { detail?: string }
    return { ok: false, say: problem.detail ?? m.form_broken() }
  } catch {
    return { ok: false, say: m.form_offline() }
  }
}
