import { expect, inject, test } from 'vitest'
import { expectQuiet, PHONE, useBrowser, visit } from '../setup/visit.ts'
import { word } from '../setup/words.ts'

useBrowser()

test('without script everything can be read and walked: search, map, list, ranking, comparison, the other language', async () => {
  const { page, watch, leave } = await visit({ ...PHONE, javaScriptEnabled: false })
  await page.goto('/')
  expect(await page.locator('#list tbody tr').count()).toBe(77)
  await page.locator('#search-big').fill('ริมใต้ อ.แม่ริม')
  await page.locator('#search-big').press('Enter')
  await page.waitForURL(/\/search\?q=/)
  await page.locator('main').getByRole('link', { name: 'ตำบลริมใต้' }).first().click()
  await page.waitForURL('**/place/TH500701')
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('ริมใต้')
  await page.getByRole('navigation', { name: word('trail_label') }).getByRole('link', { name: 'อำเภอแม่ริม' }).click()
  await page.waitForURL('**/place/TH5007')
  await page.getByRole('navigation', { name: word('nav_label') }).getByRole('link', { name: word('nav_rank') }).click()
  await page.waitForURL('**/rank')
  expect(await page.locator('#rank tbody tr').count()).toBeGreaterThan(10)
  await page.getByRole('link', { name: 'English' }).click()
  await page.waitForURL('**/en/rank')
  expect(await page.locator('main').innerText()).toContain(word('rank_title', 'en'))
  await page.goto('/compare?places=TH50,TH57')
  expect(await page.locator('main table').count()).toBeGreaterThan(0)
  expectQuiet(watch)
  await leave()
})

test('what is not there is said in plain words, in both languages, with a way on', async () => {
  const { page, leave } = await visit(PHONE)
  for (const [path, lang] of [['/place/TH999999', 'th'], ['/en/place/TH999999', 'en'], ['/nowhere', 'th'], ['/en/nowhere', 'en'], ['/data/no-such-number', 'th']] as const) {
    const reply = await page.goto(path)
    expect([path, reply!.status()]).toEqual([path, 404])
    expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(word('fault_missing', lang))
    await page.locator('main').getByRole('link', { name: word('fault_home', lang) }).waitFor()
  }
  for (const path of ['/place/abc', '/rank?level=galaxy', '/rank?indicator=no-such-number', '/compare?places=TH50,XX', '/search?q=%E0%B8%AE%E0%B8%AE%E0%B8%AE%E0%B8%AE%E0%B8%AE']) {
    const reply = await page.goto(path)
    expect([path, reply!.status() < 500]).toEqual([path, true])
    expect((await page.locator('main').innerText()).length).toBeGreaterThan(20)
  }
  await leave()
})

test('a page that was read opens again without a network, and another one says why it does not', async () => {
  const { page, leave } = await visit(PHONE)
  await page.goto('/')
  await page.evaluate(() => navigator.serviceWorker.ready)
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  await page.goto('/place/TH500701')
  await page.waitForLoadState('networkidle')
  await page.context().setOffline(true)
  await page.reload()
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('ริมใต้')
  await page.goto('/place/TH9601').catch(() => {})
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(word('offline_title'))
  await leave()
})

test('a printed page has its place, day, address and source, and no menus', async () => {
  const { page, leave } = await visit()
  await page.goto('/place/TH50')
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('header').isVisible()).toBe(false)
  const printed = await page.locator('body').innerText()
  for (const said of ['จังหวัดเชียงใหม่', `${inject('address')}/place/TH50`, word('source_label')]) expect(printed).toContain(said)
  expect(printed).not.toContain(word('take_png'))
  const pdf = await page.pdf({ format: 'A4' })
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
  await leave()
})
