import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from 'playwright-core'
import { getChromium } from '../tests/setup/chromium.ts'
import { queueStories, readStories, sendOverBadLine } from '../tests/setup/outbox.ts'
import { word } from '../tests/setup/words.ts'
import { median, p95, type Runs } from './measure.ts'
import { inKb, inMs, type Result } from './results.ts'
import { openHousehold, TAMBON } from './submissions.world.ts'
import { mustAsk, type World } from './world.ts'

/** A cheap phone on a poor line, as Lighthouse has them. */
const CPU_FACTOR = 6, SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 }
const RUNS = 3, ANSWERS = 12
const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true } as const
const HOUSEHOLD = '#/new/TH/hh_survey', BMN = `#/new/TH/bmn-2560/${TAMBON}01`
const SCRIPT_BUDGET_KB = 350
const MANY = 500, CUTS = { times: 8, betweenMs: 4000, goneMs: 500 }

/** The collector as somebody holds it: on the phone already, its processor six times slower, the line slow; beside it the same page at full speed. */
export async function benchCollector(world: World): Promise<Result[]> {
  await openHousehold(world)
  const { path, env } = await getChromium()
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox'], env: { ...process.env, ...env } as Record<string, string> })
  try {
    const context = await browser.newContext({ ...PHONE, baseURL: world.address, locale: 'th-TH' })
    await install(context)
    return [await benchScript(context), ...await benchForm(context, 'household form (21 questions)', HOUSEHOLD, [2500, 1300]), ...await benchForm(context, 'BMN form of 2560', BMN, [8000, 3000]), ...await benchAnswers(context), await benchQueue(browser, context, world.address)]
  } finally {
    await browser.close()
  }
}

/** What waited for weeks leaves at once, a picture each, over half a megabit that breaks off again and again: none is missing, altered or there twice. */
async function benchQueue(browser: Browser, context: BrowserContext, baseURL: string): Promise<Result> {
  const page = await context.newPage(), mali = await browser.newPage({ baseURL }), title = 'queue of the bench'
  await page.goto('/collect#/outbox')
  await page.locator('[data-program=ready]').waitFor()
  const { queued, session } = await queueStories(page, MANY, title)
  let cuts = 0
  const ms = await timeOf(async () => { cuts = await sendOverBadLine(page, session, CUTS) })
  await signIn(mali, 'mali')
  await mali.goto('/about')
  const arrived = await readStories(mali, MANY, title), whole = arrived.filter(({ title, sha256 }) => queued[title] === sha256)
  if (arrived.length !== MANY || new Set(whole.map(each => each.title)).size !== MANY) throw new Error(`of ${MANY} entries ${arrived.length} arrived, ${whole.length} of them whole`)
  await Promise.all([page.close(), mali.close()])
  return { task: 'an outbox of weeks', size: `${MANY} entries with a picture each, 500 kbit/s, cut ${cuts} times`, ours: `all there and whole after ${(ms / 1000).toFixed(0)} s, ${inMs(ms / MANY)} each`, beside: '–', budget: 'none lost, none twice' }
}

async function signIn(page: Page, name: string): Promise<void> {
  const reply = await page.context().request.post('/api/auth/sign-in', { data: { name, password: 'ruam-phalang-58' } })
  if (!reply.ok()) throw new Error(`the demo person ${name} cannot sign in: ${reply.status()}`)
}

/** Signs in, takes the telephone over, and waits until it carries program and forms. */
async function install(context: BrowserContext): Promise<void> {
  const page = await context.newPage()
  await signIn(page, 'khamkaeo')
  await page.goto('/collect')
  await page.getByRole('button', { name: word('collect_without_pin') }).click()
  await page.locator(`a[href="${HOUSEHOLD}"]`).waitFor()
  await page.waitForFunction(async () => (await caches.keys()).some(name => name.startsWith('collector-')) && navigator.serviceWorker.controller !== null, undefined, { timeout: 60_000 })
  await page.close()
}

async function slow(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_FACTOR })
  await session.send('Network.enable')
  await session.send('Network.emulateNetworkConditions', SLOW_4G)
  return session
}

/** Every script and every program that the page fetches until a form stands there, WebAssembly too: as it travels, headers included, and by gzip. */
async function benchScript(context: BrowserContext): Promise<Result> {
  const page = await context.newPage(), session = await context.newCDPSession(page), scripts = new Map<string, string>()
  let bytes = 0
  await session.send('Network.enable')
  await session.send('Network.setBypassServiceWorker', { bypass: true })
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  session.on('Network.responseReceived', ({ requestId, type, response }) => { if (type === 'Script' || response.mimeType === 'application/wasm') scripts.set(requestId, response.url) })
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => { if (scripts.has(requestId)) bytes += encodedDataLength })
  await page.goto(`/collect${HOUSEHOLD}`)
  await page.locator('.question').first().waitFor()
  const withEngine = bytes, files = [...scripts.values()]
  bytes = 0
  await page.goto('/datasets')
  await page.close()
  let gzip = 0
  for (const url of files) gzip += (await mustAsk(url)).bytes
  return { task: 'script of the collector', size: `${files.length} files`, ours: `${inKb(withEngine)} with the engine, as it travels; ${inKb(gzip)} by gzip`, beside: `a page that is read: ${inKb(bytes)}`, budget: `≤ ${SCRIPT_BUDGET_KB} KB gzip` }
}

