import type { FastifyReply, FastifyRequest } from 'fastify'
import { askerAddress, isEncrypted } from '../http/asker.ts'
import { ADDRESS_HEADER } from './auth.ts'
import type { Door } from './door.ts'

/** What better-auth said: its code in words of its own, and where it sends the browser. */
export type Answer = { ok: boolean; code: string; json: Record<string, unknown>; location: string | null; cookies: string[] }
export type Asking = { door: Door; request: FastifyRequest; reply: FastifyReply }

const LONGEST_PROGRAM_NAME = 300

/** Asks better-auth in-process in the person's name. Its cookies go into our reply. */
export async function ask({ door, request, reply }: Asking, path: string, body?: Record<string, unknown>): Promise<Answer> {
  const response = await door.auth.handler(new Request(`${door.baseUrl}/api/auth${path}`, {
    method: body ? 'POST' : 'GET', headers: headersFor(door, request, body !== undefined), ...(body && { body: JSON.stringify(body) }), redirect: 'manual',
  }))
  const cookies = response.headers.getSetCookie().map(cookie => isEncrypted(request) || door.baseUrl.startsWith('https:') ? `${cookie}; Secure` : cookie)
  for (const cookie of cookies) reply.header('set-cookie', cookie)
  const json = await response.json().catch(() => null) as Record<string, unknown> | null
  if (response.status >= 500) throw new Error(`better-auth answered ${response.status} at ${path.split('?')[0]}: ${String(json?.['code'] ?? '')}`)
  return { ok: response.ok, code: String(json?.['code'] ?? ''), json: json ?? {}, location: response.headers.get('location'), cookies }
}

/** Only what is needed travels on; that the request is our own page's was seen to before (server/http/origin.ts). */
function headersFor(door: Door, request: FastifyRequest, hasBody: boolean): Headers {
  const headers = new Headers({ [ADDRESS_HEADER]: askerAddress(request), origin: new URL(door.baseUrl).origin })
  if (hasBody) headers.set('content-type', 'application/json')
  if (request.headers.cookie) headers.set('cookie', request.headers.cookie)
  headers.set('user-agent', String(request.headers['user-agent'] ?? '').slice(0, LONGEST_PROGRAM_NAME))
  return headers
}
