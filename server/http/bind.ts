import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { FileReply, Route } from '../../domain/base/api.ts'
import { read, write, type Db } from '../db/db.ts'
import type { Handler, Room } from './handler.ts'
import { langOf } from './lang.ts'
import { ProblemBody } from './problem.ts'
import { cacheControl } from './reply.ts'

/** GETs read through `public`, in a read-only transaction; everything else writes through `app`. */
export type Pools = { public: Db; app: Db }

/** One request, one transaction: every route of a room becomes an address below /api. */
export function bindRoom(api: FastifyInstance, { api: routes, handlers }: Room, pools: Pools): void {
  for (const [name, route] of Object.entries(routes)) {
    api.route({
      method: route.method, url: route.path, schema: schemaOf(route, name),
      handler: async (request, reply) => {
        const answer = await run(handlers[name] as Handler<Route>, route, request, pools)
        return send(route, answer, reply)
      },
    })
  }
}

function run(handler: Handler<Route>, route: Route, request: FastifyRequest, pools: Pools): Promise<unknown> {
  const call = { params: request.params as never, query: request.query as never, body: request.body as never, lang: langOf(request) }
  return route.method === 'GET'
    ? read(pools.public, tx => handler({ ...call, tx: tx as never }))
    : write(pools.app, tx => handler({ ...call, tx: tx as never }))
}

function send(route: Route, answer: unknown, reply: FastifyReply): FastifyReply {
  reply.header('cache-control', cacheControl(route.cache))
  // Open data may be used by the pages of others too; what must not be kept by anybody is not open data.
  if (route.cache !== 'none') reply.header('access-control-allow-origin', '*')
  return 'file' in route.reply ? sendFile(route.reply.file, answer as FileReply, reply) : reply.send(answer)
}

function sendFile(type: string, file: FileReply, reply: FastifyReply): FastifyReply {
  if (file.name) reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
  const body = typeof file.body === 'string' ? file.body : Buffer.from(file.body.buffer, file.body.byteOffset, file.body.byteLength)
  return reply.type(file.type ?? type).send(body)
}

function schemaOf(route: Route, name: string) {
  return {
    operationId: name, summary: route.summary.en, description: route.summary.th,
    ...(route.params && { params: route.params }),
    ...(route.query && { querystring: route.query }),
    ...(route.body && { body: route.body }),
    response: {
      200: 'file' in route.reply ? { content: { [route.reply.file]: { schema: z.string() } } } : route.reply,
      default: { description: 'RFC 9457 problem details', content: { 'application/problem+json': { schema: ProblemBody } } },
    },
  }
}