/** Until the first question can be answered: of a telephone that was just opened, of a program that stands there, and of a draft. */
async function benchForm(context: BrowserContext, name: string, address: string, [cold, warm]: [number, number]): Promise<Result[]> {
  const first = sides(), again = sides(), draft = sides()
  for (let run = 0; run < RUNS; run++) {
    for (const speed of ['slow', 'full'] as const) {
      const page = await context.newPage()
      if (speed === 'slow') await slow(page)
      first[speed].push(await timeOf(async () => { await page.goto(`/collect${address}`); await untilAsked(page) }))
      await answerOne(page, 0)
      await page.waitForTimeout(1500)
      const kept = new URL(page.url()).hash
      // opened anew, so that this form was not read yet
      await page.goto('about:blank')
      await page.goto('/collect')
      await page.getByRole('heading', { level: 1, name: word('collect_home') }).waitFor()
      await page.waitForTimeout(3000)
      again[speed].push(await timeOf(async () => { await page.evaluate(to => { location.hash = to }, address); await untilAsked(page) }))
      const other = await context.newPage()
      if (speed === 'slow') await slow(other)
      draft[speed].push(await timeOf(async () => { await other.goto(`/collect${kept}`); await untilAsked(other) }))
      await Promise.all([page.close(), other.close()])
    }
  }
  const line = (task: string, times: Sides, budget: number): Result => ({
    task: `${name}: ${task}`, size: `${CPU_FACTOR}× slower, slow 4G`, ours: `${inMs(median(runsOf(times.slow)))}, worst ${inMs(Math.max(...times.slow))}`, beside: `at full speed ${inMs(median(runsOf(times.full)))}`, budget: `≤ ${inMs(budget)}`,
  })
  return [line('the telephone just opened', first, cold), line('the collector is open', again, warm), line('its draft, the telephone just opened', draft, cold)]
}

type Sides = Record<'slow' | 'full', number[]>
const sides = (): Sides => ({ slow: [], full: [] })
const runsOf = (ms: number[]): Runs => ({ ms: [...ms].sort((a, b) => a - b) })

async function untilAsked(page: Page): Promise<void> {
  const question = page.locator('.question').first(), without = page.getByRole('button', { name: word('collect_new_thing') }).or(page.getByRole('button', { name: word('collect_without_thing') }))
  await question.or(without).first().waitFor({ timeout: 60_000 })
  if (await question.count() === 0) await without.first().click()
  await question.waitFor({ timeout: 60_000 })
}

/** From the key until the page shows what came of it. */
async function benchAnswers(context: BrowserContext): Promise<Result[]> {
  const results: Result[] = []
  for (const [name, address] of [['household form', HOUSEHOLD], ['BMN form of 2560', BMN]] as const) {
    const page = await context.newPage()
    await page.goto(`/collect${address}`)
    await untilAsked(page)
    const full = await answer(page)
    await slow(page)
    const slowed = await answer(page)
    results.push({ task: `${name}: one answer`, size: `${slowed.length} answers, ${CPU_FACTOR}× slower`, ours: `${inMs(median(runsOf(slowed)))}, p95 ${inMs(p95(runsOf(slowed)))}`, beside: `at full speed ${inMs(median(runsOf(full)))}`, budget: '≤ 300 ms' })
    await page.close()
  }
  return results
}

async function answer(page: Page): Promise<number[]> {
  const times: number[] = []
  for (let turn = 0; turn < ANSWERS; turn++) {
    times.push(await answerOne(page, turn))
    // what is kept after an answer is kept before the next
    await page.waitForTimeout(400)
  }
  return times
}

function answerOne(page: Page, turn: number): Promise<number> {
  return page.evaluate(async turn => {
    const fields = [...document.querySelectorAll<HTMLInputElement>('.question :is(input:not([readonly]), textarea, select)')].filter(field => field.checkVisibility() && !field.disabled && field.type !== 'file')
    const field = fields[turn % fields.length]
    if (!field) throw new Error('nothing to answer on this page')
    const began = performance.now()
    if (field.type === 'radio' || field.type === 'checkbox') field.click()
    else {
      field.value = field instanceof HTMLSelectElement ? field.options[1 + turn % (field.options.length - 1)]?.value ?? '' : `${turn + 1}`
      field.dispatchEvent(new Event('input', { bubbles: true }))
      field.dispatchEvent(new Event('change', { bubbles: true }))
    }
    await new Promise(done => requestAnimationFrame(() => setTimeout(done)))
    return performance.now() - began
  }, turn)
}

async function timeOf(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
