import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** The collector's screens, as a person reads and taps them. */
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
export const next = (page: Page) => button(page, /^(ต่อไป|ตรวจก่อนส่ง|เสร็จรายการนี้)$/).click()
export const field = (page: Page, name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) })
export const choose = (page: Page, question: string, answer: string) => page.getByRole('group', { name: new RegExp(`^${question}`) }).getByText(answer, { exact: true }).click()

/** Nobody who is alone with a telephone needs a mouse, good eyes or a wide screen. */
export async function expectGood(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name} fits its screen`).toBeLessThanOrEqual(0)
}

export async function enter(page: Page): Promise<void> {
  await page.goto('/collect')
  await page.locator('[data-program=ready]').waitFor()
}

/** The first time on a telephone, without a PIN. */
export const begin = async (page: Page) => {
  await enter(page)
  await button(page, 'ใช้โดยไม่มี PIN').click()
  await page.getByText('แบบฟอร์มในเครื่องรับเมื่อ').waitFor()
}
