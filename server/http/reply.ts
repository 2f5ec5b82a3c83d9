import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Route } from '../../domain/base/api.ts'
import { isInside } from './asker.ts'

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

/** What a page was answered inside the process, by what it asked. */
const handed = new WeakMap<IncomingMessage, unknown>()

/** A page inside the process is handed what a program outside would read, by the same schema: a hundred kilobytes need not be written as text to be parsed again. */
export function handOver(request: FastifyRequest, reply: FastifyReply, schema: z.ZodType): void {
  reply.serializer(answer => {
    handed.set(request.raw, z.encode(schema, answer))
    return ''
  })
}

export function handedTo(raw: IncomingMessage): unknown {
  return handed.get(raw)
}

/** Answers 304 when the asker already holds what we would send. */
export async function sendTagged(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const isText = typeof payload === 'string' || payload instanceof Uint8Array
  if (!isText || isInside(request) || reply.statusCode !== 200 || !['GET', 'HEAD'].includes(request.method)) return payload
  if (String(reply.getHeader('cache-control') ?? '').includes('no-store')) return payload
  const tag = String(reply.getHeader('etag') ?? tagOf(payload))
  reply.header('etag', tag)
  if (!matches(request.headers['if-none-match'], tag)) return payload
  reply.code(304).removeHeader('content-length').removeHeader('content-type')
  return ''
}
