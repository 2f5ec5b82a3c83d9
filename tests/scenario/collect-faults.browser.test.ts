import { randomUUID } from 'node:crypto'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { datasetOf, settingsOf, workbookOf } from '../setup/defining.ts'
import { answerAll, begin, button, enter, heading, photo, takePhone } from '../setup/collector.ts'
import { DEMO_PASSWORD, visitAs } from '../setup/staff.ts'
import { DESKTOP, PHONE, useBrowser, visit } from '../setup/visit.ts'
import { word } from '../setup/words.ts'

useBrowser()

/** What happens to telephones in the field. Nothing that was written down may be lost by it. */
const TIMEOUT = { timeout: 180_000 }, tag = () => `เรื่อง ${randomUUID().slice(0, 6)}`

async function phoneOf(userName = 'khamkaeo'): Promise<{ page: Page; leave: () => Promise<void> }> {
  const { page, leave } = await visitAs(userName, PHONE)
  page.context().setDefaultTimeout(30_000)
  await takePhone(page)
  return { page, leave }
}

/** It is in the outbox, whatever becomes of it there. */
async function send(page: Page): Promise<void> {
  await button(page, word('collect_send')).click()
  await page.waitForURL(/#\/entry\//)
}
const arrived = (page: Page) => page.getByText('เครื่องแม่ข่ายยืนยันครบทุกไฟล์แล้ว', { exact: false }).waitFor({ timeout: 60_000 })

/** As the integrator of the tambon finds it, once it is read. */
async function recordOf(dataset: string, title: string): Promise<{ record: { madeAt: string; values: Record<string, unknown> }; files: { present: boolean }[] }> {
  const { page, leave } = await visitAs('mali', DESKTOP)
  const ask = (path: string) => page.evaluate(async path => await (await fetch(`/api${path}`)).json() as unknown, path)
  const find = async () => (await ask(`/datasets/${dataset}/records?area=TH580703&limit=50&q=${encodeURIComponent(title)}`) as { items: { id: string }[] }).items
  await expect.poll(async () => (await find()).length, { timeout: 20_000 }).toBe(1)
  const found = await ask(`/records/${(await find())[0]?.id}`)
  await leave()
  return found as Awaited<ReturnType<typeof recordOf>>
}

test('the session expires in the field: collecting goes on, sending asks to sign in, and then sends', TIMEOUT, async () => {
  const { page, leave } = await phoneOf(), title = tag()
  await page.context().clearCookies()
  await begin(page, 'เรื่อง')
  await answerAll(page, { ชื่อเรื่อง: title })
  await send(page)
  await enter(page, '#/outbox')
  await page.getByRole('status').getByRole('link', { name: 'เข้าสู่ระบบ' }).click()
  await page.getByLabel('ชื่อผู้ใช้หรืออีเมล').fill('khamkaeo')
  await page.getByLabel('รหัสผ่าน').fill(DEMO_PASSWORD)
  await page.locator('main').getByRole('button', { name: 'เข้าสู่ระบบ' }).click()
  await page.getByText(word('collect_all_sent')).waitFor()
  expect((await recordOf('story', title)).record.values['title']).toBe(title)
  await leave()
})

test('the telephone’s clock is wrong by a year: it is sent all the same, and when it came is said by the server’s clock', TIMEOUT, async () => {
  const { page, leave } = await phoneOf(), title = tag(), YEAR_MS = 366 * 86_400_000
  await page.addInitScript(ms => {
    const real = Date
    globalThis.Date = class extends real { constructor(...given: unknown[]) { super(...(given.length > 0 ? given : [real.now() - ms]) as [number]) } static override now = () => real.now() - ms } as DateConstructor
  }, YEAR_MS)
  await page.reload()
  await begin(page, 'เรื่อง')
  await answerAll(page, { ชื่อเรื่อง: title })
  await send(page)
  await arrived(page)
  const { record } = await recordOf('story', title)
  expect([String(record.values['story_date']).slice(0, 4), Math.abs(Date.parse(record.madeAt) - Date.now()) < 600_000]).toEqual([String(new Date(Date.now() - YEAR_MS).getFullYear()), true])
  await leave()
})

test('the telephone is full: the photograph is refused with a sentence, what was answered stays, and there is room again', TIMEOUT, async () => {
  const { page, leave } = await phoneOf(), title = tag()
  await begin(page, 'เรื่อง')
  await answerAll(page, { ชื่อเรื่อง: title })
  await page.getByRole('link', { name: /^แก้ ภาพ/ }).first().click()
  // as a browser says it: nothing that is put into the store fits any more
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype
    IDBObjectStore.prototype.put = () => { throw new DOMException('full', 'QuotaExceededError') }
    Object.assign(globalThis, { thereIsRoom: () => { IDBObjectStore.prototype.put = put } })
  })
  await page.locator('input[type=file]').first().setInputFiles(await photo())
  await page.getByRole('alert').filter({ hasText: 'เต็ม' }).first().waitFor()
  await page.evaluate(() => { (globalThis as unknown as { thereIsRoom: () => void }).thereIsRoom() })
  await page.locator('input[type=file]').first().setInputFiles(await photo('#a42'))
  await page.getByRole('img', { name: 'ภาพที่เลือก' }).first().waitFor()
  await page.getByRole('link', { name: word('collect_look_over') }).click()
  await heading(page, word('collect_review'))
  expect(await page.locator('main').innerText()).toContain(title)
  await answerAll(page, {})
  await send(page)
  await arrived(page)
  expect((await recordOf('story', title)).files).toEqual([expect.objectContaining({ present: true })])
  await leave()
})

