import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe } from '../setup/axe.ts'
import { visitAs } from '../setup/staff.ts'
import { DESKTOP, expectQuiet, PHONE, useBrowser, visit, type Watch } from '../setup/visit.ts'
import { word } from '../setup/words.ts'

useBrowser()

const CAVE = 'ถ้ำ'
const side = (page: Page) => page.locator('.side')
const count = (page: Page) => page.locator('.side p[role=status]').innerText().then(text => Number(/[\d,]+/.exec(text)?.[0].replace(',', '')))
const onMap = (page: Page) => page.locator('.over').innerText().then(text => Number(/[\d,]+/.exec(text)?.[0].replace(',', '')))
/** The map says so once every point stands on it. */
const untilReady = (page: Page) => page.waitForSelector('[data-program=ready][data-points=ready]')
/** Drawing on the processor, Chromium tells how slow that is; no script of ours is concerned. */
const told = (watch: Watch): Watch => ({ ...watch, errors: watch.errors.filter(error => !error.includes('GL Driver Message')) })

test('mali finds the caves of her tambon: the map, the list, the address and the file say the same', { timeout: 180_000 }, async () => {
  const { page, watch, leave } = await visitAs('mali', DESKTOP)
  await page.locator('header').getByRole('link', { name: word('explore_nav') }).click()
  await page.waitForURL('**/explore')
  await untilReady(page)
  const all = await count(page), points = await onMap(page)
  expect(all).toBeGreaterThan(points)
  expect(points).toBeGreaterThan(20)

  await side(page).getByRole('checkbox', { name: 'แหล่งท่องเที่ยว' }).check()
  await page.waitForURL(/datasets=attraction/)
  await untilReady(page)
  const attractions = await count(page)
  expect(attractions).toBeLessThan(all)
  await side(page).getByRole('checkbox', { name: CAVE, exact: true }).check()
  await page.waitForURL(/type=cave/)
  await expect.poll(() => count(page)).toBeLessThan(attractions)
  await untilReady(page)
  const caves = await side(page).locator('li div > a').allInnerTexts()
  expect(caves.length).toBe(await count(page))
  expect(caves.length).toBe(await onMap(page))

  const file = page.waitForEvent('download')
  await side(page).getByRole('link', { name: /^GeoJSON/ }).click()
  const { features } = JSON.parse(await readFile(await (await file).path(), 'utf8')) as { features: { properties: { title: string } }[] }
  expect(features.map(({ properties }) => properties.title).sort()).toEqual([...caves].sort())
  expectQuiet(told(watch))
  await leave()
})

test('a record that is chosen stands in the address, shows its picture and leads to all of it; who opens the link sees the same', { timeout: 180_000 }, async () => {
  const { page, watch, leave } = await visitAs('mali', DESKTOP)
  await page.goto('/explore?datasets=attraction')
  await untilReady(page)
  const first = side(page).locator('li div > a').first(), title = await first.innerText()
  await first.click()
  const card = page.getByRole('article', { name: word('explore_chosen') })
  await card.getByRole('link', { name: title }).waitFor()
  expect(page.url()).toMatch(/record=[0-9a-f-]{36}/)

  await page.evaluate(() => (document.querySelector('.canvas') as HTMLElement & { map: { jumpTo(to: object): void } }).map.jumpTo({ center: [98.27, 19.56], zoom: 13 }))
  await page.waitForURL(/box=/)
  const shown = { url: page.url(), count: await expect.poll(() => count(page)).toBeGreaterThan(0).then(() => count(page)) }
  await page.goto('/about')
  await page.goto(shown.url)
  await untilReady(page)
  expect(await count(page)).toBe(shown.count)
  const box = (address: string) => (new URL(address).searchParams.get('box') ?? '').split(',').map(Number)
  const seen = await page.evaluate(() => { const bounds = (document.querySelector('.canvas') as HTMLElement & { map: { getBounds(): { toArray(): number[][] } } }).map.getBounds().toArray(); return bounds.flat() })
  seen.forEach((degrees, i) => expect(degrees).toBeCloseTo(box(shown.url)[i] as number, 1))

  await card.getByRole('link', { name: title }).click()
  await page.waitForURL(/\/record\/[0-9a-f-]{36}/)
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain(title)
  expectQuiet(told(watch))
  await leave()
})

