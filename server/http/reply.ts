import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Route } from '../../domain/base/api.ts'

const CACHE_CONTROL: Record<Route['cache'], string> = {
  none: 'no-store',
  revalidate: 'public, max-age=0, must-revalidate',
  immutable: 'public, max-age=31536000, immutable',
}

export function cacheControl(cache: Route['cache']): string {
  return CACHE_CONTROL[cache]
}

/** The same content has the same tag; weak, because it is compressed on the way. */
export function tagOf(payload: string | Uint8Array): string {
  return `W/"${createHash('sha1').update(payload).digest('base64url')}"`
}

/** @example matches('W/"a", "b"', 'W/"b"') // => true */
export function matches(ifNoneMatch: string | undefined, tag: string): boolean {
  if (!ifNoneMatch) return false
  const bare = (text: string) => text.trim().replace(/^W\//, '')
  return ifNoneMatch.trim() === '*' || ifNoneMatch.split(',').some(seen => bare(seen) === bare(tag))
}

/** Answers 304 when the asker already holds what we would send. */
export async function sendTagged(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const isText = typeof payload === 'string' || payload instanceof Uint8Array
  if (!isText || reply.statusCode !== 200 || !['GET', 'HEAD'].includes(request.method)) return payload
  if (String(reply.getHeader('cache-control') ?? '').includes('no-store')) return payload
  const tag = String(reply.getHeader('etag') ?? tagOf(payload))
  reply.header('etag', tag)
  if (!matches(request.headers['if-none-match'], tag)) return payload
  reply.code(304).removeHeader('content-length').removeHeader('content-type')
  return ''
}
