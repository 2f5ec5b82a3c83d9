import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { chromium, type Browser, type CDPSession, type Page } from 'playwright-core'
import { getChromium } from '../tests/setup/chromium.ts'
import { startServer } from '../tests/setup/server.ts'
import { ownerOf } from './database.ts'
import { median, type Runs } from './measure.ts'
import { inKb, inMs, type Result } from './results.ts'

const SIZES = [0, 1000, 10_000, 50_000]
const RUNS = 3, PAN_MS = 4000, A_SECOND = 1000
/** Headless Chromium has no graphics card here: SwiftShader draws on the processor, with the page and the server beside it. */
const GRAPHICS = ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader']
const DESK = { viewport: { width: 1280, height: 900 } }

type Seen = { firstMs: number; framesPerSecond: number; /** Of the page's own thread, for a frame: what remains where a graphics card draws. */ threadMs: number; /** Of the points alone, as they travelled. */ bytes: number }

/** The big map with more and more points: until the first stand on the screen, and how smoothly it is moved; beside it the same map without points. */
export async function benchExplore(): Promise<Result[]> {
  const folder = await mkdtemp(join(tmpdir(), 'rakkaeo-explore-')), data = join(folder, 'data'), server = await startServer(data, { RAKKAEO_RATE_LIMIT: '0' })
  const owner = new pg.Client({ connectionString: ownerOf(data) }), { path, env } = await getChromium()
  await owner.connect()
  const browser = await chromium.launch({ executablePath: path, args: ['--no-sandbox', ...GRAPHICS], env: { ...process.env, ...env } as Record<string, string> })
  try {
    const results: Result[] = []
    let bare: Seen | null = null
    for (const size of SIZES) {
      await spread(owner, size)
      const seen = await look(browser, server.address)
      bare ??= seen
      if (size > 0) results.push({ ...toResult(size, seen, bare), size: `${size.toLocaleString('en')} points, ${inKb(seen.bytes)}` })
    }
    return results
  } finally {
    await browser.close()
    await owner.end()
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

function toResult(size: number, seen: Seen, bare: Seen): Omit<Result, 'size'> {
  return {
    task: 'the big map: first points, and moving it', ours: `first points after ${inMs(seen.firstMs)}; ${seen.framesPerSecond.toFixed(0)} frames/s (${(seen.framesPerSecond / bare.framesPerSecond).toFixed(2)}× the map without points), ${inMs(seen.threadMs)} of the page’s thread each`,
    beside: `without points: map there after ${inMs(bare.firstMs)}, ${bare.framesPerSecond.toFixed(0)} frames/s, ${inMs(bare.threadMs)} each`, budget: size === SIZES.at(-1) ? '≤ 2 s, ≥ 30 frames/s at desktop speed; drawn on the processor here' : '',
  }
}

/** So many springs over the province, as the server would have left them; no other record has a position. */
async function spread(owner: pg.Client, size: number): Promise<void> {
  await owner.query('set session_replication_role = replica')
  await owner.query(`delete from core.record where open ? 'spread' or open ? 'position' or internal ? 'position'`)
  await owner.query(`insert into core.record (area_code, id, dataset_id, state, form_area, version, instance_id, versions, day, made_at, made_by, changed_at, changed_by, open, internal, personal, sensitive, faults, lat, lon, point_kept, type)
    select s.*, (s.open #>> '{position,lat}')::float8, (s.open #>> '{position,lon}')::float8, 'open', 'spring' from (select (select code from core.area where level = 'tambon' and code like 'TH58%' order by code offset i % 45 limit 1), gen_random_uuid(), f.dataset_id, 'received', f.area_code, f.version, 'spread ' || i, 1, date '2026-01-01' + i % 300, now(), p.id as made_by, now() - i * interval '1 second', p.id,
      jsonb_build_object('spread', i, 'title', 'แหล่งน้ำ ' || i, 'kind', 'spring', 'description', repeat('น้ำ ', 100), 'position', jsonb_build_object('lat', round((17.6 + random() * 2.2)::numeric, 7), 'lon', round((97.4 + random() * 1.3)::numeric, 7), 'altitude', 600, 'accuracy', 5)) as open, '{}'::jsonb, '{}'::jsonb, '{}'::jsonb, '[]'::jsonb
    from generate_series(1, ${size}) i, (select * from core.form where dataset_id = 'water-source' limit 1) f, (select id from access.person limit 1) p) s`)
  await owner.query('set session_replication_role = origin')
  await owner.query('vacuum analyze core.record')
}

async function look(browser: Browser, address: string): Promise<Seen> {
  const firsts: Runs = { ms: [] }, speeds: Runs = { ms: [] }, threads: Runs = { ms: [] }
  let bytes = 0
  for (let run = 0; run < RUNS; run++) {
    const context = await browser.newContext({ baseURL: address, locale: 'th-TH', ...DESK }), page = await context.newPage()
    await signIn(page)
    await page.goto('/explore', { waitUntil: 'commit' })
    firsts.ms.push(await page.evaluate(untilSeen))
    await page.waitForSelector('[data-points=ready]')
    bytes = await page.evaluate(() => (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).find(({ name }) => name.includes('/explore/points'))?.encodedBodySize ?? 0)
    await page.waitForTimeout(A_SECOND)
    const session = await context.newCDPSession(page)
    await session.send('Performance.enable')
    const before = await busyMs(session), { frames, seconds } = await page.evaluate(pan, PAN_MS)
    speeds.ms.push(frames / seconds)
    threads.ms.push((await busyMs(session) - before) / frames)
    await context.close()
  }
  for (const { ms } of [firsts, speeds, threads]) ms.sort((a, b) => a - b)
  return { firstMs: median(firsts), framesPerSecond: median(speeds), threadMs: median(threads), bytes }
}

/** How long the page's own thread has worked since the session began to count. */
async function busyMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
}

async function signIn(page: Page): Promise<void> {
  await page.goto('/about')
  await page.evaluate(async () => { await fetch('/api/auth/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'somsak', password: 'ruam-phalang-58' }) }) })
}

/** In the page: from when it was asked for until points (without any: the land) are drawn. */
async function untilSeen(): Promise<number> {
  type Drawn = { queryRenderedFeatures(what: { layers: string[] }): unknown[]; getLayer(id: string): unknown }
  for (;;) {
    await new Promise(requestAnimationFrame)
    const canvas = document.querySelector<HTMLElement & { map?: Drawn }>('.canvas'), map = canvas?.map
    const isEmpty = document.querySelector('[data-points=ready]') !== null && document.querySelector('.over')?.textContent?.trim().startsWith('0 ')
    if (map?.getLayer('points') && map.queryRenderedFeatures({ layers: isEmpty ? ['land'] : ['points', 'clusters'] }).length > 0) return performance.now()
  }
}

/** In the page: frames drawn while the map is moved to and fro and nearer. */
async function pan(forMs: number): Promise<{ frames: number; seconds: number }> {
  type Drawn = { panBy(by: [number, number], how: object): void; zoomTo(zoom: number, how: object): void; getZoom(): number; on(what: string, then: () => void): void }
  const map = document.querySelector<HTMLElement & { map?: Drawn }>('.canvas')?.map as Drawn, began = performance.now(), zoom = map.getZoom()
  let frames = 0
  map.on('render', () => { frames++ })
  for (let turn = 0; performance.now() - began < forMs; turn++) {
    if (turn % 4 === 3) map.zoomTo(zoom + turn % 8 / 2, { duration: 500 })
    else map.panBy([turn % 2 === 0 ? 300 : -260, 120 - turn % 3 * 120], { duration: 500 })
    await new Promise(done => setTimeout(done, 500))
  }
  return { frames, seconds: (performance.now() - began) / 1000 }
}
