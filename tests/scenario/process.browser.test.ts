import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { answerAll, begin, button, enter, heading, takePhone } from '../setup/collector.ts'
import { visitAs } from '../setup/staff.ts'
import { expectQuiet, PHONE, useBrowser, visit } from '../setup/visit.ts'
import { word } from '../setup/words.ts'

useBrowser()

/** The same server may have seen this test before. */
const tag = Date.now().toString(36)
/** Other tests that run at the same time approve sights. */
const DATASET = 'water-source', TAMBON = 'TH580703', NAMES = ['บ่อหิน', 'บ่อทราย', 'บ่อดิน'].map(name => `${name} ${tag}`)
const queue = (state: string) => `/review?dataset=${DATASET}&area=${TAMBON}&state=${state}`

/** From the list of forms to "the server has all of it". */
async function record(page: Page, name: string): Promise<void> {
  await begin(page, 'แหล่งน้ำ')
  await answerAll(page, { 'ชื่อแหล่งน้ำ': name })
  await button(page, 'ส่ง').click()
  await page.getByText('เครื่องแม่ข่ายยืนยันครบทุกไฟล์แล้ว', { exact: false }).waitFor({ timeout: 30_000 })
  await page.goto('/collect#')
  await heading(page, word('collect_home'))
}

/** What anyone reads of the tambon and of the nation: on the page of the place, and on that of the number. */
async function publicFigures(page: Page): Promise<[tambon: number, nation: number]> {
  const numberIn = async (path: string, where: string) => {
    await page.goto(path)
    return Number(/[\d,]+/.exec(await page.locator(where).first().innerText())?.[0].replaceAll(',', ''))
  }
  return [await numberIn(`/place/${TAMBON}`, `tr:has(a[href*="records-${DATASET}"]) td`), await numberIn(`/data/records-${DATASET}`, 'main .nation b')]
}

/** The last line of the board of the tambon, by the heads of its columns. */
async function boardOf(page: Page): Promise<Record<string, number>> {
  await page.goto(`/board?area=${TAMBON}&dataset=${DATASET}`)
  return Object.fromEntries(await page.locator('tfoot td[data-name]').evaluateAll(cells => cells.map(cell => [cell.getAttribute('data-name'), Number(cell.textContent?.replaceAll(',', ''))])))
}

async function act(page: Page, state: string, what: string, count: number): Promise<void> {
  const rows = page.locator('tbody tr', { hasText: tag })
  await expect.poll(async () => { await page.goto(queue(state)); return rows.count() }, { timeout: 20_000 }).toBe(count)
  for (const box of await page.locator('tbody input[type=checkbox]').all()) await box.uncheck()
  for (const row of await rows.all()) await row.getByRole('checkbox').check()
  await button(page, word(what)).click()
  await page.getByRole('status').getByText(String(count)).waitFor()
}

test('a telephone sends, the tambon returns one and approves the rest, the province verifies, and the public figure follows', { timeout: 300_000 }, async () => {
  const villager = await visit(PHONE), [tambon, nation] = await publicFigures(villager.page)
  const somsak = await visitAs('somsak'), before = await boardOf(somsak.page)
  const khamkaeo = await visitAs('khamkaeo', PHONE)
  await takePhone(khamkaeo.page)
  for (const name of NAMES) await record(khamkaeo.page, name)

  const mali = await visitAs('mali')
  await expect.poll(async () => { await mali.page.goto(queue('received')); return mali.page.locator('tbody tr', { hasText: tag }).count() }, { timeout: 20_000 }).toBe(3)
  expect(await publicFigures(villager.page), 'what only arrived does not count').toEqual([tambon, nation])
  await mali.page.getByRole('link', { name: NAMES[0] as string }).click()
  await mali.page.getByText(word('review_return_title')).click()
  await mali.page.getByLabel(word('review_reason'), { exact: true }).first().fill('ชื่อนี้คนในหมู่บ้านไม่รู้จัก')
  await button(mali.page, word('review_act_return')).click()
  await act(mali.page, 'received', 'review_act_approve', 2)
  await expect.poll(() => publicFigures(villager.page), { timeout: 10_000 }).toEqual([tambon + 2, nation + 2])

  await act(somsak.page, 'approved', 'review_act_verify', 2)
  const after = await boardOf(somsak.page)
  expect(['board_arrived', 'board_returned', 'board_approved'].map(of => (after[word(of)] ?? NaN) - (before[word(of)] ?? NaN)), 'the morning’s board has all three, one of them returned').toEqual([3, 1, 2])

  await enter(khamkaeo.page)
  await khamkaeo.page.getByRole('region', { name: word('collect_returned') }).getByRole('link', { name: NAMES[0] as string }).click()
  await khamkaeo.page.getByText('ชื่อนี้คนในหมู่บ้านไม่รู้จัก').waitFor()
  await answerAll(khamkaeo.page, { 'ชื่อแหล่งน้ำ': `${NAMES[0]} ที่คนเรียก` })
  await button(khamkaeo.page, 'ส่ง').click()
  await khamkaeo.page.getByText('เครื่องแม่ข่ายยืนยันครบทุกไฟล์แล้ว', { exact: false }).waitFor({ timeout: 30_000 })
  await act(mali.page, 'received', 'review_act_approve', 1)
  await expect.poll(() => publicFigures(villager.page), { timeout: 10_000 }).toEqual([tambon + 3, nation + 3])
  for (const person of [villager, khamkaeo, mali, somsak]) {
    expectQuiet(person.watch)
    await person.leave()
  }
})
