import { expect, test } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { expectQuiet, useBrowser, visit } from '../setup/visit.ts'
import { word } from '../setup/words.ts'

useBrowser()

const heading = async (page: Page) => (await page.getByRole('heading', { level: 1 }).innerText()).trim()

/** Clicks on a shape's own ink, as a person with a mouse does, once the page has faded in and lets itself be clicked. */
async function clickOnMap(page: Page, code: string): Promise<void> {
  const link = page.locator(`#map svg[data-map] a[href="/place/${code}"]`)
  await link.scrollIntoViewIfNeeded()
  const spot = await expect.poll(() => findInk(link), { message: `${code} has ink in sight on the map`, timeout: 10_000 }).not.toBeNull().then(() => findInk(link))
  await page.mouse.click(spot!.x, spot!.y)
  await page.waitForURL(`**/place/${code}`)
}

/** A point of the screen where this shape is what one would hit. */
function findInk(link: Locator): Promise<{ x: number; y: number } | null> {
  return link.locator('path').evaluate((path: SVGPathElement) => {
    const box = path.getBBox()
    const matrix = path.getScreenCTM()!
    for (let tries = 1; tries < 400; tries++) {
      const point = new DOMPoint(box.x + box.width * ((tries * 0.7548) % 1), box.y + box.height * ((tries * 0.5698) % 1))
      const { x, y } = point.matrixTransform(matrix)
      if (path.isPointInFill(point) && document.elementFromPoint(x, y) === path) return { x, y }
    }
    return null
  })
}

test('a planner walks from the nation to a tambon on the maps, and back by the trail', async () => {
  const { page, watch, leave } = await visit()
  await page.goto('/')
  await clickOnMap(page, 'TH50')
  expect(await heading(page)).toBe('จังหวัดเชียงใหม่')
  await clickOnMap(page, 'TH5007')
  expect(await heading(page)).toBe('อำเภอแม่ริม')
  await clickOnMap(page, 'TH500701')
  expect(await heading(page)).toBe('ตำบลริมใต้')

  const trail = page.getByRole('navigation', { name: word('trail_label') })
  expect(await trail.getByRole('link').allInnerTexts()).toEqual(['ประเทศไทย', 'จังหวัดเชียงใหม่', 'อำเภอแม่ริม'])
  await trail.getByRole('link', { name: 'อำเภอแม่ริม' }).click()
  await page.waitForURL('**/place/TH5007')
  await trail.getByRole('link', { name: 'ประเทศไทย' }).click()
  await page.waitForURL(url => url.pathname === '/')
  expectQuiet(watch)
  await leave()
})

test('the same walk by keyboard alone: every place on the map is a link in the list beside it', async () => {
  const { page, watch, leave } = await visit()
  await page.goto('/')
  await page.keyboard.press('Tab')
  expect(await focusedText(page)).toBe(word('skip'))
  await tabTo(page, 'เชียงใหม่')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/place/TH50')
  await tabTo(page, 'แม่ริม')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/place/TH5007')
  await tabTo(page, 'ริมใต้')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/place/TH500701')
  expectQuiet(watch)
  await leave()
})

const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')

/** Presses Tab until the link with this text has the focus, and that focus can be seen. */
async function tabTo(page: Page, text: string): Promise<void> {
  for (let presses = 0; presses < 300; presses++) {
    await page.keyboard.press('Tab')
    if (await focusedText(page) !== text) continue
    const seen = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement!)
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 || style.boxShadow !== 'none'
    })
    expect(seen, `the focus on “${text}” cannot be seen`).toBe(true)
    return
  }
  throw new Error(`“${text}” cannot be reached by the tab key`)
}

test('a map of another indicator, year and cut has an address of its own, and a place without data looks unlike zero', async () => {
  const { page, watch, leave } = await visit()
  await page.goto('/')
  const bangkok = page.locator('#map svg[data-map] a[href="/place/TH10"] path')
  expect(await bangkok.getAttribute('fill')).toMatch(/^url\(#hatch/)
  expect(await page.locator('#map').innerText()).toContain(word('gap_not_covered'))
  await page.getByLabel(word('field_indicator')).first().selectOption('registered-population')
  await page.getByRole('button', { name: word('choose_go') }).click()
  await page.waitForURL(/indicator=registered-population/)
  expect(await page.locator('#map svg[data-map] a[href="/place/TH10"] path').getAttribute('class')).toMatch(/^k\d/)
  expectQuiet(watch)
  await leave()
})
