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

/** Behind TLS a browser that came once never comes unencrypted again. */
export function securityHeaders(publicUrl: string | null) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.headers(HEADERS)
    if (request.protocol === 'https' || publicUrl?.startsWith('https:')) reply.header('strict-transport-security', ONE_YEAR)
  }
}

/** What the API answers is no page: nothing in it may run, also when somebody opens its address. The readable manual says its own. */
export async function noPage(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('content-security-policy', "default-src 'none'; base-uri 'none'; frame-ancestors 'none'")
}
