import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe } from '../setup/axe.ts'
import { visitAs } from '../setup/staff.ts'
import { DESKTOP, expectQuiet, PHONE, useBrowser, visit } from '../setup/visit.ts'

useBrowser()

const HOME = '/place/TH580703', ELSEWHERE = '/place/TH500701'
/** The list that brings a record of the demo world with photographs of its own. */
async function openRecord(page: Page, dataset: string, title: string): Promise<void> {
  await page.goto(`/datasets/${dataset}/records?q=${encodeURIComponent(title)}`)
  await page.getByRole('link', { name: title }).first().click()
  await page.getByRole('heading', { level: 1, name: title }).waitFor()
  await page.waitForLoadState()
}
const metresOf = (text: string) => Number(/([\d.,]+) (กม|ม)\./.exec(text)?.[1]?.replaceAll(',', '')) * (text.includes('กม.') ? 1000 : 1)

test('Mali opens a cave, looks at its photograph with the keyboard, and walks on to what lies near', { timeout: 120_000 }, async () => {
  const { page, watch, leave } = await visitAs('mali')
  await openRecord(page, 'attraction', 'ถ้ำน้ำลอด')
  const photo = page.getByRole('link', { name: /^ดูภาพใหญ่|ภาพ/ }).and(page.locator('[data-photo]')).first()
  await photo.focus()
  await page.keyboard.press('Enter')
  const viewer = page.getByRole('dialog')
  await viewer.waitFor()
  await expect.poll(() => viewer.getByRole('img').evaluate((img: HTMLImageElement) => img.complete && img.naturalWidth > 0)).toBe(true)
  const photos = await page.locator('[data-photo]').count(), src = () => viewer.getByRole('img').getAttribute('src')
  const first = await src()
  await page.keyboard.press('ArrowRight')
  expect(await src() === first, 'one photograph is alone, several go round').toBe(photos === 1)
  await page.keyboard.press('Escape')
  await viewer.waitFor({ state: 'hidden' })
  expect(await photo.evaluate(link => link === document.activeElement), 'back where she was').toBe(true)

  const near = page.getByRole('region', { name: 'สิ่งที่อยู่ใกล้' }), far = (await near.getByRole('listitem').allTextContents()).map(metresOf)
  expect(far.length).toBeGreaterThan(3)
  expect(far).toEqual([...far].sort((a, b) => a - b))
  expect(Math.max(...far)).toBeLessThanOrEqual(2000)
  const next = await near.getByRole('link').first().textContent()
  await near.getByRole('link').first().click()
  await page.getByRole('heading', { level: 1, name: next ?? '' }).waitFor()
  expectQuiet(watch)
  await leave()
})

test.each([{ name: 'on a phone without script', options: { ...PHONE, javaScriptEnabled: false } }, { name: 'on a desk', options: DESKTOP }])('Mali leafs through the photographs of her tambon, $name; the address holds what she chose', { timeout: 120_000 }, async ({ options }) => {
  const { page, watch, leave } = await visitAs('mali', options)
  await page.getByRole('link', { name: 'ภาพถ่าย' }).click()
  const pictures = page.locator('main li img'), names = () => page.locator('main li b').allTextContents()
  const first = await names()
  expect(first.length).toBeGreaterThan(20)
  await page.getByRole('link', { name: 'หน้าถัดไป' }).click()
  expect((await names()).filter(name => first.slice(0, 3).includes(name)), 'another page').toEqual([])
  await page.getByRole('link', { name: 'กลับไปหน้าแรก' }).or(page.locator('.pages a').first()).first().click()
  await page.getByLabel('ชุดข้อมูล').selectOption('animal')
  await page.getByRole('button', { name: 'แสดง' }).click()
  expect(page.url()).toContain('dataset=animal')
  const animals = await names()
  expect(animals.length).toBeGreaterThan(0)
  expect(await pictures.first().getAttribute('alt')).toContain(animals[0])
  await page.goto(page.url())
  expect(await names(), 'the same again').toEqual(animals)
  await page.getByRole('link', { name: animals[0]! }).first().click()
  await page.getByRole('heading', { level: 1, name: animals[0]! }).waitFor()
  expectQuiet(watch)
  await leave()
})

