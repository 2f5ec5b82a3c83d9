import { expect, test } from 'vitest'
import { axe } from '../setup/axe.ts'
import { visitAs } from '../setup/staff.ts'
import { expectQuiet, useBrowser } from '../setup/visit.ts'
import { word } from '../setup/words.ts'

useBrowser()

test('Somsak sees from the board of his province where to look, goes into a tambon, and stands in exactly the queue behind a number', async () => {
  const { page, watch, leave } = await visitAs('somsak')
  await page.goto('/board?dataset=attraction&by=tambon')
  expect((await axe(page).analyze()).violations).toEqual([])
  expect(await page.locator('svg[data-map] a').count()).toBeGreaterThan(30)
  const row = page.locator('tbody tr', { hasText: 'ถ้ำลอด' }), arrived = Number(await row.locator('td.arrived').textContent())
  await row.getByRole('link', { name: 'ตำบลถ้ำลอด' }).click()
  expect(Number(await page.locator('tfoot td.arrived').textContent())).toBe(arrived)
  const waiting = page.locator('tbody td.received a').first(), count = Number(await waiting.textContent())
  await waiting.click()
  await page.waitForURL(/\/review\?/)
  expect(await page.locator('tbody tr').count()).toBe(count)
  await page.goto('/board/rounds?dataset=attraction')
  expect((await axe(page).analyze()).violations).toEqual([])
  await page.goto('/board/targets?dataset=attraction&area=TH5807')
  expect((await axe(page).analyze()).violations).toEqual([])
  expect(await page.getByRole('button', { name: word('target_set') }).count()).toBe(1)
  expectQuiet(watch)
  await leave()
})
