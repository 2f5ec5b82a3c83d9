/// <reference lib="webworker" />
import { version } from '$app/env'
import { files } from 'virtual:collector-files'
import { sendInBackground } from './collect/background.ts'
import { CARRY, SYNC, UPDATE } from './collect/sync.ts'

const self = globalThis as unknown as ServiceWorkerGlobalScope
const SHELF = `pages-${version}`, COLLECTOR = `collector-${version}`
const OFFLINE = ['/offline', '/en/offline'], COLLECT = ['/collect', '/en/collect'], ICONS = ['/icon.svg', '/manifest.webmanifest']
const COLLECT_PAGE = /^(\/en)?\/collect(\/|$)/
const MOST_PAGES = 60

/**
 * Keeps the look of the site and the pages that were read, so that a place opens again where there is no network; and on a phone that
 * collects the whole collector, which opens from the phone even where there is a network, so that its parts are always of one version.
 * A new version waits until no page of the site is open, or until somebody asks for it.
 */
self.addEventListener('install', event => event.waitUntil(Promise.all([keepAll(SHELF, OFFLINE), carryOn()])))
self.addEventListener('activate', event => event.waitUntil(clearOld().then(() => self.clients.claim())))
self.addEventListener('message', event => event.waitUntil(answer(event)))
self.addEventListener('sync', event => { if ((event as Sync).tag === SYNC) (event as Sync).waitUntil(sendInBackground(self.clients, version)) })
type Sync = ExtendableEvent & { tag: string }

self.addEventListener('fetch', event => {
  const url = new URL(event.request.url)
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || url.pathname.startsWith('/api')) return
  if (event.request.mode === 'navigate' && COLLECT_PAGE.test(url.pathname)) event.respondWith(collector(event.request, url))
  else event.respondWith(url.pathname.startsWith('/_app/immutable/') ? kept(event.request) : fresh(event.request))
})

async function answer({ data, ports: [port] }: ExtendableMessageEvent): Promise<void> {
  if (data === UPDATE) return self.skipWaiting()
  if (data === CARRY) await carry().then(() => port?.postMessage(true), () => port?.postMessage(false))
}

const carry = () => keepAll(COLLECTOR, [...COLLECT, ...ICONS, ...files])

/** A phone that collected with the version before collects with this one. */
async function carryOn(): Promise<void> {
  if ((await caches.keys()).some(name => name.startsWith('collector-'))) await carry()
}

/** As nobody in particular sees them: what was made for one person is not kept on a shared phone. */
async function keepAll(name: string, paths: string[]): Promise<void> {
  const shelf = await caches.open(name)
  await shelf.addAll(paths.map(path => new Request(path, { credentials: 'omit', cache: path.startsWith('/_app/') ? 'default' : 'reload' })))
}

/** The collector of the version before stays: a tab may still show it, and have parts to fetch. */
async function clearOld(): Promise<void> {
  const names = await caches.keys(), before = names.filter(name => name.startsWith('collector-') && name !== COLLECTOR).at(-1)
  await Promise.all(names.filter(name => ![SHELF, COLLECTOR, before].includes(name)).map(name => caches.delete(name)))
}

async function collector(request: Request, { pathname }: URL): Promise<Response> {
  const shelf = await caches.open(COLLECTOR)
  return await shelf.match(pathname.startsWith('/en') ? '/en/collect' : '/collect') ?? fetch(request)
}

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
