import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { visitAs } from '../setup/staff.ts'
import { DESKTOP, PHONE, useBrowser } from '../setup/visit.ts'

useBrowser()

const HEAD = `ทดสอบ ${Date.now().toString(36)}`
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
const next = (page: Page) => button(page, /^(ต่อไป|ตรวจก่อนส่ง|เสร็จรายการนี้)$/).click()
const field = (page: Page, name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) })
const choose = (page: Page, question: string, answer: string) => page.getByRole('group', { name: new RegExp(`^${question}`) }).getByText(answer, { exact: true }).click()

/** Nobody who is alone with a telephone needs a mouse, good eyes or a wide screen. */
async function expectGood(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name} fits its screen`).toBeLessThanOrEqual(0)
}

async function enter(page: Page): Promise<void> {
  await page.goto('/collect')
  await page.locator('[data-program=ready]').waitFor()
}

async function member(page: Page, { name, relation, year }: { name: string; relation: string; year: string }): Promise<void> {
  await field(page, 'ชื่อ').first().fill(name)
  await field(page, 'นามสกุล').fill('ตัวอย่าง')
  await choose(page, 'เพศ', 'หญิง')
  await page.getByRole('group', { name: /^เป็นอะไรกับหัวหน้า/ }).getByText(relation, { exact: true }).click()
  await next(page)
  await field(page, 'ปีเกิด').fill(year)
  for (let left = 3; left > 0 && !await page.getByRole('button', { name: /^\+ เพิ่ม/ }).isVisible(); left--) await next(page)
}

test('Khamkaeo fills in a household with three members and a photograph, comes back to the draft, looks it over, and sends it', { timeout: 300_000 }, async () => {
  const { page, watch, leave } = await visitAs('khamkaeo', PHONE)
  await page.getByRole('link', { name: 'เก็บข้อมูลบนเครื่องนี้' }).click()
  await heading(page, /^สวัสดี คำแก้ว/)
  await expectGood(page, 'welcome')
  await page.getByLabel(/^ตั้ง PIN/).fill('๑๒')
  await button(page, 'ตั้ง PIN และเริ่ม').click()
  await page.getByText('PIN ต้องมีอย่างน้อย 4 หลัก').waitFor()
  await page.getByLabel(/^ตั้ง PIN/).fill('๑๒๓๔')
  await button(page, 'ตั้ง PIN และเริ่ม').click()
  await page.getByText('ส่งครบแล้ว').waitFor()
  await page.getByLabel('ค้นหาแบบฟอร์ม').fill('ครัวเรือน')
  await page.getByRole('link', { name: /^ครัวเรือน/ }).click()
  await page.getByLabel('ค้นหาหมู่บ้านหรือตำบล').fill('วนาหลวง')
  await button(page, /บ้านวนาหลวง/).click()
  await button(page, '+ รายการใหม่').click()

  await heading(page, 'เริ่ม')
  expect(await page.getByRole('radio', { name: /วนาหลวง/ }).isChecked(), 'the village that she chose is answered').toBe(true)
  expect(await field(page, 'ปี พ.ศ.').inputValue(), 'years are of the Buddhist era').toMatch(/^25\d\d$/)
  await expectGood(page, 'a page of the form')
  await next(page)
  await heading(page, 'คำชี้แจงและความยินยอม')
  await next(page)
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type')), 'what is missing has the focus').toBe('radio')
  await page.getByText('ใช่/มี', { exact: true }).click()
  await next(page)
  await next(page)
  await heading(page, 'บ้าน')
  await field(page, 'บ้านเลขที่').fill('๙๙/๑')
  await field(page, 'ชื่อหัวหน้าครัวเรือน').fill(HEAD)
  await page.context().grantPermissions(['geolocation'])
  await page.context().setGeolocation({ latitude: 19.56, longitude: 98.25, accuracy: 4 })
  await button(page, 'ใช้ตำแหน่งที่ยืนอยู่').click()
  await page.getByText('แม่นยำราว 4 เมตร').waitFor()
  await page.getByText('ปักเองบนแผนที่ หรือพิมพ์พิกัด').click()
  await page.getByRole('application', { name: /^แผนที่ตำบล/ }).press('ArrowUp')
  await page.getByText('ปักเอง', { exact: false }).first().waitFor()
  await expectGood(page, 'the map of a position')
  await next(page)
  await choose(page, 'บ้านตั้งอยู่บนที่ดินของใคร', 'ที่ดินของตนเอง')
  await choose(page, 'ตัวบ้านเป็นของใคร', 'ของตนเอง')
  await choose(page, 'ที่ดินที่ใช้ทำกินเป็นของใคร', 'ไม่มีที่ดินทำกิน')
  await next(page)

  await button(page, /^สมาชิกที่อยู่จริง 1/).click()
  await member(page, { name: 'มะลิ', relation: 'หัวหน้าครัวเรือน', year: '2520' })
  for (const each of [{ name: 'สมใจ', relation: 'บุตร', year: '๒๕๔๕' }, { name: 'บัว', relation: 'บุตร', year: '2550' }]) {
    await button(page, /^\+ เพิ่ม/).click()
    await member(page, each)
  }
  expect(await page.getByRole('button', { name: /^สมาชิกที่อยู่จริง \d/ }).allTextContents()).toEqual([expect.stringContaining('มะลิ'), expect.stringContaining('สมใจ'), expect.stringContaining('บัว')])
  await expectGood(page, 'the members')
  await next(page)
  await page.getByText('บันทึกสมาชิก 3 คน').waitFor()
  const png = await sharp({ create: { width: 3000, height: 2000, channels: 3, background: '#684' } }).png().toBuffer()
  await page.locator('input[type=file]').first().setInputFiles({ name: 'หน้าบ้าน.png', mimeType: 'image/png', buffer: png })
  await page.getByRole('img', { name: 'ภาพที่เลือก' }).waitFor()
  await page.getByText('เก็บแล้ว', { exact: true }).waitFor()
  await page.getByText('ยังไม่ส่ง 1').waitFor()

  await enter(page)
  await heading(page, 'ใครใช้เครื่องนี้อยู่')
  await button(page, /^คำแก้ว/).click()
  await page.getByLabel('PIN').fill('9999')
  await button(page, 'เปิด').click()
  await page.getByText('PIN ไม่ถูกต้อง').waitFor()
  await page.getByLabel('PIN').fill('1234')
  await button(page, 'เปิด').click()
  await page.getByRole('link', { name: new RegExp(HEAD) }).click()
  await page.getByRole('img', { name: 'ภาพที่เลือก' }).waitFor()
  expect(await page.evaluate(async () => { const [picture] = document.querySelectorAll<HTMLImageElement>('img'); await picture?.decode(); return picture?.naturalWidth }), 'the photograph is still there, and smaller').toBe(1600)

  await next(page)
  await heading(page, 'ตรวจก่อนส่ง')
  await expectGood(page, 'review')
  const seen = await page.locator('main').innerText()
  for (const answer of ['หมู่ 3 บ้านวนาหลวง', '๙๙/๑', HEAD, 'สมใจ', 'บัว', 'ไม่มีที่ดินทำกิน']) expect(seen).toContain(answer)
  await button(page, 'ส่ง').click()
  await page.getByText('เครื่องแม่ข่ายยืนยันครบทุกไฟล์แล้ว', { exact: false }).waitFor({ timeout: 30_000 })
  await page.getByText('ส่งครบแล้ว').waitFor()
  await page.goBack()
  await page.getByText('เครื่องแม่ข่ายยืนยันครบทุกไฟล์แล้ว', { exact: false }).waitFor()
  await page.goto('/collect#/outbox')
  await page.getByRole('link', { name: new RegExp(HEAD) }).waitFor()
  await expectGood(page, 'outbox')
  expect([watch.errors, watch.foreign], 'nothing failed behind her back').toEqual([[], []])
  await leave()

  const mali = await visitAs('mali', DESKTOP)
  const ask = (path: string) => mali.page.evaluate(async path => await (await fetch(`/api${path}`)).json() as unknown, path)
  const find = async () => (await ask('/datasets/household/records?area=TH580703&limit=50') as { items: { id: string; title: string | null }[] }).items.find(({ title }) => title?.includes(HEAD))
  await expect.poll(find, { timeout: 20_000 }).toBeDefined()
  const { record } = await ask(`/records/${(await find())?.id}`) as { record: { id: string; area: string; faults: number; values: Record<string, unknown> } }
  expect(record).toMatchObject({ area: 'TH58070303', faults: 0, values: { members: '3', house_number: '๙๙/๑', age_35_up: '1', position: { lon: expect.closeTo(98.25, 3) as number }, photo: expect.stringMatching(/^photo-.*\.jpg$/) as string } })
  const photo = await mali.page.request.get(`/api/records/${record.id}/files/${String(record.values['photo'])}`)
  const { width, height, exif } = await sharp(await photo.body()).metadata()
  expect([width, height, exif], 'smaller, and without what a camera writes').toEqual([1600, 1067, undefined])
  await mali.leave()
})

const begin = async (page: Page) => {
  await enter(page)
  await button(page, 'ใช้โดยไม่มี PIN').click()
  await page.getByText('แบบฟอร์มในเครื่องรับเมื่อ').waitFor()
}

/** Visits an attraction again and tells of it anew; what is still to be answered is answered by its first choice. */
async function visitAgain(page: Page, name: string, story: string): Promise<void> {
  await page.getByRole('link', { name: /^แหล่งท่องเที่ยว/ }).click()
  await button(page, /^ตำบลถ้ำลอด/).click()
  await page.getByLabel('ค้นหาจากชื่อ').fill(name)
  await page.locator('.list').getByRole('button').first().click()
  await heading(page, 'เริ่ม')
  for (let pages = 20; pages > 0 && !await button(page, 'ส่ง').isVisible(); pages--) {
    if (await field(page, 'เล่าสั้น ๆ').isVisible()) await field(page, 'เล่าสั้น ๆ').fill(story)
    const before = page.url()
    await next(page)
    for (const wrong of await page.locator('.wrong').all()) await wrong.locator('label').last().click()
    if (page.url() === before) await next(page)
  }
  await button(page, 'ส่ง').click()
  await page.getByText('เครื่องแม่ข่ายยืนยันครบทุกไฟล์แล้ว', { exact: false }).waitFor({ timeout: 30_000 })
}

test('a thing is visited again with what is known of it; where two telephones changed it meanwhile, the second is shown field by field', { timeout: 300_000 }, async () => {
  const first = await visitAs('mali', PHONE), second = await visitAs('khamkaeo', PHONE)
  await begin(first.page)
  await begin(second.page)
  const things = await first.page.evaluate(async () => (await (await fetch('/api/datasets/attraction/records?area=TH580703&limit=50')).json()) as { items: { title: string }[] })
  const name = things.items[0]!.title
  await visitAgain(first.page, name, 'น้ำใสตลอดปี')
  await visitAgain(second.page, name, 'น้ำแห้งหน้าแล้ง')
  await second.page.getByRole('heading', { name: /^มีคนอื่นแก้รายการเดียวกัน/ }).waitFor({ timeout: 20_000 })
  const conflict = second.page.getByRole('group', { name: /^เล่าสั้น ๆ/ })
  expect(await conflict.innerText()).toMatch(/น้ำแห้งหน้าแล้ง[^]*น้ำใสตลอดปี/)
  await expectGood(second.page, 'a conflict')
  await first.leave()
  await second.leave()
})

test('a draft that is deleted does not come back, and who leaves takes everything along', { timeout: 120_000 }, async () => {
  const { page, leave } = await visitAs('khamkaeo', PHONE)
  await begin(page)
  await page.getByRole('link', { name: /^เรื่องเล่า/ }).click()
  await button(page, /^ตำบลถ้ำลอด/).click()
  await page.locator('.where').waitFor()
  await page.locator('.page').getByRole('textbox').last().fill('1')
  await page.getByRole('link', { name: 'ดูคำตอบทั้งหมด' }).click()
  await button(page, 'ลบร่างนี้').click()
  await page.locator('.told').getByRole('button', { name: 'ลบร่างนี้' }).click()
  await heading(page, 'เก็บข้อมูล')
  await page.waitForTimeout(1000)
  await page.getByText('ส่งครบแล้ว').waitFor()
  expect(await page.getByRole('heading', { name: 'ร่างที่กรอกค้างไว้' }).count()).toBe(0)
  await page.getByRole('link', { name: 'เครื่อง', exact: true }).click()
  await expectGood(page, 'this telephone')
  await button(page, /^ออกและล้าง/).click()
  await button(page, 'ล้างเดี๋ยวนี้').click()
  await heading(page, /^สวัสดี คำแก้ว/)
  const left = await page.evaluate(() => new Promise<number[]>(resolve => {
    const opening = indexedDB.open('rakkaeo-collect')
    opening.onsuccess = () => {
      const names = ['people', 'kits', 'entries', 'answers', 'files', 'bytes', 'media'], tx = opening.result.transaction(names)
      const counts = names.map(name => tx.objectStore(name).count())
      tx.oncomplete = () => resolve(counts.map(({ result }) => result))
    }
  }))
  expect(left).toEqual([0, 0, 0, 0, 0, 0, 0])
  await leave()
})
