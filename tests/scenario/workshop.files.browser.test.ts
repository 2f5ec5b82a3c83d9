import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { datasetOf } from '../setup/defining.ts'
import { visitAs } from '../setup/staff.ts'
import { DESKTOP, PHONE, useBrowser } from '../setup/visit.ts'

useBrowser()

const formOf = (id: string) => `
| survey |
| | type | name | label::ไทย (th) | label::English (en) |
| | select_one_from_file villages.csv | village | หมู่บ้าน | Village |
| | select_one_from_file buyers.csv | buyer | ขายให้ใคร | Buyer |
| settings |
| | form_title | form_id | version |
| | กาแฟ | ${id} | 2026010101 |
`
const BUYERS = 'name,label\nkla,กลุ่มกล้า\n'

/** A dataset of her own, made as a program would. */
async function makeDataset(page: Page, id: string): Promise<void> {
  await page.evaluate(async dataset => { await fetch('/api/datasets', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ area: 'TH580703', dataset }) }) }, datasetOf(id))
}

test.each([{ name: 'with script', options: DESKTOP }, { name: 'on a phone without script', options: { ...PHONE, javaScriptEnabled: false } }])('Mali gives a form the list that it names, $name: it is told as missing until then, and goes out with the form', { timeout: 120_000 }, async ({ name, options }) => {
  const hasScript = name === 'with script', id = `th580703-tea-${Date.now().toString(36)}${hasScript ? 's' : ''}`, desk = await visitAs('mali')
  await makeDataset(desk.page, id)
  const { page, leave } = await visitAs('mali', options), media = page.getByRole('region', { name: 'ไฟล์ที่แบบฟอร์มใช้' })
  await page.goto(`/datasets/${id}/form?area=TH580703`)
  await page.getByLabel('อัปโหลดแบบฟอร์ม').setInputFiles({ name: 'tea.md', mimeType: 'text/markdown', buffer: Buffer.from(formOf(id)) })
  await page.getByRole('button', { name: 'อ่านไฟล์' }).click()
  await media.getByText('แบบฟอร์มใช้ไฟล์ buyers.csv แต่ยังไม่มีไฟล์นี้').waitFor()
  expect(await page.locator('#faults').textContent(), 'among what to look at, too').toContain('buyers.csv')

  await media.getByLabel('เพิ่มไฟล์', { exact: true }).setInputFiles(['buyers.csv', 'leaf.png'].map(file => ({ name: file, mimeType: 'text/plain', buffer: Buffer.from(BUYERS) })))
  await media.getByRole('button', { name: 'เพิ่มไฟล์เหล่านี้' }).click()
  await page.getByText('เพิ่มไฟล์แล้ว').waitFor()
  expect((await media.getByRole('listitem').allTextContents()).map(text => text.replace(/\s+/g, ' '))).toEqual(['buyers.csv 43 ไบต์ เอาออก', 'leaf.png 43 ไบต์ เอาออก'])
  await media.getByRole('button', { name: 'เอาไฟล์ leaf.png ออก' }).click()
  await page.getByText('เอาไฟล์ออกแล้ว').waitFor()
  expect(await media.getByRole('listitem').count(), 'and nothing is missing any more').toBe(1)

  if (hasScript) await page.locator('[data-program=ready]').waitFor()
  await media.getByLabel('เพิ่มไฟล์', { exact: true }).setInputFiles({ name: 'notes.exe', mimeType: 'text/plain', buffer: Buffer.from('no') })
  await media.getByRole('button', { name: 'เพิ่มไฟล์เหล่านี้' }).click()
  expect(await media.getByRole('alert').textContent(), 'what no telephone could use is refused in its place').toContain('notes.exe')
  await page.getByRole('textbox', { name: 'เลขรุ่น' }).fill('2026010102')
  await page.getByRole('button', { name: 'เผยแพร่รุ่นนี้' }).click()
  await page.getByText('เผยแพร่แล้ว', { exact: true }).waitFor()
  expect(await media.getByRole('listitem').count(), 'a draft that was published is done').toBe(0)
  expect(await media.getByText('buyers.csv').count(), 'its files come along by themselves').toBe(0)
  await leave()
  await desk.leave()
})
