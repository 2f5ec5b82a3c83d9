import type { RequestEvent } from '@sveltejs/kit'
import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks'
import { paraglideMiddleware } from './paraglide/server.js'
import { lang } from './base/link.ts'
import { isSignedIn } from './base/signed.ts'

export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, async ({ locale }) => {
    event.locals.cookies = []
    const response = await resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) })
    return seal(event, response)
  })

/** The API's cookies travel to the browser. A page made for one person, or one that holds a secret, is kept by nobody. */
function seal(event: RequestEvent, response: Response): Response {
  for (const cookie of event.locals.cookies) response.headers.append('set-cookie', cookie)
  const leadsOn = response.status >= 300 && response.status < 400
  const isForAll = COLLECTOR_PATH.test(event.url.pathname)
  const isPersonal = leadsOn || event.request.method !== 'GET' || (isSignedIn(event.request) && !isForAll) || PERSONAL_PATHS.test(event.url.pathname)
  if (isForAll || WORKSHOP_PATH.test(event.url.pathname)) letEngineRun(response)
  if (EXPLORER_PATH.test(event.url.pathname)) letProgramSpeak(response)
  if (isPersonal) response.headers.set('cache-control', 'private, no-store')
  else if (!isForAll) response.headers.append('vary', 'cookie')
  return response
}
const PERSONAL_PATHS = /^(\/en)?\/(sign-in|reset|first|invite)(\/|$)/
/** Where forms are tried out: the engine's expressions are WebAssembly. */
const WORKSHOP_PATH = /^(\/en)?\/datasets\/[^/]+\/form$/
/** The big map: its worker and its styles are files of ours, so that nothing else is opened for it. */
const EXPLORER_PATH = /^(\/en)?\/explore$/
/** The collector's page holds nobody's data, whoever asks for it. */
const COLLECTOR_PATH = /^(\/en)?\/collect$/
/** SvelteKit hides with a style of its own what it tells screen readers. */
const ANNOUNCER = "'unsafe-hashes' 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='"

function letEngineRun({ headers }: Response): void {
  const policy = headers.get('content-security-policy')?.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'").replace("style-src 'self'", `style-src 'self' ${ANNOUNCER}`)
  if (policy) headers.set('content-security-policy', policy)
}

function letProgramSpeak({ headers }: Response): void {
  const policy = headers.get('content-security-policy')?.replace("style-src 'self'", `style-src 'self' ${ANNOUNCER}`)
  if (policy) headers.set('content-security-policy', policy)
}

/** Pages ask the API inside the process; under `vite dev` there is none, and the request goes to the `npm start` of another window. */
export const handleFetch: HandleFetch = async ({ event, request, fetch }) => {
  const { pathname, search } = new URL(request.url)
  if (!pathname.startsWith('/api/')) return fetch(request)
  const call = { method: request.method, headers: headersOf(event, request), ...(request.method !== 'GET' && { body: new Uint8Array(await request.arrayBuffer()) }) }
  const outside = `http://127.0.0.1:${process.env['RAKKAEO_PORT'] ?? 8080}`
  const response = await (event.platform?.api?.(pathname + search, call) ?? fetch(new URL(pathname + search, outside), { ...call, headers: { ...call.headers, origin: outside } }))
  event.locals.cookies.push(...response.headers.getSetCookie())
  return response
}

/** The API is told who asks, in which language and with which program. */
function headersOf(event: RequestEvent, request: Request): Record<string, string> {
  const asked = { cookie: event.request.headers.get('cookie'), 'user-agent': event.request.headers.get('user-agent'), 'content-type': request.headers.get('content-type') }
  const given = Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== null)
  return { 'accept-language': lang(), ...Object.fromEntries(given) }
}

/** What the API says reaches the reader; any other fault is told to the log, and the page says what to do next. */
export const handleError: HandleServerError = caught => {
  if (caught.kind === 'app') return caught.error
  if (caught.kind === 'unknown') console.error(caught.event.url.pathname, caught.error)
  return { message: '' }
}