test('a click on a point of the map chooses its record', { timeout: 180_000 }, async () => {
  const { page, leave } = await visitAs('mali', DESKTOP)
  await page.goto('/explore?datasets=attraction')
  await untilReady(page)
  type Drawn = { jumpTo(to: object): void; once(what: string): Promise<unknown>; project(at: number[]): { x: number; y: number }; queryRenderedFeatures(what: object): { geometry: { coordinates: number[] } }[]; getCanvas(): HTMLElement }
  const at = await page.evaluate(async () => {
    const { map } = document.querySelector('.canvas') as HTMLElement & { map: Drawn }
    map.jumpTo({ zoom: 15, center: [98.277, 19.566] })
    for (let zoom = 15; zoom > 8; zoom -= 1) {
      map.jumpTo({ zoom })
      await map.once('idle')
      const box = map.getCanvas().getBoundingClientRect(), seen = map.queryRenderedFeatures({ layers: ['points'] }).map(point => map.project(point.geometry.coordinates))
      const where = seen.find(({ x, y }) => x > 60 && y > 60 && x < box.width - 140 && y < box.height / 2)
      if (where) return { x: box.left + where.x, y: box.top + where.y }
    }
    throw new Error('no single point in view')
  })
  await page.mouse.click(at.x, at.y)
  await page.getByRole('article', { name: word('explore_chosen') }).waitFor()
  await page.waitForURL(/record=/)
  await page.getByRole('button', { name: word('explore_close') }).click()
  await expect.poll(() => page.url()).not.toContain('record=')
  await leave()
})

test('without script the same records are a list with a map, page by page, chosen by the same form', async () => {
  const signed = await visitAs('mali', DESKTOP), cookies = await signed.page.context().cookies()
  await signed.leave()
  const { page, watch, leave } = await visit({ ...PHONE, javaScriptEnabled: false })
  await page.context().addCookies(cookies)
  await page.goto('/explore')
  expect(await page.locator('svg[data-map] circle').count()).toBeGreaterThan(3)
  const names = await side(page).locator('li div > a').allInnerTexts()
  expect(names.length).toBe(40)
  await page.getByRole('link', { name: word('next_page') }).click()
  await page.waitForURL(/after=/)
  const more = await side(page).locator('li div > a').allInnerTexts()
  expect(more.some(name => names.includes(name)), 'no record twice').toBe(false)
  await page.goto('/explore')
  await side(page).getByRole('checkbox', { name: 'แหล่งท่องเที่ยว' }).check()
  await page.getByRole('button', { name: word('record_filter_go') }).click()
  await page.waitForURL(/datasets=attraction/)
  await side(page).locator('li div > a').first().click()
  await page.getByRole('article', { name: word('explore_chosen') }).getByRole('link', { name: word('explore_open') }).click()
  await page.waitForURL(/\/record\//)
  expectQuiet(watch)
  await leave()
})

test('who is not signed in sees the land and what was approved for everyone, and the way in', async () => {
  const { page, watch, leave } = await visit(DESKTOP)
  await page.goto('/explore?datasets=attraction')
  await untilReady(page)
  await page.waitForFunction(() => ((document.querySelector('.canvas') as HTMLElement & { map?: { getLayer(id: string): unknown; queryRenderedFeatures(what: object): unknown[] } }).map?.queryRenderedFeatures({ layers: ['land'] }).length ?? 0) > 0)
  const seen = await count(page)
  expect(seen).toBeGreaterThan(0)
  await side(page).locator('li div > a').first().click()
  const card = page.getByRole('article', { name: word('explore_chosen') })
  await card.locator('img').evaluate((img: HTMLImageElement) => img.decode())
  const [file] = await Promise.all([page.waitForEvent('download'), side(page).getByRole('link', { name: 'CSV', exact: true }).click()])
  expect((await readFile(await file.path(), 'utf8')).trimEnd().split('\n').length - 1).toBe(seen)
  await card.getByRole('link', { name: word('thing_open') }).click()
  await page.getByRole('heading', { name: word('thing_answers') }).waitFor()
  expect(await page.locator('[data-photos] img').first().evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth))).toBeGreaterThan(100)
  await page.goBack()
  await page.locator('main').getByRole('link', { name: word('sign_in') }).click()
  expect(new URL(page.url()).searchParams.get('next')).toMatch(/^\/explore\?datasets=attraction/)
  expectQuiet(told(watch))
  await leave()

  const mali = await visitAs('mali', DESKTOP)
  await mali.page.goto('/explore?datasets=attraction')
  expect(await count(mali.page), 'she sees what waits as well').toBeGreaterThan(seen)
  await mali.leave()
})

test.each([{ name: 'on a phone', options: PHONE }, { name: 'on a desk in English', options: DESKTOP }])('nothing keeps anybody out, $name', { timeout: 120_000 }, async ({ options }) => {
  const { page, leave } = await visitAs('mali', options)
  await page.goto(options === PHONE ? '/explore' : '/en/explore?datasets=attraction')
  await untilReady(page)
  await side(page).locator('li div > a').first().click()
  await page.getByRole('article').waitFor()
  const { violations } = await axe(page).analyze()
  expect(violations.flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.target.join(' ')} ${node.any[0]?.message ?? fault.help}`))).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true)
  await leave()
})
