import { expect, inject, test } from 'vitest'
import type { Page } from 'playwright-core'
import { expectQuiet, PHONE, useBrowser, visit } from '../setup/visit.ts'
import { word } from '../setup/words.ts'

useBrowser()

/** Nothing sticks out to the side on a 360 px phone. */
async function expectNoSideways(page: Page): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
}

async function getFigure(area: string, indicator: string, period: string): Promise<number> {
  const reply = await fetch(`${inject('address')}/api/figures?area=${area}&indicator=${indicator}&period=${period}`)
  return ((await reply.json()) as { values: { value: number }[] }).values[0]!.value
}

test('on a small phone a villager finds ตำบลริมใต้ by a misspelt name, reads its page in Thai, and sends it on in English', async () => {
  const { page, watch, leave } = await visit(PHONE)
  await page.goto('/')
  expect(await page.getAttribute('html', 'lang')).toBe('th')
  await expectNoSideways(page)

  const field = page.locator('#search-big')
  await field.tap()
  await field.pressSequentially('ริมไต้', { delay: 20 })
  const found = page.getByRole('option').filter({ hasText: 'ริมใต้' }).filter({ hasText: 'แม่ริม' })
  await found.first().click()
  await page.waitForURL('**/place/TH500701')

  expect((await page.getByRole('heading', { level: 1 }).innerText()).trim()).toBe('ตำบลริมใต้')
  await expectNoSideways(page)
  const population = (await getFigure('TH500701', 'registered-population', '2021')).toLocaleString('th-TH')
  const thai = await page.locator('main').innerText()
  for (const said of [population, '2564', 'แม่ริม', word('part_missing'), word('gap_not_published')]) expect(thai).toContain(said)

  await page.getByRole('link', { name: 'English' }).click()
  await page.waitForURL('**/en/place/TH500701')
  expect(await page.getAttribute('html', 'lang')).toBe('en')
  expect((await page.getByRole('heading', { level: 1 }).innerText()).trim()).toBe('Rim Tai Tambon')
  const english = await page.locator('main').innerText()
  for (const said of [population, '2021', 'Mae Rim', word('part_missing', 'en')]) expect(english).toContain(said)
  await expectNoSideways(page)
  expectQuiet(watch)
  await leave()
})

test('the search can be used by keyboard alone and says how many it found', async () => {
  const { page, watch, leave } = await visit()
  await page.goto('/')
  await page.keyboard.press('/')
  const field = page.locator('header input[type=search]')
  expect(await field.evaluate(input => input === document.activeElement)).toBe(true)
  await page.keyboard.type('แม่ริม', { delay: 20 })
  await page.getByRole('option').first().waitFor()
  expect(await page.getByRole('status').first().innerText()).toMatch(/\d/)
  expect(await field.getAttribute('aria-expanded')).toBe('true')
  await page.keyboard.press('ArrowDown')
  const chosen = await field.getAttribute('aria-activedescendant')
  expect(await page.locator(`[id="${chosen}"]`).innerText()).toContain('อำเภอแม่ริม')
  await page.keyboard.press('Escape')
  expect(await field.getAttribute('aria-expanded')).toBe('false')
  await page.keyboard.press('End')
  await page.keyboard.type(' เชียงใหม่', { delay: 20 })
  await page.getByRole('option').filter({ hasText: 'อำเภอแม่ริม' }).first().waitFor()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/place/TH5007')
  expectQuiet(watch)
  await leave()
})
