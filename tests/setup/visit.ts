import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject } from 'vitest'

/** A villager's phone and an office's screen. */
export const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true } as const
export const DESKTOP = { viewport: { width: 1280, height: 900 } } as const

let browser: Browser | undefined

/** Call once in a test file: the browser opens before its tests and closes after them. */
export function useBrowser(): void {
  beforeAll(async () => {
    const { path, env } = inject('chromium')
    browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox', '--font-render-hinting=none'], env: { ...process.env, ...env } as Record<string, string> })
  })
  afterAll(async () => { await browser?.close() })
}

/** Chromium tells this of a page that is left while it is still fading in; no script of ours is concerned. */
const LEFT_EARLY = /^Transition was (aborted|skipped)/

/** What went wrong in a page without anybody clicking on it. */
export type Watch = { foreign: string[]; errors: string[]; failed: string[] }

/** A fresh person with an empty cache, who speaks Thai unless said otherwise; what her browser does behind her back is watched. */
export async function visit(options: BrowserContextOptions = DESKTOP): Promise<{ page: Page; watch: Watch; leave: () => Promise<void> }> {
  if (!browser) throw new Error('call useBrowser() first')
  const address = inject('address')
  const context = await browser.newContext({ baseURL: address, locale: 'th-TH', acceptDownloads: true, ...options })
  const page = await context.newPage()
  return { page, watch: watchPage(page, address), leave: () => context.close() }
}

function watchPage(page: Page, address: string): Watch {
  const watch: Watch = { foreign: [], errors: [], failed: [] }
  page.on('request', request => { if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(`${address}/`)) watch.foreign.push(request.url()) })
  page.on('pageerror', error => { if (!LEFT_EARLY.test(error.message)) watch.errors.push(error.message) })
  page.on('console', message => { if (message.type() === 'error') watch.errors.push(message.text()) })
  page.on('response', reply => { if (reply.status() >= 400) watch.failed.push(`${reply.status()} ${reply.url()}`) })
  return watch
}

/** Nothing was asked of another host, no script failed, nothing was refused. */
export function expectQuiet(watch: Watch): void {
  expect(watch).toEqual({ foreign: [], errors: [], failed: [] })
}
