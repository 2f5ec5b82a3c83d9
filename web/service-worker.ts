/// <reference lib="webworker" />
import { version } from '$app/env'

const self = globalThis as unknown as ServiceWorkerGlobalScope
const SHELF = `pages-${version}`
const OFFLINE = ['/offline', '/en/offline']
const MOST_PAGES = 60

/** Keeps the look of the site and the pages that were read, so that a place opens again where there is no network. */
self.addEventListener('install', event => event.waitUntil(caches.open(SHELF).then(shelf => shelf.addAll(OFFLINE))))
self.addEventListener('activate', event => event.waitUntil(
  caches.keys().then(names => Promise.all(names.filter(name => name !== SHELF).map(name => caches.delete(name)))).then(() => self.clients.claim())))

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api')) return
  event.respondWith(url.pathname.startsWith('/_app/immutable/') ? kept(event.request) : fresh(event.request))
})

async function kept(request: Request): Promise<Response> {
  return await caches.match(request) ?? keep(request, await fetch(request))
}

/** The network first; without it the page as it was last read, or the page that says so. */
async function fresh(request: Request): Promise<Response> {
  try {
    return await keep(request, await fetch(request))
  } catch (error) {
    const known = await caches.match(request)
    if (known) return known
    const page = request.mode === 'navigate' ? await caches.match(new URL(request.url).pathname.startsWith('/en') ? '/en/offline' : '/offline') : undefined
    if (page) return page
    throw error
  }
}

async function keep(request: Request, response: Response): Promise<Response> {
  // What was made for one person is not kept on a shared phone.
  if (response.ok && response.type === 'basic' && !response.headers.get('cache-control')?.includes('no-store')) {
    const shelf = await caches.open(SHELF)
    await shelf.put(request, response.clone())
    const pages = (await shelf.keys()).filter(each => !each.url.includes('/_app/') && !each.url.endsWith('/offline'))
    await Promise.all(pages.slice(0, Math.max(0, pages.length - MOST_PAGES)).map(each => shelf.delete(each)))
  }
  return response
}
