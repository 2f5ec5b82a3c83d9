import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { FileReply, Route } from '../../domain/base/api.ts'
import { read, type Db } from '../db/db.ts'
import { note, traceOf, wasNoted } from '../db/note.ts'
import { wasEntered } from '../db/register.ts'
import { readAs, streamAs, witnessAs, writeAs } from '../db/scope.ts'
import { isInside } from './asker.ts'
import type { Handler, Room } from './handler.ts'
import { langOf } from './lang.ts'
import { ProblemBody } from './problem.ts'
import { cacheControl, handOver } from './reply.ts'
import { readFiles } from './upload.ts'
import { admit, type Caller, type FindViewer } from './viewer.ts'

/** What is open is read through `public`; everything else goes through `app`, in the places of the person who asks. */
export type Pools = { public: Db; app: Db }

/** One request, one transaction: every route of a room becomes an address below /api. */
export function bindRoom(api: FastifyInstance, { api: routes, handlers }: Room, pools: Pools, findViewer: FindViewer): void {
  for (const [name, route] of Object.entries(routes)) {
    api.route({
      method: route.method, url: route.path, schema: schemaOf(route, name), ...(route.perMinute && { config: { rateLimit: { max: route.perMinute } } }),
      handler: async (request, reply) => {
        const caller = await admit(route, request, findViewer)
        const answer = await run(handlers[name] as Handler<Route>, route, request, caller, pools)
        if (isInside(request) && !('file' in route.reply)) handOver(request, reply, route.reply)
        return isPiecemeal(answer) ? sendPieces(route, answer, reply, caller, pools) : send(route, answer, reply, caller)
      },
    })
  }
}

type Work = (tx: never) => Promise<unknown>

async function run(handler: Handler<Route>, route: Route, request: FastifyRequest, caller: Caller, pools: Pools): Promise<unknown> {
  const files = route.files && await readFiles(request, route.files)
  const call = { params: request.params, query: request.query, body: request.body, files, lang: langOf(request), viewer: caller.viewer, areas: caller.areas }
  const work: Work = tx => handler({ ...call, tx } as never)
  if (route.method !== 'GET') return writeAs(pools.app, caller.scope, work as never).catch(error => keepTrace(error, caller, pools))
  if (route.witnessed) return witnessAs(pools.app, caller.scope, tx => leaveTrace(tx as never, work, route))
  return isPersonal(route, caller) ? readAs(pools.app, caller.scope, work as never) : read(pools.public, work as never)
}

/** What could hold somebody's data does not leave without its audit line. */
async function leaveTrace(tx: never, work: Work, { exports }: Route): Promise<unknown> {
  const answer = await work(tx)
  if (!wasNoted(tx)) throw new Error('a witnessed route answered without its audit line')
  if (exports && !wasEntered(tx)) throw new Error('a file of records was answered without its entry in the register of exports')
  return answer
}

/** What a refusal has to tell the audit is told after its act was taken back. */
async function keepTrace(error: unknown, { scope }: Caller, { app }: Pools): Promise<never> {
  const line = traceOf(error)
  if (line) await writeAs(app, scope, tx => note(tx, line))
  throw error
}

/** Whether the reply is for this caller alone. */
function isPersonal(route: Route, { areas }: Caller): boolean {
  return route.who !== undefined || areas.length > 0
}

function send(route: Route, answer: unknown, reply: FastifyReply, caller: Caller): FastifyReply {
  sayWhoMayKeep(route, reply, caller)
  return 'file' in route.reply ? sendFile(route, answer as FileReply, reply) : reply.send(answer)
}

type Pieces = FileReply & { body: (tx: never) => AsyncIterable<string | Uint8Array> }

function isPiecemeal(answer: unknown): answer is Pieces {
  return typeof answer === 'object' && answer !== null && 'body' in answer && typeof answer.body === 'function'
}

/** A large file leaves while it is read. What fails before its first piece is told as any problem; later, the file breaks off and the browser says so. */
async function sendPieces(route: Route, file: Pieces, reply: FastifyReply, caller: Caller, pools: Pools): Promise<FastifyReply> {
  await streamAs(pools.app, caller.scope, async tx => {
    const pieces = file.body(tx as never)[Symbol.asyncIterator]()
    const stream = Readable.from(startingWith(await pieces.next(), pieces))
    sayWhoMayKeep(route, reply, caller)
    nameFile(route, file, reply).send(stream)
    await finished(stream).catch(() => {})
  })
  return reply
}

async function* startingWith<T>(first: IteratorResult<T>, rest: AsyncIterator<T>): AsyncGenerator<T> {
  try {
    for (let piece = first; !piece.done; piece = await rest.next()) yield piece.value
  } finally {
    await rest.return?.()
  }
}

function sayWhoMayKeep(route: Route, reply: FastifyReply, caller: Caller): void {
  reply.header('cache-control', isPersonal(route, caller) ? 'private, no-store' : cacheControl(route.cache))
  if (route.widens) reply.header('vary', 'cookie, authorization')
  // Open data may be used by the pages of others too; what is one person's, or must not be kept by anybody, is not open data.
  if (route.cache !== 'none' && !isPersonal(route, caller)) reply.header('access-control-allow-origin', '*')
}

function sendFile(route: Route, file: FileReply, reply: FastifyReply): FastifyReply {
  const body = file.body instanceof Uint8Array ? Buffer.from(file.body.buffer, file.body.byteOffset, file.body.byteLength) : file.body
  return nameFile(route, file, reply).send(body)
}

function nameFile(route: Route, { name, type }: FileReply, reply: FastifyReply): FastifyReply {
  if (name) reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
  return reply.type(type ?? (route.reply as { file: string }).file)
}

export function schemaOf(route: Route, name: string) {
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
