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
