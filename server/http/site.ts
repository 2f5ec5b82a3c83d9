import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { askerHeaders, INSIDE } from './asker.ts'
import { cacheControl, handedTo } from './reply.ts'

/** A form of words is small; the page of imports is sent whole files. */
const FORM_LIMIT_BYTES = 256 << 10, FILES_LIMIT_BYTES = 129 << 20
const PAGES_WITH_FILES = ['/imports', '/en/imports']

/** What the built site exports (SvelteKit, adapter-node): pages as a function from Request to Response. */
type Site = {
  init(options: { env: NodeJS.ProcessEnv; read(file: string): ReadableStream }): Promise<void>
  respond(request: Request, options: { platform: { api: CallApi }; getClientAddress(): string }): Promise<Response>
}
/** What a page asks the API; the asker's cookies are among the headers. */
type Call = { method?: string; headers: Record<string, string>; body?: string | Uint8Array }
type CallApi = (path: string, call: Call) => Promise<Response>

/** Answers everything outside /api by the site that was built into a folder. */
export async function mountSite(server: FastifyInstance, folder: string, publicUrl: string | null): Promise<void> {
  const client = join(folder, 'client')
  const { server: site } = await import(pathToFileURL(join(folder, 'server/server.js')).href) as { server: Site }
  await site.init({ env: process.env, read: file => Readable.toWeb(createReadStream(join(client, file))) as ReadableStream })
  await server.register(fastifyStatic, {
    root: client, wildcard: false, preCompressed: true, cacheControl: false, index: false,
    setHeaders: (response, path) => { response.header('cache-control', cacheControl(path.includes('/immutable/') ? 'immutable' : 'revalidate')) },
  })
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    const response = await site.respond(toWeb(request, publicUrl), { platform: { api: callInside(server, request) }, getClientAddress: () => request.ip })
    return sendWeb(reply, response)
  }
  server.get('/*', { schema: { hide: true } }, answer)
  await server.register(async pages => {
    // The page reads its form itself; that it comes from our own site is seen to by SvelteKit (`csrf`).
    pages.removeAllContentTypeParsers()
    pages.addContentTypeParser(['application/x-www-form-urlencoded', 'multipart/form-data'], { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    for (const path of PAGES_WITH_FILES) pages.post(path, { schema: { hide: true }, bodyLimit: FILES_LIMIT_BYTES, onRequest: refuseStranger }, answer)
    pages.post('/*', { schema: { hide: true }, bodyLimit: FORM_LIMIT_BYTES }, answer)
  })
}

/** Nobody without a session makes the server hold files. The page then says that one must sign in. */
async function refuseStranger(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  return request.headers.cookie?.includes('rakkaeo.session_token=') ? undefined : reply.redirect(request.url.startsWith('/en/') ? '/en/sign-in' : '/sign-in', 303)
}

/** Pages ask the API without leaving the process, in the name of whoever asks for the page. */
function callInside(server: FastifyInstance, request: FastifyRequest): CallApi {
  return async (url, { method = 'GET', headers, body }) => {
    const answer = await server.inject({
      method: method as 'GET', url, headers: { ...headers, ...askerHeaders(request) }, remoteAddress: INSIDE, ...(body !== undefined && { payload: typeof body === 'string' ? body : Buffer.from(body) }),
    })
    const init = { status: answer.statusCode, headers: headersOf(answer.headers) }
    const data = handedTo(answer.raw.req)
    if (data !== undefined) return new Handed(data, init)
    const hasBody = answer.statusCode !== 204 && answer.statusCode !== 304
    return new Response(hasBody ? new Uint8Array(answer.rawPayload) : null, init)
  }
}

/** An answer that never was text. */
class Handed extends Response {
  readonly #data: unknown
  constructor(data: unknown, init: ResponseInit) {
    super(null, init)
    this.#data = data
  }

  override async json(): Promise<unknown> { return this.#data }
  override async text(): Promise<string> { return JSON.stringify(this.#data) }
}

function toWeb(request: FastifyRequest, publicUrl: string | null): Request {
  const asked = publicUrl ?? `${request.protocol}://${request.host}`
  const base = URL.canParse(asked) ? asked : 'http://localhost'
  const body = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : null
  // Put together as text: an address such as //elsewhere/ must not become another host.
  return new Request(new URL(base + request.url), { method: request.method, headers: headersOf(request.headers), body })
}

/** A header that stands several times (cookies) stays several. */
function headersOf(headers: Record<string, unknown>): Headers {
  return new Headers(Object.entries(headers).flatMap(([name, value]) => [value].flat().map(one => [name, String(one ?? '')] as [string, string])))
}

async function sendWeb(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value)
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
  if (!response.headers.has('cache-control')) reply.header('cache-control', cacheControl('revalidate'))
  return reply.code(response.status).send(Buffer.from(await response.arrayBuffer()))
}
