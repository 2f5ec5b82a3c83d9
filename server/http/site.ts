import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { cacheControl } from './reply.ts'
import { INSIDE } from './asker.ts'

/** What the built site exports (SvelteKit, adapter-node): pages as a function from Request to Response. */
type Site = {
  init(options: { env: NodeJS.ProcessEnv; read(file: string): ReadableStream }): Promise<void>
  respond(request: Request, options: { platform: { api: CallApi }; getClientAddress(): string }): Promise<Response>
}
type CallApi = (path: string, headers: Record<string, string>) => Promise<Response>

/** Answers everything outside /api by the site that was built into a folder. */
export async function mountSite(server: FastifyInstance, folder: string, publicUrl: string | null): Promise<void> {
  const client = join(folder, 'client')
  const { server: site } = await import(pathToFileURL(join(folder, 'server/server.js')).href) as { server: Site }
  await site.init({ env: process.env, read: file => Readable.toWeb(createReadStream(join(client, file))) as ReadableStream })
  await server.register(fastifyStatic, {
    root: client, wildcard: false, preCompressed: true, cacheControl: false, index: false,
    setHeaders: (response, path) => { response.header('cache-control', cacheControl(path.includes('/immutable/') ? 'immutable' : 'revalidate')) },
  })
  const api = callInside(server)
  server.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const response = await site.respond(toWeb(request, publicUrl), { platform: { api }, getClientAddress: () => request.ip })
    return sendWeb(reply, response)
  })
}

/** Pages ask the API without leaving the process. */
function callInside(server: FastifyInstance): CallApi {
  return async (url, headers) => {
    const answer = await server.inject({ method: 'GET', url, headers, remoteAddress: INSIDE })
    const hasBody = answer.statusCode !== 204 && answer.statusCode !== 304
    return new Response(hasBody ? new Uint8Array(answer.rawPayload) : null, { status: answer.statusCode, headers: answer.headers as Record<string, string> })
  }
}

function toWeb(request: FastifyRequest, publicUrl: string | null): Request {
  const asked = publicUrl ?? `${request.protocol}://${request.host}`
  const base = URL.canParse(asked) ? asked : 'http://localhost'
  const headers = Object.entries(request.headers).flatMap(([name, value]) => [value].flat().map(one => [name, one ?? ''] as [string, string]))
  // Put together as text: an address such as //elsewhere/ must not become another host.
  return new Request(new URL(base + request.url), { method: request.method, headers })
}

async function sendWeb(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value)
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
  if (!response.headers.has('cache-control')) reply.header('cache-control', cacheControl('revalidate'))
  return reply.code(response.status).send(Buffer.from(await response.arrayBuffer()))
}
