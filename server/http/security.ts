import type { FastifyReply, FastifyRequest } from 'fastify'

/** Set on every reply; the content security policy of pages comes from the site, which knows its own scripts. */
const HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-frame-options': 'SAMEORIGIN',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), payment=(), geolocation=(self)',
}
const ONE_YEAR = 'max-age=31536000'

export async function securityHeaders(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.headers(HEADERS)
  if (request.protocol === 'https') reply.header('strict-transport-security', ONE_YEAR)
}
