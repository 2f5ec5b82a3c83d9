import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { answerMember, begin, button, choose, enter, field, heading, kill, next, photo, takePhone, unlock } from '../setup/collector.ts'
import { visitAs } from '../setup/staff.ts'
import { DESKTOP, PHONE, useBrowser } from '../setup/visit.ts'
import { word } from '../setup/words.ts'

useBrowser()

const HEAD = `ไกลปืนเที่ยง ${Date.now().toString(36)}`
const MEMBERS = [{ name: 'มะลิ', relation: 'หัวหน้าครัวเรือน', year: '2520' }, { name: 'สมใจ', relation: 'บุตร', year: '๒๕๔๕' }, { name: 'บัว', relation: 'บุตร', year: '2550' }]

/** The household up to its members; each is kept as it is answered. */
async function fillHousehold(page: Page): Promise<void> {
  await begin(page, 'ครัวเรือน')
  await next(page)
  await page.getByText('ใช่/มี', { exact: true }).click()
  await next(page)
  await next(page)
  await heading(page, 'บ้าน')
  await field(page, 'บ้านเลขที่').fill('๙๙/๑')
  await field(page, 'ชื่อหัวหน้าครัวเรือน').fill(HEAD)
  await page.getByText('ปักเองบนแผนที่ หรือพิมพ์พิกัด').click()
  const map = page.getByRole('application', { name: /^แผนที่ตำบล/ })
  await map.click()
  await map.press('ArrowUp')
  await page.getByText('ปักเอง', { exact: false }).first().waitFor()
  await next(page)
  await choose(page, 'บ้านตั้งอยู่บนที่ดินของใคร', 'ที่ดินของตนเอง')
  await choose(page, 'ตัวบ้านเป็นของใคร', 'ของตนเอง')
  await choose(page, 'ที่ดินที่ใช้ทำกินเป็นของใคร', 'ไม่มีที่ดินทำกิน')
  await next(page)
  for (const [i, each] of MEMBERS.entries()) {
    await button(page, i === 0 ? /^สมาชิกที่อยู่จริง 1/ : /^\+ เพิ่ม/).click()
    await answerMember(page, each)
  }
  await next(page)
  await page.getByText('บันทึกสมาชิก 3 คน').waitFor()
}

test('without a network Khamkaeo fills in a household with three members and a photograph; the tab is killed twice; she mends it and sends it once there is a line, and Mali sees it on the map', { timeout: 300_000 }, async () => {
  const { page: signedIn, watch, leave } = await visitAs('khamkaeo', PHONE), context = signedIn.context()
  context.setDefaultTimeout(30_000)
  await takePhone(signedIn, '1234')
  await context.setOffline(true)

  let page = await kill(signedIn)
  await enter(page)
  await unlock(page, /^คำแก้ว/, '1234')
  await page.getByText(word('collect_offline')).first().waitFor()
  await fillHousehold(page)
  await page.locator('input[type=file]').first().setInputFiles(await photo())
  await page.getByRole('img', { name: 'ภาพที่เลือก' }).waitFor()
  await page.getByText(word('collect_kept'), { exact: true }).waitFor()
  // killed while the last letters are being written: at most those of the last quarter of a second are lost
  page = await kill(page)
  await enter(page)
  await page.getByText('ยังไม่ส่ง 1').first().waitFor()
  await unlock(page, /^คำแก้ว/, '1234')
  await page.getByRole('link', { name: new RegExp(HEAD) }).click()
  await page.getByRole('img', { name: 'ภาพที่เลือก' }).waitFor()
  expect(await page.evaluate(async () => { const [picture] = document.querySelectorAll<HTMLImageElement>('img'); await picture?.decode(); return picture?.naturalWidth }), 'the photograph came back with the draft').toBe(1600)
  await page.getByRole('link', { name: word('collect_look_over') }).click()
  await heading(page, word('collect_review'))
  await page.getByRole('link', { name: /^แก้ บ้าน/ }).first().click()
  await field(page, 'บ้านเลขที่').fill('๙๙/๒')
  await page.getByText(word('collect_kept'), { exact: true }).waitFor()
  await page.getByRole('link', { name: word('collect_look_over') }).click()
  await heading(page, word('collect_review'))
  const seen = await page.locator('main').innerText()
  for (const answer of ['๙๙/๒', HEAD, ...MEMBERS.map(({ name }) => name)]) expect(seen).toContain(answer)
  await button(page, word('collect_send')).click()
  await page.getByText(word('collect_state_waiting'), { exact: true }).first().waitFor()

  // the line comes back and breaks in the middle of the photograph; the tab dies with it
  let posts = 0
  await context.route('**/openrosa/submission*', route => ++posts === 2 ? route.abort('connectionreset') : route.continue())
  await context.setOffline(false)
  await expect.poll(() => posts, { timeout: 30_000 }).toBeGreaterThan(0)
  page = await kill(page)
  await context.unroute('**/openrosa/submission*')
  await enter(page)
  await unlock(page, /^คำแก้ว/, '1234')
  await page.getByText(word('collect_all_sent')).waitFor({ timeout: 60_000 })
  await enter(page, '#/outbox')
  await page.getByRole('link', { name: new RegExp(HEAD) }).click()
  await page.getByText('เครื่องแม่ข่ายยืนยันครบทุกไฟล์แล้ว', { exact: false }).waitFor()
  expect(watch.foreign).toEqual([])
  await leave()

  await isOnTheMap()
})

/** Once, with its photograph and all that was answered, mended. */
async function isOnTheMap(): Promise<void> {
  const { page, leave } = await visitAs('mali', DESKTOP)
  const ask = (path: string) => page.evaluate(async path => await (await fetch(`/api${path}`)).json() as unknown, path)
  const find = async () => (await ask(`/datasets/household/records?area=TH580703&limit=50&q=${encodeURIComponent(HEAD)}`) as { items: { id: string; title: string | null }[] }).items
  await expect.poll(async () => (await find()).length, { timeout: 20_000 }).toBe(1)
  const { id } = (await find())[0] as { id: string }
  const { record, rows, files } = await ask(`/records/${id}`) as { record: { values: Record<string, unknown> }; rows: { values: Record<string, unknown> }[]; files: { name: string; present: boolean }[] }
  const sent = await page.evaluate(async path => [...new Uint8Array(await (await fetch(path)).arrayBuffer())], `/api/records/${id}/files/${files[0]?.name}`)
  expect((await sharp((await photo()).buffer).metadata()).exif, 'the camera wrote where it was').toBeDefined()
  expect((await sharp(Buffer.from(sent)).metadata()).exif, 'and none of it leaves the telephone').toBeUndefined()
  expect([record.values['house_number'], rows.length, files.map(({ present }) => present)]).toEqual(['๙๙/๒', 3, [true]])
  await page.goto(`/datasets/household/records?q=${encodeURIComponent(HEAD)}`)
  await page.locator(`main svg a[href*="${id}"]`).first().waitFor()
  await leave()
}
