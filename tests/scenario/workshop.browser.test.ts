import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readWorkbook } from '../../engine/form/read-workbook.ts'
import { axe } from '../setup/axe.ts'
import { visitAs } from '../setup/staff.ts'
import { DESKTOP, expectQuiet, PHONE, useBrowser } from '../setup/visit.ts'

useBrowser()

/** Each run makes its own dataset, so that it can be tried again against one server. */
const ID = `th580703-coffee-${Date.now().toString(36)}`, FORM = `/datasets/${ID}/form?area=TH580703`
const FAULTY = `
| survey |
| | type | name | label::ไทย (th) | label::English (en) | relevant | my notes |
| | select_one_from_file villages.csv | village | หมู่บ้าน | Village | | |
| | txt | owner | ชื่อเจ้าของสวน | Owner | | ask twice |
| | integer | trees | กี่ต้น | Trees | \${ownr} != '' | |
| settings |
| | form_title | form_id | version |
| | กาแฟ | ${ID} | 2026010101 |
`

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await page.locator('[data-program=ready]').waitFor()
}
const kept = (page: Page) => page.getByRole('status').filter({ hasText: 'เก็บร่างแล้ว' }).waitFor()
const labels = (page: Page) => page.locator('.pick .label').allTextContents()
const text = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true })

async function add(page: Page, type: string, thai: string): Promise<void> {
  await page.getByLabel('เพิ่มท้ายแบบฟอร์ม').selectOption(type)
  await page.locator('.editor > .add').getByRole('button', { name: 'เพิ่ม' }).click()
  await text(page, 'คำถาม ภาษาไทย').fill(thai)
}

