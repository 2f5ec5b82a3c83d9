import { createReadStream, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { pathToFileURL } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { problem, type Problem } from '../../domain/base/problem.ts'
import { askerHeaders, forgetAsker, forOnePage, INSIDE } from './asker.ts'
import { preferredLang } from './lang.ts'
import { cacheControl, handedTo } from './reply.ts'

/** A form of words is small; some pages are sent whole files: those of imports, and the spreadsheet of a form. */
const FORM_LIMIT_BYTES = 256 << 10
const PAGES_WITH_FILES = { '/imports': 129 << 20, '/tables': 65 << 20, '/datasets/:id/form': 9 << 20 }
const TOO_LARGE = 413, NO_FORM = 415, LONGEST_TYPE = 80

/** What the pages themselves refuse, before the API hears of it. */
const siteProblems = {
  wordsTooLarge: problem('site/words-too-large', {
    th: (d: { limit: string }) => `สิ่งที่กรอกมารวมกันใหญ่เกิน ${d.limit} จึงยังไม่ได้บันทึก ย้อนกลับไปที่แบบฟอร์ม ตัดข้อความให้สั้นลง หรือแบ่งส่งหลายครั้ง`,
    en: d => `What was filled in is larger than ${d.limit} in all, and nothing was kept. Go back to the form, then shorten the text or send it in parts.`,
  }),
  filesTooLarge: problem('site/files-too-large', {
    th: (d: { limit: string }) => `ไฟล์ที่เลือกรวมกันใหญ่เกิน ${d.limit} จึงยังไม่ได้รับไว้สักไฟล์ ย้อนกลับไปเลือกน้อยไฟล์ลงต่อครั้ง หรือแบ่งไฟล์ให้เล็กลง`,
    en: d => `The chosen files are larger than ${d.limit} in all, and none was kept. Go back and choose fewer at a time, or divide the file.`,
  }),
  noForm: problem('site/no-form', {
    th: (d: { type: string }) => `หน้านี้รับเฉพาะแบบฟอร์มของเว็บไซต์ ไม่รับข้อมูลชนิด ${d.type} เปิดหน้านี้แล้วกรอกแบบฟอร์ม หากเป็นโปรแกรม ให้ส่งทาง API ดูวิธีที่ /api`,
    en: d => `This page takes forms of this site, not ${d.type}. Open the page and fill in its form; a program sends to the API, see /api.`,
  }),
}

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
    root: client, serve: false, preCompressed: true, cacheControl: false, index: false,
    setHeaders: (response, path) => { response.header('cache-control', cacheControl(path.includes('/immutable/') ? 'immutable' : 'revalidate')) },
  })
  const respond = (request: FastifyRequest, page: Request, api = callInside(server, request)) => forOnePage(() => site.respond(page, { platform: { api }, getClientAddress: () => request.ip }))
  const files = listAddresses(client)
  const answer = async (request: FastifyRequest, reply: FastifyReply) => sendWeb(reply, await respond(request, toWeb(request, publicUrl)))
  server.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const path = request.url.split('?')[0] as string
    return files.has(path) ? reply.sendFile(path) : answer(request, reply)
  })
  await server.register(async pages => {
    // The page reads its form itself; that it comes from our own site is seen to by SvelteKit (`csrf`).
    pages.removeAllContentTypeParsers()
    pages.addContentTypeParser(['application/x-www-form-urlencoded', 'multipart/form-data'], { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    pages.setErrorHandler<FastifyError>(async (error, request, reply) => {
      const refusal = refusalOf(error, request)
      await finished(request.raw.resume()).catch(() => undefined)
      return sendWeb(reply, await respond(request, firstPage(request, publicUrl), refuseAll(callInside(server, request), refusal, error.statusCode as number)))
    })
    for (const [path, bodyLimit] of Object.entries(PAGES_WITH_FILES)) {
      for (const url of [path, `/en${path}`]) pages.post(url, { schema: { hide: true }, bodyLimit, onRequest: refuseStranger, config: { slow: true } }, answer)
    }
    pages.post('/*', { schema: { hide: true }, bodyLimit: FORM_LIMIT_BYTES }, answer)
  })
}

/** Looked up in a list: a route for each of a thousand files would be a quarter of what it takes to get up. */
function listAddresses(folder: string): ReadonlySet<string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  return new Set(files.map(({ parentPath, name }) => `/${relative(folder, join(parentPath, name)).replaceAll('\\', '/')}`))
}

/** Nobody without a session makes the server hold files. The page then says that one must sign in. */
async function refuseStranger(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  return request.headers.cookie?.includes('rakkaeo.session_token=') ? undefined : reply.redirect(request.url.startsWith('/en/') ? '/en/sign-in' : '/sign-in', 303)
}

/** Why a form was not read, for people; whatever else went wrong is left to the handler of all errors. */
function refusalOf(error: FastifyError, request: FastifyRequest): Problem {
  const { bodyLimit } = request.routeOptions, isMega = bodyLimit >= 1 << 20
  if (error.statusCode === NO_FORM) return siteProblems.noForm({ type: (request.headers['content-type'] ?? '?').slice(0, LONGEST_TYPE) })
  if (error.statusCode !== TOO_LARGE) throw error
  return (bodyLimit > FORM_LIMIT_BYTES ? siteProblems.filesTooLarge : siteProblems.wordsTooLarge)({ limit: isMega ? `${bodyLimit >> 20} MB` : `${bodyLimit >> 10} KB` })
}

/** The site writes its page of errors itself: the first page asks the API, and whatever it asks is answered with the refusal. */
function refuseAll(api: CallApi, refusal: Problem, status: number): CallApi {
  return async (url, call) => url === '/api/me' ? api(url, call) : Response.json({ code: refusal.code, detail: refusal.in(preferredLang(call.headers['accept-language'])) }, { status })
}

/** Pages ask the API without leaving the process, in the name of whoever asks for the page. */
function callInside(server: FastifyInstance, request: FastifyRequest): CallApi {
  return async (url, { method = 'GET', headers, body }) => {
    if (method !== 'GET') forgetAsker()
    const answer = await server.inject({
      method: method as 'GET', url, headers: { ...headers, ...askerHeaders(request) }, remoteAddress: INSIDE, ...(body !== undefined && { payload: typeof body === 'string' ? body : Buffer.from(body) }),
    })
    if (method !== 'GET') forgetAsker()
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
  const body = Buffer.isBuffer(request.body) ? new Uint8Array(request.body) : null
  // Put together as text: an address such as //elsewhere/ must not become another host.
  return new Request(new URL(baseOf(request, publicUrl) + request.url), { method: request.method, headers: headersOf(request.headers), body })
}

/** The first page of the asker's language, asked by the same person. */
function firstPage(request: FastifyRequest, publicUrl: string | null): Request {
  return new Request(new URL(baseOf(request, publicUrl) + (/^\/en(?=[/?]|$)/.test(request.url) ? '/en' : '/')), { headers: headersOf(request.headers) })
}

function baseOf(request: FastifyRequest, publicUrl: string | null): string {
  const asked = publicUrl ?? `${request.protocol}://${request.host}`
  return URL.canParse(asked) ? asked : 'http://localhost'
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
