import { readFileSync } from 'node:fs'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { visit, type Watch } from './visit.ts'

/** The demo people sign in as anybody would, with the password that the README prints. */
export const { password: DEMO_PASSWORD } = JSON.parse(readFileSync(new URL('../../seed/demo/people.json', import.meta.url), 'utf8')) as { password: string }

export async function signIn(page: Page, userName: string, secret = DEMO_PASSWORD): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('ชื่อผู้ใช้หรืออีเมล').fill(userName)
  await page.getByLabel('รหัสผ่าน').fill(secret)
  await page.locator('main').getByRole('button', { name: 'เข้าสู่ระบบ' }).click()
}

/** Somebody of the demo world at their own computer, at their desk. */
export async function visitAs(userName: string, options?: BrowserContextOptions): Promise<{ page: Page; watch: Watch; leave: () => Promise<void> }> {
  const person = await visit(options)
  await signIn(person.page, userName)
  await person.page.waitForURL('**/desk')
  expect(await person.page.getByRole('heading', { level: 1 }).textContent()).toContain('โต๊ะทำงาน')
  return person
}
