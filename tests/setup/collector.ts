import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect } from 'vitest'
import { axe } from './axe.ts'
import { word } from './words.ts'

/** The collector's screens, as a person reads and taps them. */
export const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: typeof name === 'string' })
export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name }).waitFor()
export const next = (page: Page) => button(page, /^(ต่อไป|ตรวจก่อนส่ง|เสร็จรายการนี้)$/).click()
export const field = (page: Page, name: string) => page.getByRole('textbox', { name: new RegExp(`^${name}`) })
export const choose = (page: Page, question: string, answer: string) => page.getByRole('group', { name: new RegExp(`^${question}`) }).getByText(answer, { exact: true }).click()

/** Nobody who is alone with a telephone needs a mouse, good eyes or a wide screen. */
export async function expectGood(page: Page, name: string): Promise<void> {
  const { violations } = await axe(page).analyze()
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name} fits its screen`).toBeLessThanOrEqual(0)
}

export async function enter(page: Page, hash = ''): Promise<void> {
  await page.goto(`/collect${hash}`)
  await page.locator('[data-program=ready]').waitFor()
}

/** Somebody who is signed in takes this telephone over, and waits until it carries the program and every form. */
export async function takePhone(page: Page, pin = ''): Promise<void> {
  await enter(page)
  if (pin) await page.getByLabel(/^ตั้ง PIN/).fill(pin)
  await button(page, word(pin ? 'collect_begin' : 'collect_without_pin')).click()
  await page.getByText(/^แบบฟอร์มในเครื่องรับเมื่อ/).waitFor()
  await page.waitForFunction(async () => navigator.serviceWorker.controller !== null && (await caches.keys()).some(name => name.startsWith('collector-')), undefined, { timeout: 60_000 })
}

export async function unlock(page: Page, name: RegExp, pin: string): Promise<void> {
  await button(page, name).click()
  await page.getByLabel('PIN').fill(pin)
  await button(page, 'เปิด').click()
  await heading(page, word('collect_home'))
}

/** From the list of forms to the first question. `thing`: one that is visited again; without it a new one. */
export async function begin(page: Page, form: string, { village = 'วนาหลวง', thing }: { village?: string; thing?: RegExp } = {}): Promise<void> {
  await page.getByLabel('ค้นหาแบบฟอร์ม').fill(form)
  await page.getByRole('link', { name: new RegExp(`^${form}`) }).first().click()
  await page.getByLabel('ค้นหาหมู่บ้านหรือตำบล').fill(village)
  await button(page, new RegExp(village)).click()
  if (thing) await button(page, thing).click()
  else await button(page, '+ รายการใหม่').or(page.getByRole('progressbar', { name: /^หน้า/ })).first().click()
  await page.getByRole('progressbar', { name: /^หน้า/ }).waitFor()
}

/** Answers what must be answered with the first that comes, and what is given by its label, page by page, until one looks it over. */
export async function answerAll(page: Page, given: Record<string, string>): Promise<void> {
  const review = page.getByRole('heading', { level: 1, name: word('collect_review') })
  for (let pages = 0; pages < 30 && !await review.isVisible(); pages++) {
    for (const [label, answer] of Object.entries(given)) {
      const wanted = field(page, label)
      if (await wanted.count() > 0) await wanted.first().fill(answer)
      else if (await page.getByRole('group', { name: new RegExp(`^${label}`) }).count() > 0) await choose(page, label, answer)
    }
    await answerRequired(page)
    const before = page.url()
    await next(page)
    await page.waitForFunction(url => location.href !== url, before, { timeout: 10_000 })
  }
  await review.waitFor()
}

/** A choice may ask the next question: as long as something is wanted, it is answered. */
async function answerRequired(page: Page): Promise<void> {
  for (let turns = 0; turns < 20; turns++) {
    const answered = await page.evaluate(() => {
      for (const question of document.querySelectorAll('.question')) {
        const [choice, ...others] = question.querySelectorAll<HTMLInputElement>('input[type=radio], input[type=checkbox]')
        if (!question.querySelector('.must')) continue
        if (choice && ![choice, ...others].some(({ checked }) => checked)) { choice.click(); return true }
        const text = question.querySelector<HTMLInputElement>('input[type=text], textarea')
        if (!choice && text && text.value === '' && !text.readOnly) {
          text.value = text.inputMode === 'decimal' ? '1' : 'ทดสอบ'
          text.dispatchEvent(new Event('input', { bubbles: true }))
          return true
        }
      }
      return false
    })
    if (!answered) return
    await page.waitForTimeout(50)
  }
}

/** One member of a household, to the list of all of them. */
export async function answerMember(page: Page, { name, relation, year }: { name: string; relation: string; year: string }): Promise<void> {
  await field(page, 'ชื่อ').first().fill(name)
  await field(page, 'นามสกุล').fill('ตัวอย่าง')
  await choose(page, 'เพศ', 'หญิง')
  await page.getByRole('group', { name: /^เป็นอะไรกับหัวหน้า/ }).getByText(relation, { exact: true }).click()
  await next(page)
  await field(page, 'ปีเกิด').fill(year)
  for (let left = 3; left > 0 && !await page.getByRole('button', { name: /^\+ เพิ่ม/ }).isVisible(); left--) await next(page)
}

/** As a telephone's camera writes it: with where it was taken. */
export async function photo(colour = '#684'): Promise<{ name: string; mimeType: string; buffer: Buffer }> {
  const where = { GPSLatitudeRef: 'N', GPSLatitude: '19/1 30/1 44/1', GPSLongitudeRef: 'E', GPSLongitude: '98/1 12/1 44/1' }
  return { name: 'หน้าบ้าน.jpg', mimeType: 'image/jpeg', buffer: await sharp({ create: { width: 3000, height: 2000, channels: 3, background: colour } }).jpeg().withExif({ IFD0: { Make: 'CAMERA' }, IFD3: where }).toBuffer() }
}

/** As a telephone that runs out of memory does it: nobody is told, nothing is tidied up. Returns an empty tab. */
export async function kill(page: Page): Promise<Page> {
  await page.evaluate(() => { for (const end of ['pagehide', 'visibilitychange', 'beforeunload', 'unload']) addEventListener(end, event => event.stopImmediatePropagation(), true) })
  const another = await page.context().newPage()
  await page.close()
  return another
}