test('the telephone is wiped after a backup was saved: the site takes the file in, and nothing is missing', TIMEOUT, async () => {
  const { page, leave } = await phoneOf(), title = tag()
  await begin(page, 'เรื่อง')
  await answerAll(page, { ชื่อเรื่อง: title })
  await page.context().setOffline(true)
  await send(page)
  await enter(page, '#/outbox')
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, word('collect_backup_save')).click()])
  const file = await download.path()
  await page.context().setOffline(false)
  await page.goto('/about')
  await (await page.context().newCDPSession(page)).send('Storage.clearDataForOrigin', { origin: inject('address'), storageTypes: 'indexeddb,cache_storage,service_workers' })
  await enter(page)
  await button(page, word('collect_without_pin')).waitFor()
  await page.goto('/phones')
  await page.locator('input[type=file]').setInputFiles(file)
  await page.locator('form:has(input[type=file]) button').click()
  await page.getByText(word('phones_backup_whole')).waitFor()
  expect((await recordOf('story', title)).record.values['title']).toBe(title)
  await leave()
})

test('the form changes while a draft exists: the draft keeps its own version to the end, the next one begins with the new', TIMEOUT, async () => {
  const { page: mali, leave: maliLeaves } = await visitAs('mali', DESKTOP), id = `th580703-${randomUUID().slice(0, 6)}`, name = `บ่อน้ำ ${id.slice(-6)}`
  const put = (path: string, body: unknown) => mali.evaluate(async ([path, body]) => (await fetch(`/api${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: body as string })).status, [path, JSON.stringify(body)])
  const form = async (version: string, more: string) => ({ area: 'TH580703', workbook: await workbookOf(`| survey | | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | required | bind::rakkaeo:role |
| | select_one_from_file villages.csv | village | หมู่บ้าน | Village | yes | place |
| | text | pond | ชื่อบ่อ | Name of the pond | yes | title |
${more}${settingsOf(id, version).replaceAll(`| ${id} | ${id} |`, `| ${name} | ${id} |`)}`) })
  expect(await put('/datasets', { area: 'TH580703', dataset: datasetOf(id, { name: { th: name, en: name } }) })).toBe(200)
  expect(await put(`/datasets/${id}/forms`, await form('1', ''))).toBe(200)
  const { page, leave } = await phoneOf()
  await begin(page, name)
  await answerAll(page, { ชื่อบ่อ: 'หนองเดิม' })
  await page.getByText(word('collect_unsent', 'th', { count: 1 })).first().waitFor()
  expect(await put(`/datasets/${id}/forms`, await form('2', '| | text | depth | ลึกเท่าไร | How deep | yes | |\n'))).toBe(200)
  await enter(page)
  await page.reload()
  await page.getByRole('region', { name: word('collect_drafts') }).getByRole('link').first().click()
  await answerAll(page, {})
  expect(await page.locator('main').innerText()).not.toContain('ลึกเท่าไร')
  await send(page)
  await arrived(page)
  expect((await recordOf(id, 'หนองเดิม')).record).toMatchObject({ values: { pond: 'หนองเดิม' } })
  await enter(page)
  await begin(page, name)
  await answerAll(page, { ชื่อบ่อ: 'หนองใหม่' })
  expect(await page.locator('main').innerText()).toContain('ลึกเท่าไร')
  expect(await put(`/datasets/${id}/forms/2/close`, { area: 'TH580703', closed: true }), 'other tests do not meet it').toBe(200)
  await put(`/datasets/${id}/forms/1/close`, { area: 'TH580703', closed: true })
  await Promise.all([leave(), maliLeaves()])
})

/** The site as it is, and after `change()` with another service worker, as after an upgrade. */
async function siteThatChanges(): Promise<{ address: string; change: () => void; server: Server }> {
  const target = new URL(inject('address'))
  let after = ''
  const server = createServer((asked, reply) => {
    const passed = request({ host: target.hostname, port: target.port, path: asked.url, method: asked.method, headers: { ...asked.headers, 'accept-encoding': 'identity', 'if-none-match': '', 'if-modified-since': '' } }, answer => {
      const isWorker = asked.url === '/service-worker.js', headers = { ...answer.headers }
      if (isWorker) delete headers['content-length']
      reply.writeHead(answer.statusCode ?? 502, headers)
      answer.on('data', piece => reply.write(piece)).on('end', () => reply.end(isWorker ? after : undefined))
    })
    passed.on('error', () => reply.destroy())
    asked.pipe(passed)
  })
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done))
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, change: () => { after = '\n// the next version' }, server }
}

test('a new version of the site comes while a draft exists: nothing is reloaded under one’s hands, and the draft is there afterwards', TIMEOUT, async () => {
  const site = await siteThatChanges(), { page, leave } = await visit({ ...PHONE, baseURL: site.address }), title = tag()
  page.context().setDefaultTimeout(30_000)
  await page.goto('/sign-in')
  await page.getByLabel('ชื่อผู้ใช้หรืออีเมล').fill('khamkaeo')
  await page.getByLabel('รหัสผ่าน').fill(DEMO_PASSWORD)
  await page.locator('main').getByRole('button', { name: 'เข้าสู่ระบบ' }).click()
  await page.waitForURL('**/desk')
  await takePhone(page)
  await begin(page, 'เรื่อง')
  await answerAll(page, { ชื่อเรื่อง: title })
  await page.getByText(word('collect_unsent', 'th', { count: 1 })).first().waitFor()
  site.change()
  await page.evaluate(async () => { await (await navigator.serviceWorker.ready).update() })
  await page.waitForFunction(async () => (await navigator.serviceWorker.getRegistration())?.waiting)
  await page.getByRole('heading', { level: 1, name: word('collect_review') }).waitFor()
  await enter(page, '#/phone')
  await Promise.all([page.waitForEvent('load'), button(page, word('collect_update_now')).click()])
  await enter(page)
  await page.getByRole('link', { name: new RegExp(title) }).click()
  await answerAll(page, {})
  expect(await page.locator('main').innerText()).toContain(title)
  await leave()
  site.server.closeAllConnections()
  site.server.close()
})
