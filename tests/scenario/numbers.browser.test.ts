import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Locator, Page } from 'playwright-core'
import { expect, inject, test } from 'vitest'
import { expectQuiet, useBrowser, visit } from '../setup/visit.ts'
import { word } from '../setup/words.ts'

useBrowser()

type Line = Record<string, string>

/** The rows of a CSV as a spreadsheet opens them, after checking that it begins with a BOM. */
async function download(page: Page, link: Locator): Promise<Line[]> {
  const [file] = await Promise.all([page.waitForEvent('download'), link.click()])
  const text = await readFile(await file.path(), 'utf8')
  expect(text.charCodeAt(0)).toBe(0xfeff)
  return parse(text, { columns: true, bom: true }) as Line[]
}

const rowsOf = async (page: Page) => page.locator('#rank tbody tr').evaluateAll(rows => rows.map(row => ({
  code: row.id, rank: row.querySelector('.rank')!.textContent!.trim(), value: (row.querySelector('b') ?? row.querySelector('.gap'))!.textContent!.trim(),
})))

test('a ranking is sorted, goes on to the next page, and its file holds the numbers that the page shows', async () => {
  const { page, watch, leave } = await visit()
  await page.goto('/rank?indicator=registered-population&level=tambon&year=2021')
  const first = await rowsOf(page)
  const numbers = first.map(row => Number(row.value.replaceAll(',', '')))
  expect(numbers).toEqual(numbers.toSorted((a, b) => b - a))
  expect(first[0]!.rank).toBe('1')

  await page.locator('a[rel=next]').click()
  await page.waitForURL(/after=/)
  const second = await rowsOf(page)
  expect(Number(second[0]!.rank.replaceAll(',', ''))).toBeGreaterThan(Number(first.at(-1)!.rank.replaceAll(',', '')) - 1)
  expect(second.filter(row => first.some(other => other.code === row.code))).toEqual([])

  const lines = await download(page, page.getByRole('link', { name: word('take_csv') }).first())
  expect(lines).toHaveLength(7_436)
  for (const row of [...first, ...second]) {
    const line = lines.find(each => each.code === row.code)!
    expect(Number(line.value).toLocaleString('th-TH')).toBe(row.value)
    for (const column of ['name_th', 'name_en', 'indicator', 'unit', 'source', 'licence', 'definition']) expect(line[column], column).toBeTruthy()
  }
  expectQuiet(watch)
  await leave()
})

test('the map of the nation has 76 provinces with target poor, Bangkok without, and its file says the same', async () => {
  const { page, watch, leave } = await visit()
  await page.goto('/')
  const shown = await page.locator('#list tbody tr').evaluateAll(rows => rows.map(row => ({ code: row.querySelector('a')!.getAttribute('href')!.split('/').at(-1)!, text: row.querySelector('.number')!.textContent!.trim() })))
  expect(shown).toHaveLength(77)
  const lines = await download(page, page.locator('#map').getByRole('link', { name: word('take_csv') }))
  expect(lines).toHaveLength(77)
  for (const { code, text } of shown) {
    const line = lines.find(each => each.code === code)!
    expect(text, code).toBe(line.value === '' ? word('gap_not_covered') : percent(Number(line.value)))
  }
  expect(shown.filter(row => row.text === word('gap_not_covered')).map(row => row.code)).toEqual(['TH10'])
  expectQuiet(watch)
  await leave()
})

/** One decimal, two where it is below one percent. */
const percent = (value: number) => `${(value * 100).toFixed(value > 0 && value < 0.00995 ? 2 : 1)}%`

test('two places stand side by side with the same numbers as on their own pages, and a third is added by name', async () => {
  const { page, watch, leave } = await visit()
  await page.goto('/compare?places=TH50,TH57')
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('เชียงใหม่')
  const reply = await fetch(`${inject('address')}/api/compare?areas=TH50,TH57`)
  const { rows } = await reply.json() as { rows: { indicator: { id: string }; values: { value: number | null }[] }[] }
  const population = rows.find(row => row.indicator.id === 'registered-population')!
  const text = await page.locator('main').innerText()
  for (const { value } of population.values) expect(text).toContain(value!.toLocaleString('th-TH'))

  const field = page.locator('main input[type=search], main input[data-suggest]').first()
  await field.pressSequentially('ลำปาง', { delay: 20 })
  await page.getByRole('option').filter({ hasText: 'จังหวัดลำปาง' }).first().click()
  await page.waitForURL(url => decodeURIComponent(url.search).includes('TH52'))
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('ลำปาง')
  expectQuiet(watch)
  await leave()
})

test('a chart is taken away as a picture', async () => {
  const { page, watch, leave } = await visit()
  await page.goto('/place/TH50')
  const map = page.locator('#map')
  for (const [name, start] of [['take_svg', '<svg'], ['take_png', '\u0089PNG']] as const) {
    const [file] = await Promise.all([page.waitForEvent('download'), map.getByRole('button', { name: word(name) }).click()])
    const bytes = await readFile(await file.path())
    expect(bytes.toString('latin1').includes(start)).toBe(true)
    expect(bytes.length).toBeGreaterThan(5_000)
  }
  expectQuiet(watch)
  await leave()
})