test('Mali makes a dataset of her tambon, writes its form, tries it and publishes it; nothing that she uploads or undoes is lost', { timeout: 300_000 }, async () => {
  const { page, watch, leave } = await visitAs('mali')
  await page.goto('/datasets/new')
  await page.getByLabel('ชื่อ ภาษาไทย').fill('สวนกาแฟ')
  await page.getByLabel('รหัสชุดข้อมูล').fill(ID.replace('th580703-', ''))
  await page.getByLabel('เก็บเพื่ออะไร ภาษาไทย').fill('รู้ว่ามีกาแฟกี่ต้น เพื่อหาตลาดร่วมกัน')
  await page.getByLabel('ใครรับผิดชอบ ภาษาไทย').fill('ผู้ประสานข้อมูลของตำบล')
  await page.getByLabel('เจ้าของข้อมูลยินยอม').check()
  await page.getByRole('button', { name: 'ตั้งชุดข้อมูล' }).click()
  expect(await page.getByRole('alert').textContent(), 'consent needs words to consent to').toContain('คำชี้แจงก่อนถาม')
  await page.getByLabel('คำชี้แจงก่อนถาม ภาษาไทย').fill('เราถามเรื่องสวนกาแฟเพื่อหาตลาดร่วมกัน ไม่ตอบก็ได้')
  await page.getByRole('button', { name: 'ตั้งชุดข้อมูล' }).click()
  await page.waitForURL('**/form?**done=made')
  await page.locator('[data-program=ready]').waitFor()
  const begun = await labels(page)
  expect(begun.at(-1)).toBe('ชื่อ')

  await add(page, 'integer', 'กี่ต้น')
  await text(page, 'ชื่อในข้อมูล (อังกฤษ ไม่เว้นวรรค)').fill('trees')
  await text(page, 'คำถาม ภาษาอังกฤษ').fill('How many trees?')
  await page.getByText('ตรวจคำตอบ').click()
  await text(page, 'มากที่สุด').fill('๑๐๐')
  await add(page, 'select_one', 'พันธุ์ใด')
  await page.getByRole('textbox', { name: 'ตัวเลือกที่ 1 ภาษาไทย' }).fill('อราบิกา')
  await page.getByRole('button', { name: 'ตั้งเงื่อนไข' }).click()
  await page.getByRole('combobox', { name: 'คำถาม', exact: true }).selectOption('กี่ต้น')
  await page.getByRole('combobox', { name: 'เปรียบเทียบ' }).selectOption('มากกว่า')
  await text(page, 'คำตอบ').fill('10')
  await page.getByText('เขียนเป็นสูตร').click()
  expect(await page.getByRole('textbox', { name: 'เขียนเป็นสูตร' }).inputValue()).toBe('${trees} > 10')
  await kept(page)

  const phone = page.locator('.phone'), next = () => phone.getByRole('button', { name: /ต่อไป|เสร็จ/ }).click()
  await phone.getByText('หมู่ที่ 1 บ้านถ้ำลอด').click()
  await phone.getByText('ใช่', { exact: true }).click()
  await phone.getByLabel('กี่ต้น').fill('๒๐๐')
  await phone.getByText('คำตอบนี้ใช้ไม่ได้').waitFor()
  await phone.getByLabel('กี่ต้น').fill('9')
  expect(await phone.getByText('พันธุ์ใด').count(), 'few trees: nobody asks which').toBe(0)
  await phone.getByLabel('กี่ต้น').fill('20')
  await phone.getByText('อราบิกา').click()
  await next()
  await phone.getByText('ต้องตอบข้อนี้').waitFor()
  await phone.getByLabel('ชื่อ', { exact: false }).last().fill('สวนลุงคำ')
  await phone.getByRole('button', { name: 'English' }).click()
  await phone.getByText('How many trees?').waitFor()
  await next()
  await phone.getByText('ดูสิ่งที่จะส่ง').click()
  expect(await phone.locator('pre').textContent()).toContain('<trees>20</trees>')

  await page.locator('.pick').last().focus()
  await page.keyboard.press('Alt+ArrowUp')
  expect(await labels(page)).toEqual([...begun, 'พันธุ์ใด', 'กี่ต้น'])
  expect(await page.evaluate(() => document.activeElement?.textContent), 'the keyboard stays with what it moved').toContain('พันธุ์ใด')
  await page.keyboard.press('Control+z')
  expect(await labels(page)).toEqual([...begun, 'กี่ต้น', 'พันธุ์ใด'])
  await page.locator('.pick[aria-expanded=true]').click()
  await page.locator('.grip').last().hover()
  await page.mouse.down()
  // a browser tells what is below a dragged thing from the second move on
  for (const _ of [1, 2]) await page.locator('.grip').nth(begun.length).hover()
  await page.mouse.up()
  await expect.poll(() => labels(page)).toEqual([...begun, 'พันธุ์ใด', 'กี่ต้น'])
  await page.getByRole('button', { name: 'ย้อนกลับ' }).click()
  await kept(page)
  await open(page, FORM)
  expect(await labels(page), 'the draft is still there').toEqual([...begun, 'กี่ต้น', 'พันธุ์ใด'])

  await page.getByLabel('อัปโหลดแบบฟอร์ม').setInputFiles({ name: 'coffee.md', mimeType: 'text/markdown', buffer: Buffer.from(FAULTY) })
  await page.getByRole('button', { name: 'อ่านไฟล์' }).click()
  await page.waitForURL('**done=uploaded')
  await page.locator('[data-program=ready]').waitFor()
  const rows = await page.locator('#faults tbody tr').allTextContents()
  expect(rows.map(row => row.replace(/\s+/g, ' ').trim().slice(0, 22))).toEqual([expect.stringContaining('survey แถว 3type'), expect.stringContaining('survey แถว 4relevant')])
  expect(await page.getByRole('button', { name: 'เผยแพร่รุ่นนี้' }).isDisabled()).toBe(true)
  await page.getByRole('button', { name: 'ไปที่ข้อนี้' }).first().click()
  await page.getByLabel('ประเภท').selectOption('text')
  await page.locator('.pick').last().click()
  await page.getByRole('combobox', { name: 'คำถาม', exact: true }).selectOption('ชื่อเจ้าของสวน')
  await page.getByRole('link', { name: 'ไม่มีจุดที่ต้องแก้' }).waitFor()
  await kept(page)

  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'XLSForm (.xlsx)' }).click()])
  const { sheets } = await readWorkbook('draft.xlsx', await readFile(await file.path()))
  expect(sheets[0]?.rows.map(({ cells }) => [cells['type'], cells['relevant'], cells['my notes']])).toEqual([
    ['select_one_from_file villages.csv', undefined, undefined], ['text', undefined, 'ask twice'], ['integer', "${owner} != ''", undefined],
  ])

  await page.getByRole('textbox', { name: 'เลขรุ่น' }).fill('2026010102')
  await page.getByRole('button', { name: 'เผยแพร่รุ่นนี้' }).click()
  await page.waitForURL(/done=published|\/publish/)
  await page.getByText('รุ่นที่เผยแพร่แล้ว 1 รุ่น').click()
  await page.getByText('2026010102', { exact: true }).waitFor()
  const published = await page.evaluate(async id => (await fetch(`/api/datasets/${id}?area=TH580703`)).json(), ID) as { form: { version: string; model: { questions: { name: string }[] } } }
  expect([published.form.version, published.form.model.questions.map(({ name }) => name)]).toEqual(['2026010102', ['village', 'owner', 'trees']])
  expect(watch.errors.filter(error => !error.includes('400')), 'the form without words for consent was refused, nothing else').toEqual([])
  await leave()
})

