import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit/hooks'
import { paraglideMiddleware } from './paraglide/server.js'
import { lang } from './base/link.ts'

export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ locale }) =>
    resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) }))

/** Pages ask the API inside the process; under `vite dev` there is none, and the request goes to the `npm start` of another window. */
export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const { pathname, search } = new URL(request.url)
  if (!pathname.startsWith('/api/')) return fetch(request)
  const headers = { 'accept-language': lang() }
  return event.platform?.api?.(pathname + search, headers)
    ?? fetch(new URL(pathname + search, `http://127.0.0.1:${process.env['RAKKAEO_PORT'] ?? 8080}`), { headers })
}

/** What the API says reaches the reader; any other fault is told to the log, and the page says what to do next. */
export const handleError: HandleServerError = caught => {
  if (caught.kind === 'app') return caught.error
  if (caught.kind === 'unknown') console.error(caught.event.url.pathname, caught.error)
  return { message: '' }
}
