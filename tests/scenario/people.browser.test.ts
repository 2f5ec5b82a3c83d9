import { expect, test } from 'vitest'
import { DEMO_PASSWORD, signIn, visitAs } from '../setup/staff.ts'
import { PHONE, useBrowser, visit } from '../setup/visit.ts'

useBrowser()

test('the province gives a collector a second tambon and ends it again, not one beyond its own; who forgot her password scans a link once', { timeout: 240_000 }, async () => {
  const province = await visitAs('somsak')
  await province.page.goto('/people')
  await province.page.getByLabel('ชื่อ ชื่อผู้ใช้ หรืออีเมล').fill('คำแก้ว')
  await province.page.locator('main').getByRole('button', { name: 'ค้นหา' }).click()
  await province.page.getByRole('link', { name: 'คำแก้ว ตัวอย่าง' }).click()
  const give = async (place: string) => {
    await province.page.locator('select[name=role]').selectOption('collector')
    await province.page.locator('textarea[name=places]').fill(place)
    await province.page.getByRole('button', { name: 'มอบ', exact: true }).click()
  }
  await give('TH500701')
  expect(await province.page.getByRole('alert').textContent(), 'beyond the giver’s own places').toContain('ยังทำไม่ได้')
  expect(await province.page.locator('textarea[name=places]').inputValue(), 'what was typed is kept').toBe('TH500701')
  await give('TH580702')
  await province.page.getByText('มอบสิทธิแล้ว').waitFor()
  const line = province.page.locator('.rows > li', { hasText: 'ปางมะผ้า' })
  await line.getByText('ยุติ', { exact: true }).click()
  await line.getByRole('button', { name: 'ยืนยันยุติ' }).click()
  await province.page.getByText('ยุติสิทธิแล้ว').waitFor()
  expect(await line.count()).toBe(0)

  await province.page.getByText('ทำลิงก์ตั้งรหัสผ่านใหม่').click()
  await province.page.getByRole('button', { name: 'ทำลิงก์', exact: true }).click()
  await province.page.getByRole('img', { name: /ลิงก์ตั้งรหัสผ่านใหม่/ }).waitFor()
  const url = new URL(await province.page.locator('.secret').textContent() ?? '')
  await province.leave()

  const { page, leave } = await visit(PHONE)
  await page.goto(url.pathname + url.search)
  await page.getByLabel('รหัสผ่านใหม่').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'ตั้งรหัสผ่าน' }).click()
  await page.getByText('ตั้งรหัสผ่านใหม่แล้ว').waitFor()
  await page.goto(url.pathname + url.search)
  await page.getByLabel('รหัสผ่านใหม่').fill(DEMO_PASSWORD)
  await page.getByRole('button', { name: 'ตั้งรหัสผ่าน' }).click()
  expect(await page.getByRole('alert').textContent(), 'the link works once').toContain('ใช้ไปแล้วหรือหมดอายุ')
  await signIn(page, 'khamkaeo')
  await page.waitForURL('**/desk')
  await page.goto('/account')
  expect(await page.locator('section', { has: page.locator('#h-trace') }).textContent(), 'she sees who made the link').toContain('สมศักดิ์')
  await leave()
})

test('a token made in the site reads what its maker may, and nothing once it is revoked', { timeout: 120_000 }, async () => {
  const { page, leave } = await visitAs('mali')
  await page.goto('/account')
  await page.locator('summary', { hasText: 'ทำโทเค็น' }).click()
  await page.getByLabel('ใช้ทำอะไร').fill('R')
  await page.getByRole('button', { name: 'ทำโทเค็น' }).click()
  const secret = await page.locator('.secret').textContent()
  const ask = () => fetch(new URL('/api/me', page.url()), { headers: { authorization: `Bearer ${secret}` } })
  expect(await (await ask()).json()).toMatchObject({ person: { userName: 'mali' } })
  await page.getByRole('button', { name: 'ยกเลิกโทเค็น R' }).click()
  await page.getByText('ยกเลิกโทเค็นแล้ว').waitFor()
  expect((await ask()).status).toBe(401)
  await leave()
})
