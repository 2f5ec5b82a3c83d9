import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { codeOf } from '../setup/authenticator.ts'
import { DEMO_PASSWORD, signIn, visitAs } from '../setup/staff.ts'
import { PHONE, useBrowser, visit } from '../setup/visit.ts'

useBrowser()

/** Opens one of the account's questions, answers it with the password and sends it. */
async function withPassword(page: Page, what: string): Promise<void> {
  const question = page.locator('details', { has: page.locator('summary', { hasText: what }) })
  await question.locator('summary').click()
  await question.getByLabel('รหัสผ่านปัจจุบัน').fill(DEMO_PASSWORD)
  await question.getByRole('button', { name: what }).click()
}

test('an analyst turns on a second factor with a QR, comes in with a code and on another day with a recovery code, signs a lost phone out, and turns it off', { timeout: 240_000 }, async () => {
  const office = await visitAs('natthaphon')
  await office.page.goto('/account')
  await withPassword(office.page, 'เริ่มใช้การยืนยันสองขั้น')
  await office.page.getByRole('img', { name: 'QR สำหรับแอปยืนยันตัวตน' }).waitFor()
  const key = await office.page.locator('.secret').textContent() ?? ''
  const codes = await office.page.locator('.codes code').allTextContents()
  await office.page.getByLabel('รหัสแรกจากแอป').fill('000000')
  await office.page.getByRole('button', { name: 'เปิดใช้' }).click()
  expect(await office.page.getByRole('alert').textContent()).toContain('ตั้งเวลาอัตโนมัติ')
  expect(await office.page.locator('.secret').textContent(), 'a wrong first code shows the same QR again').toBe(key)
  await office.page.getByLabel('รหัสแรกจากแอป').fill(codeOf(key))
  await office.page.getByRole('button', { name: 'เปิดใช้' }).click()
  await office.page.getByText('เปิดการยืนยันสองขั้นแล้ว').waitFor()

  const phone = await visit(PHONE)
  await signIn(phone.page, 'natthaphon')
  await phone.page.getByLabel('รหัส', { exact: true }).fill('000000')
  await phone.page.getByRole('button', { name: 'ยืนยัน' }).click()
  expect(await phone.page.getByRole('alert').textContent()).toContain('รหัสไม่ถูกต้อง')
  await phone.page.getByLabel('รหัส', { exact: true }).fill(codeOf(key))
  await phone.page.getByRole('button', { name: 'ยืนยัน' }).click()
  await phone.page.waitForURL('**/desk')

  const borrowed = await visit()
  await signIn(borrowed.page, 'natthaphon')
  await borrowed.page.getByRole('link', { name: 'ใช้รหัสกู้คืน' }).click()
  await borrowed.page.getByLabel('รหัส', { exact: true }).fill(codes[0] as string)
  await borrowed.page.getByRole('button', { name: 'ยืนยัน' }).click()
  await borrowed.page.waitForURL('**/desk')

  await office.page.goto('/account')
  await office.page.getByRole('button', { name: 'ออกจากระบบที่อื่นทั้งหมด' }).click()
  await office.page.getByText('ออกจากระบบที่นั่นแล้ว').waitFor()
  for (const { page, leave } of [phone, borrowed]) {
    await page.goto('/desk')
    expect(page.url(), 'signed out from afar').toContain('/sign-in')
    await leave()
  }
  await withPassword(office.page, 'เลิกใช้การยืนยันสองขั้น')
  await office.page.getByText('เลิกใช้การยืนยันสองขั้นแล้ว').waitFor()
  expect(await office.page.locator('#h-trace ~ ul').textContent(), 'what was done stands in the trace').toContain('ณัฐพล')
  await office.leave()
})
