import { AsyncLocalStorage } from 'node:async_hooks'
import type { FastifyRequest } from 'fastify'

/** The remote address of calls that our own pages make in-process; no socket has it. */
export const INSIDE = 'inside'
/** With such a call, the page's own asker travels along; from outside these headers are not believed. */
export const ASKER_ADDRESS = 'x-rakkaeo-address', ASKER_PROTOCOL = 'x-rakkaeo-protocol'

export function isInside(request: FastifyRequest): boolean {
  return request.raw.socket.remoteAddress === INSIDE
}

/** Where the person is, also when one of our pages asks for them. */
export function askerAddress(request: FastifyRequest): string {
  return (isInside(request) && headerOf(request, ASKER_ADDRESS)) || request.ip
}

/** Whether the person's connection is encrypted, so that cookies may be `Secure`. */
export function isEncrypted(request: FastifyRequest): boolean {
  return (isInside(request) && headerOf(request, ASKER_PROTOCOL) === 'https') || request.protocol === 'https'
}

/** What a page tells of its asker when it asks the API in their name. */
export function askerHeaders(request: FastifyRequest): Record<string, string> {
  return { [ASKER_ADDRESS]: request.ip, [ASKER_PROTOCOL]: request.protocol }
}

function headerOf(request: FastifyRequest, name: string): string {
  return String(request.headers[name] ?? '')
}

/** What was found out for the page that is being made, by the credentials that its asker has. */
const making = new AsyncLocalStorage<Map<string, unknown>>()

/** All that `work` asks inside the process is asked for one page. */
export function forOnePage<T>(work: () => T): T {
  return making.run(new Map(), work)
}

/** The page has changed something: what was found out about its asker may hold no more. */
export function forgetAsker(): void {
  making.getStore()?.clear()
}

/** A page asks in the name of one person, a dozen times in a moment: who that is, is found out once. What comes from outside is always found out anew. */
export function onceAPage<T>(request: FastifyRequest, find: () => T): T {
  const found = making.getStore()
  if (!found || !isInside(request)) return find()
  const key = JSON.stringify([request.headers.cookie, request.headers.authorization])
  if (!found.has(key)) found.set(key, find())
  return found.get(key) as T
}