test('when two people write one draft, the second is told and chooses; what the nation asks cannot be changed from a tambon, which adds its own behind', { timeout: 300_000 }, async () => {
  const mali = await visitAs('mali'), somsak = await visitAs('somsak')
  await open(mali.page, '/datasets/accommodation/form')
  expect(mali.page.url(), 'she is led to her own place').toContain('area=TH580703')
  await mali.page.getByText(/คำถามของต้นแบบ \d+ ข้อ/).click()
  expect(await mali.page.locator('.base li').count()).toBeGreaterThan(10)
  expect(await mali.page.locator('.base').locator('button, input, textarea, select').count()).toBe(0)
  await open(somsak.page, '/datasets/accommodation/form?area=TH580703')
  const before = await labels(somsak.page)
  await add(mali.page, 'text', 'มีที่จอดรถบัสหรือไม่')
  await kept(mali.page)
  await add(somsak.page, 'text', 'มีอาหารเจหรือไม่')
  await somsak.page.getByText('มะลิ ตัวอย่าง แก้ร่างนี้หลังจากคุณเปิด').waitFor()
  await somsak.page.getByRole('button', { name: 'ใช้ร่างล่าสุดที่เก็บไว้' }).click()
  expect(await labels(somsak.page)).toEqual([...before, 'มีที่จอดรถบัสหรือไม่'])
  await somsak.leave()

  await mali.page.getByRole('button', { name: 'เผยแพร่รุ่นนี้' }).click()
  await mali.page.getByText(/เผยแพร่แล้ว/).first().waitFor()
  const formOf = (area: string) => mali.page.evaluate(async area => (await (await fetch(`/api/datasets/accommodation?area=${area}`)).json()).form, area) as Promise<{ version: string; model: { questions: { path: string; label: { th: string } }[] } }>
  const [own, neighbour] = [await formOf('TH580703'), await formOf('TH580702')]
  expect(own.version).toMatch(/^\d{10}\.TH580703\.\d{10,}$/)
  expect(own.model.questions.at(-1)).toMatchObject({ label: { th: 'มีที่จอดรถบัสหรือไม่' }, path: expect.stringContaining('/add_th580703/') })
  expect(neighbour.model.questions.map(({ path }) => path).filter(path => path.includes('add_'))).toEqual([])
  expectQuiet(mali.watch)
  await mali.leave()
})

test.each([{ name: 'on a phone', options: PHONE }, { name: 'on a desk', options: DESKTOP }])('the workshop fits its screen and is read out well, $name; the engine comes with it and with no other page', { timeout: 120_000 }, async ({ options }) => {
  const { page, leave } = await visitAs('pricha', options)
  const heavy = () => page.evaluate(() => performance.getEntriesByType('resource').filter(each => (each as PerformanceResourceTiming).decodedBodySize > 500_000 && each.name.endsWith('.js')).length)
  for (const path of ['/datasets/new?area=TH', '/datasets', '/datasets/farmer']) {
    await page.goto(path)
    expect(await heavy(), path).toBe(0)
  }
  await open(page, '/datasets/farmer/form?area=TH')
  await page.locator('.phone').getByRole('button', { name: 'ต่อไป' }).waitFor()
  expect(await heavy()).toBe(1)
  await page.locator('.pick').nth(8).click()
  for (const path of ['', '/datasets/new?area=TH']) {
    if (path) await page.goto(path)
    const { violations } = await axe(page).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`), path).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${path} is no wider than the screen`).toBeLessThanOrEqual(0)
  }
  await leave()
})

test('without script one reads the questions, uploads and is told what is wrong', { timeout: 120_000 }, async () => {
  const { page, leave } = await visitAs('mali', { ...PHONE, javaScriptEnabled: false })
  await page.goto('/datasets/accommodation/form?area=TH580703')
  await page.locator('noscript .told').waitFor()
  await page.getByLabel('อัปโหลดแบบฟอร์ม').setInputFiles({ name: 'more.md', mimeType: 'text/markdown', buffer: Buffer.from('| survey |\n| | type | name | label |\n| | txt | more | เพิ่ม |\n') })
  await page.getByRole('button', { name: 'อ่านไฟล์' }).click()
  expect(await page.locator('#faults').textContent()).toContain('survey แถว 2')
  await page.getByText('ทิ้งร่าง', { exact: true }).click()
  await page.getByRole('button', { name: 'ยืนยันทิ้งร่าง' }).click()
  await page.getByText('ทิ้งร่างแล้ว').waitFor()
  await leave()
})
