import type { FastifyRequest } from 'fastify'
import { signInProblems } from '../../domain/access/problems.sign-in.ts'
import { isInside } from './asker.ts'

const SAFE = ['GET', 'HEAD', 'OPTIONS']

/**
 * What changes something is carried out only for our own pages, whose browser says so and cannot be made to lie by another site.
 * A program says neither where it comes from nor carries a cookie: it has a token, or signs in.
 */
export function refuseForeign(publicUrl: string | null) {
  return async (request: FastifyRequest): Promise<void> => {
    if (SAFE.includes(request.method) || isInside(request)) return
    if (!isFromHere(request, publicUrl)) throw signInProblems.foreign({})
  }
}

function isFromHere(request: FastifyRequest, publicUrl: string | null): boolean {
  const { origin, cookie, 'sec-fetch-site': site } = request.headers
  if (site !== undefined) return site === 'same-origin' || (site === 'none' && cookie === undefined)
  if (origin !== undefined) return origin === originOf(publicUrl ?? `${request.protocol}://${request.host}`)
  return cookie === undefined
}

function originOf(address: string): string | null {
  return URL.canParse(address) ? new URL(address).origin : null
}
