import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe } from '../setup/axe.ts'
import { visitAs } from '../setup/staff.ts'
import { DESKTOP, expectQuiet, useBrowser } from '../setup/visit.ts'
import { word } from '../setup/words.ts'

useBrowser()

/** The same server may have seen this test before. */
const tag = randomUUID().slice(0, 6)
const product = (name: string) => `ตัวอย่าง ${name} ${tag}`

/** As a clerk keeps it: title rows, Thai digits, years B.E., a tambon in the wrong district, a price in words. All of it is invented. */
const LINES = [
  'บัญชีผลิตภัณฑ์ชุมชน (ตัวอย่าง),,,,,,,,', 'ข้อมูล ณ เดือนมีนาคม ๒๕๖๗,,,,,,,,', ',,,,,,,,',
  // what is said for these columns is remembered for them alone
  `ลำดับ ${tag},ชื่อผลิตภัณฑ์,ประเภท,อำเภอ,ตำบล,วันที่สำรวจ,ราคา (บาท),ละติจูด,ลองจิจูด`,
  `๑,${product('ผ้าทอ')},ผ้าและเครื่องแต่งกาย,ปางมะผ้า,ถ้ำลอด,๑๒/๐๓/๒๕๖๗,"๑,๒๐๐",19.5658,98.2774`,
  `๒,${product('ย่าม')},ผ้าและเครื่องแต่งกาย,ปางมะผ้า,ถ้ำลอด,13/03/2567,350,19.5661,98.2801`,
  `๓,${product('ตะกร้า')},ของใช้ ของตกแต่ง ของที่ระลึก,ปางมะผ้า,สบป่อง,14/03/2567,180,19.5311,98.2420`,
  `๔,${product('ลูกประคบ')},สมุนไพรที่ไม่ใช่อาหาร,ปาย,ถ้ำลอด,15/03/2567,90,19.5702,98.2811`,
  `๕,${product('ยาหม่อง')},สมุนไพรที่ไม่ใช่อาหาร,ปาย,เวียงใต้,16/03/2567,แล้วแต่ขนาด,19.3590,98.4410`,
]
const THAI_AT = 0x0e00, THAI_BYTE = 0xa0
/** windows-874 has the Thai letters in the order of Unicode, a byte each. */
const old874 = (text: string) => Buffer.from([...text].map(letter => letter.codePointAt(0) as number).map(code => code < THAI_AT ? code : code - THAI_AT + THAI_BYTE))

const GOES = { 'ชื่อผลิตภัณฑ์': 'field:title', 'ประเภท': 'field:kind', 'อำเภอ': 'district', 'ตำบล': 'tambon', 'วันที่สำรวจ': 'field:visit_date', 'ราคา (บาท)': 'field:price', 'ละติจูด': 'lat', 'ลองจิจูด': 'lon' }
const FOR_ALL = { consent: 'no', status: 'made', producer_kind: 'group' }

const button = (page: Page, key: string) => page.locator('main').getByRole('button', { name: word(key), exact: true })
const untilSaid = (page: Page, state: string) => page.locator('main .told b', { hasText: word(state) }).first().waitFor()
const counts = (page: Page) => page.locator('.counts dd').allInnerTexts()
async function isOpenToAll(page: Page): Promise<void> {
  expect((await axe(page).analyze()).violations.flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.target.join(' ')}`))).toEqual([])
}

async function give(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.locator('main [type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: bytes })
  await button(page, 'table_give').click()
  await page.waitForURL(/\/tables\/[0-9a-f-]{36}$/)
}

async function importIt(page: Page): Promise<void> {
  await button(page, 'table_go').click()
  await untilSaid(page, 'table_imported')
}

async function takeBack(page: Page): Promise<void> {
  await page.locator('main summary', { hasText: word('table_undo_first') }).click()
  await button(page, 'table_undo_go').click()
  await untilSaid(page, 'table_undone')
}

async function onMap(page: Page): Promise<string[]> {
  await page.goto(`/explore?datasets=otop-product&q=${tag}`)
  await page.waitForSelector('[data-program=ready][data-points=ready]')
  return page.locator('.side li div > a').allInnerTexts()
}

async function inList(page: Page): Promise<number> {
  await page.goto(`/datasets/otop-product/records?q=${tag}`)
  return page.locator('.list a', { hasText: tag }).count()
}

test('Somsak brings a dirty list of products onto the map, mends what stayed out and sends it again, and takes it all back', { timeout: 120_000 }, async () => {
  const { page, watch, leave } = await visitAs('somsak', DESKTOP)
  await page.goto('/datasets/otop-product/records')
  await page.locator('main').getByRole('link', { name: word('table_from_file') }).click()
  await page.waitForURL(/\/tables\?dataset=otop-product$/)
  await give(page, `otop ${tag}.csv`, old874(`${LINES.join('\r\n')}\r\n`))

  // what was found: an old encoding, and the header below the titles
  const main = page.locator('main')
  expect(await main.innerText()).toContain(word('table_874'))
  expect(await main.innerText()).toContain(word('table_header_row', 'th', { row: 4 }))
  for (const [column, to] of Object.entries(GOES)) await page.getByLabel(word('table_goes_named', 'th', { column }), { exact: true }).selectOption(to)
  for (const [field, value] of Object.entries(FOR_ALL)) await page.locator(`[name="constant:${field}"]`).selectOption(value)
  await isOpenToAll(page)
  await button(page, 'table_try').click()
  await untilSaid(page, 'table_tried')
  expect(await counts(page)).toEqual(['5', '3', '2'])
  await main.locator('.faults', { hasText: 'แล้วแต่ขนาด' }).waitFor({ state: 'attached' })

  // a tambon that nobody can be sure of: who wrote it knows
  await page.getByRole('radio', { name: /ถ้ำลอด/ }).check()
  await isOpenToAll(page)
  await button(page, 'table_places_go').click()
  await expect.poll(() => counts(page), { timeout: 15_000 }).toEqual(['5', '4', '1'])
  await importIt(page)
  const first = page.url()
  await isOpenToAll(page)
  expect((await onMap(page)).sort()).toEqual(['ผ้าทอ', 'ย่าม', 'ตะกร้า', 'ลูกประคบ'].map(product).sort())

  await page.goto(first)
  const [file] = await Promise.all([page.waitForEvent('download'), main.getByRole('link', { name: word('table_faulty_rows', 'th', { count: 1 }) }).click()])
  const stayed = await readFile(await file.path(), 'utf8')
  expect(stayed.trimEnd().split('\n').length, 'its header, and the one row').toBe(2)
  await main.getByRole('link', { name: word('table_next_file') }).click()
  await give(page, `mended ${tag}.csv`, Buffer.from(stayed.replace('แล้วแต่ขนาด', '๑๒๐')))
  await main.getByText(word('table_remembered')).waitFor()
  await button(page, 'table_try').click()
  await untilSaid(page, 'table_tried')
  expect(await counts(page)).toEqual(['1', '1', '0'])
  await importIt(page)
  expect(await inList(page)).toBe(5)

  await page.goto('/tables')
  await main.locator('.rows a', { hasText: `mended ${tag}` }).click()
  await takeBack(page)
  await page.goto(first)
  await takeBack(page)
  expect(await inList(page)).toBe(0)
  expectQuiet({ ...watch, errors: watch.errors.filter(error => !error.includes('GL Driver Message')) })
  await leave()
})
