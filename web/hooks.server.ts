import type { Handle, HandleFetch, HandleServerError } from '@sveltejs/kit'
import { paraglideMiddleware } from './paraglide/server.js'
import { lang } from './base/link.ts'

export const handle: Handle = ({ event, resolve }) =>
  paraglideMiddleware(event.request, ({ locale }) =>
    resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) }))

/** Pages ask the API inside the process; under `vite dev` there is none, and the request goes to the server named in RAKKAEO_API. */
export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const { pathname, search } = new URL(request.url)
  if (!pathname.startsWith('/api/')) return fetch(request)
  const headers = { 'accept-language': lang() }
  return event.platform?.api?.(pathname + search, headers)
    ?? fetch(new URL(pathname + search, process.env['RAKKAEO_API'] ?? event.url), { headers })
}

/** A fault is told to the log; the page tells the person what to do next. */
export const handleError: HandleServerError = ({ error, event, status }) => {
  if (status !== 404) console.error(event.url.pathname, error)
  return { message: '' }
}