test('what her tambon lives on and what grows there is told to Mali, and to nobody else before it is approved', { timeout: 120_000 }, async () => {
  const { page, watch, leave } = await visitAs('mali')
  await page.goto(HOME)
  await page.getByRole('link', { name: 'เศรษฐกิจ', exact: true }).click()
  await page.waitForURL(`**${HOME}/economy`)
  const cards = (await page.locator('.cards li').allTextContents()).map(text => Number(/(\d+)\s*รายการ/.exec(text)?.[1]))
  expect(cards.length).toBe(6)
  expect(Math.min(...cards), 'the demo tambon has something of each').toBeGreaterThan(0)
  const count = await page.evaluate(async () => (await (await fetch('/api/datasets/attraction/records?area=TH580703')).json()).count) as number
  expect(cards).toContain(count)
  expect(await page.locator('main li img').count()).toBe(6)
  expect(await page.locator('svg[data-map] circle').count()).toBeGreaterThan(3)
  await page.getByRole('link', { name: 'ดูภาพทั้งหมด' }).click()
  expect(page.url()).toContain('side=economy')
  expectQuiet(watch)
  await leave()

  const anybody = await visit({ ...PHONE, javaScriptEnabled: false })
  await anybody.page.goto(`${ELSEWHERE}/nature`)
  await anybody.page.getByText('ยังไม่มีรายการที่เผยแพร่').waitFor()
  expect([await anybody.page.locator('main img').count(), await anybody.page.locator('svg[data-map]').count(), await anybody.page.getByText(/\d+\s*รายการ/).count()]).toEqual([0, 0, 0])
  await anybody.page.locator('main').getByRole('link', { name: 'เข้าสู่ระบบ' }).click()
  expect(decodeURIComponent(anybody.page.url())).toContain(`next=${ELSEWHERE}/nature`)
  expectQuiet(anybody.watch)
  await anybody.leave()

  const pricha = await visitAs('pricha')
  await pricha.page.goto(`/en${ELSEWHERE}/economy`)
  await pricha.page.getByText('Nothing is public yet').waitFor()
  expect(await pricha.page.locator('main img').count(), 'an administrator sees no records').toBe(0)
  await pricha.page.goto(`${HOME}/elsewhere`)
  expect(await pricha.page.getByRole('heading', { level: 1 }).textContent()).toContain('ไม่พบ')
  await pricha.leave()
})

test('once Mali has approved a sight, anybody reads its name among the economy of the tambon and sees where it is; when she takes it back it is gone', { timeout: 120_000 }, async () => {
  const mali = await visitAs('mali'), { page, leave } = await visit(PHONE)
  const act = (path: string, body: object) => mali.page.evaluate(async ([path, body]) => (await fetch(`/api/datasets/attraction/acts${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).json(), [path, body] as const) as Promise<{ done: number; batch: string }>
  const look = async (): Promise<{ names: string[]; dots: number; links: number }> => {
    await page.goto(`${HOME}/economy`)
    return { names: await page.locator('main li a[href*="/thing/"]').allTextContents(), dots: await page.locator('svg[data-map] circle').count(), links: await page.locator('main a[href*="/record/"]').count() }
  }
  const { items } = await mali.page.evaluate(async () => (await fetch('/api/datasets/attraction/records?area=TH580703&state=received&limit=100')).json()) as { items: { id: string; title: string; faults: number; values: Record<string, unknown> }[] }
  const sight = items.find(({ faults, values }) => faults === 0 && values['not_public'] === 'no')!
  expect((await look()).names).not.toContain(sight.title)
  const { done, batch } = await act('', { act: 'approve', ids: [sight.id] })
  expect(done).toBe(1)
  const after = await look()
  expect(after.names).toContain(sight.title)
  expect([after.dots > 0, after.links], 'a map to look at; the record itself is behind the door').toEqual([true, 0])
  const { violations } = await axe(page).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await act(`/${batch}/undo`, {})
  expect((await look()).names).not.toContain(sight.title)
  await leave()
  await mali.leave()
})

test.each([{ name: 'dark on a phone', options: { ...PHONE, colorScheme: 'dark' } as const }, { name: 'light on a desk', options: DESKTOP }])('these pages fit the screen and are read out well, $name', { timeout: 120_000 }, async ({ options }) => {
  const { page, leave } = await visitAs('somsak', options)
  for (const path of ['/gallery', '/gallery?area=TH580703&side=nature&from=2026-01-01', '/gallery?dataset=occurrence', `${HOME}/economy`, `/en${HOME}/nature`, '/place/TH58/economy', '/place/TH50/nature', 'record']) {
    if (path === 'record') await openRecord(page, 'attraction', 'ถ้ำน้ำลอด')
    else await page.goto(path)
    const { violations } = await axe(page).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(node => node.target.join(' ')).join(', ')}`), path).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${path} is no wider than the screen`).toBeLessThanOrEqual(0)
  }
  await page.locator('[data-photo]').first().click()
  const { violations } = await axe(page).include('dialog').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await leave()
})
