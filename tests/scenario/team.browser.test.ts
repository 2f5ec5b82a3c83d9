import { expect, test } from 'vitest'
import { codeOf } from '../setup/authenticator.ts'
import { visitAs } from '../setup/staff.ts'
import { PHONE, useBrowser, visit } from '../setup/visit.ts'

useBrowser()

const PASSWORD = 'ข้าวซอยเย็นฤดูฝน 58'

test('a university’s team is made, its poster with a QR brings in a new member with an account and a second factor, and the invitation is then used up', { timeout: 240_000 }, async () => {
  const province = await visitAs('somsak')
  const name = `ทีมปางมะผ้า ${Date.now()}`
  await province.page.goto('/teams')
  await province.page.getByText('ตั้งทีมใหม่').click()
  await province.page.getByLabel('ชื่อทีม (ไทย)').fill(name)
  await province.page.getByLabel('มหาวิทยาลัย (ไทย)').fill('มหาวิทยาลัยตัวอย่าง')
  await province.page.locator('textarea[name=places]').fill('TH580702\nTH580703')
  await province.page.getByRole('button', { name: 'ตั้งทีม' }).click()
  await province.page.getByText('ตั้งทีมแล้ว').waitFor()
  await province.page.locator('select[name=role]').selectOption('collector')
  await province.page.getByRole('button', { name: 'ทำคำเชิญ' }).click()
  await province.page.getByRole('img', { name: 'QR ของคำเชิญ' }).waitFor()
  const address = new URL(await province.page.locator('.secret').textContent() ?? '').pathname

  const { page, leave } = await visit(PHONE)
  await page.goto(address)
  expect(await page.locator('main').textContent()).toContain('ปางมะผ้า')
  await page.getByLabel('ชื่อ-นามสกุล').fill('ดวงใจ ตัวอย่าง')
  await page.getByLabel('ชื่อผู้ใช้').fill(`duangjai-${Date.now()}`)
  await page.getByLabel('รหัสผ่าน', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'เปิดบัญชีและรับคำเชิญ' }).click()
  await page.waitForURL('**/desk?done=account')
  expect(await page.locator('main').textContent()).toContain('ผู้เก็บข้อมูล')
  await page.goto('/account')
  await page.locator('summary', { hasText: 'เริ่มใช้การยืนยันสองขั้น' }).click()
  await page.locator('details[open]').getByLabel('รหัสผ่านปัจจุบัน').fill(PASSWORD)
  await page.getByRole('button', { name: 'เริ่มใช้การยืนยันสองขั้น' }).click()
  await page.getByLabel('รหัสแรกจากแอป').fill(codeOf(await page.locator('.secret').textContent() ?? ''))
  await page.getByRole('button', { name: 'เปิดใช้' }).click()
  await page.getByText('เปิดการยืนยันสองขั้นแล้ว').waitFor()
  await leave()

  const late = await visit()
  await late.page.goto(address)
  expect(await late.page.getByRole('alert').textContent(), 'used up').toContain('ใช้ครบแล้วหรือหมดอายุ')
  await late.leave()
  await province.page.goto(province.page.url().split('?')[0] as string)
  expect(await province.page.locator('main').textContent(), 'the member stands in the team').toContain('ดวงใจ')
  await province.leave()
})
