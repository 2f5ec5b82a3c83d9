import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axe } from '../setup/axe.ts'
import { fillIn, type Given } from '../setup/collecting.ts'
import { visitAs } from '../setup/staff.ts'
import { Telephone } from '../setup/telephone.ts'
import { expectQuiet, PHONE, useBrowser } from '../setup/visit.ts'
import { word } from '../setup/words.ts'

useBrowser()

/** The same server may have seen this test before. */
const tag = randomUUID().slice(0, 6), VILLAGE = 'TH58070302'
const spring = (name: string, given: Given = {}): Given => ({ village: VILLAGE, visit_date: '2026-11-20', title: `${name} ${tag}`, kind: 'cave', status: 'open', not_public: 'no', condition: 'good', position: '19.5658 98.2774 620 5', ...given })

/** Khamkaeo's telephone sends three places: one has no state of repair, which the form asks for. */
async function collect(): Promise<void> {
  const khamkaeo = await visitAs('khamkaeo')
  const { settings } = await khamkaeo.page.evaluate(async () => {
    const reply = await fetch('/api/tokens/collector', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'my telephone', areas: ['TH580703'], datasets: null, days: 1 }) })
    return await reply.json() as { settings: string }
  })
  await khamkaeo.leave()
  const phone = Telephone.fromQr(settings), form = (await phone.listForms()).find(({ id }) => id === 'attraction')
  const { xform } = await phone.download(form as never)
  for (const given of [spring('ถ้ำหนึ่ง'), spring('ถ้ำสอง'), spring('ถ้ำสาม', { condition: undefined })]) expect((await phone.submit(fillIn(xform, given, { entity: entityOf() }).xml)).status).toBe(201)
}
const entityOf = () => `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="attraction" id="${randomUUID()}" create="1"><label>x</label></entity>`
const queue = `/review?dataset=attraction&area=${VILLAGE}&state=received`

async function untilQueued(page: Page, count: number): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    await page.goto(queue)
    if (await page.locator('tbody tr', { hasText: tag }).count() === count) return
    await page.waitForTimeout(250)
  }
  throw new Error(`${count} records of ${tag} are not in the queue after ten seconds`)
}
const stateOn = (page: Page, state: string) => expect.poll(() => page.locator('main').textContent()).toContain(state)

test('Mali reviews from the keys: one is approved, one returned with a reason, the next comes without a new page; Khamkaeo reads why', async () => {
  await collect()
  const { page, watch, leave } = await visitAs('mali')
  await untilQueued(page, 3)
  expect((await axe(page).analyze()).violations).toEqual([])
  await page.locator('tbody tr', { hasText: `ถ้ำสาม ${tag}` }).getByRole('link').click()
  await page.evaluate(() => { (window as unknown as { same: boolean }).same = true })
  expect((await axe(page).analyze()).violations).toEqual([])
  // what breaks a rule has nothing to approve it with
  await page.keyboard.press('a')
  expect(await page.locator('h1').textContent()).toBe(`ถ้ำสาม ${tag}`)
  await page.keyboard.press('r')
  await page.keyboard.type('ขอสภาพของที่นี่')
  await page.getByRole('button', { name: word('review_act_return'), exact: true }).click()
  await expect.poll(() => page.locator('h1').textContent()).toBe(`ถ้ำสอง ${tag}`)
  await page.keyboard.press('n')
  await expect.poll(() => page.locator('h1').textContent()).toBe(`ถ้ำหนึ่ง ${tag}`)
  await page.keyboard.press('p')
  await expect.poll(() => page.locator('h1').textContent()).toBe(`ถ้ำสอง ${tag}`)
  await page.keyboard.press('a')
  await expect.poll(() => page.locator('h1').textContent()).toBe(`ถ้ำหนึ่ง ${tag}`)
  expect(await page.evaluate(() => (window as unknown as { same?: boolean }).same)).toBe(true)
  await page.goto(queue.replace('received', 'approved'))
  await stateOn(page, `ถ้ำสอง ${tag}`)
  expectQuiet(watch)
  await leave()
  const khamkaeo = await visitAs('khamkaeo', PHONE)
  await khamkaeo.page.getByRole('link', { name: word('review_desk_mine').split('{')[0]?.trim() as string }).click()
  await khamkaeo.page.getByRole('link', { name: `ถ้ำสาม ${tag}` }).click()
  await stateOn(khamkaeo.page, 'ขอสภาพของที่นี่')
  expectQuiet(khamkaeo.watch)
  await khamkaeo.leave()
})

test('without script she looks first at what is wrong, approves the good ones of the list, and takes it back', async () => {
  await collect()
  const { page, watch, leave } = await visitAs('mali', { ...PHONE, javaScriptEnabled: false })
  await page.goto(queue)
  await page.getByRole('button', { name: `${word('review_act_approve')}ทั้งหมดที่แสดง` }).click()
  const told = page.locator('.told[role=status]')
  expect(await told.textContent()).toContain(`ถ้ำสาม ${tag}`)
  expect(await page.locator('tbody tr', { hasText: `ถ้ำหนึ่ง ${tag}` }).count()).toBeGreaterThan(0)
  await told.getByRole('button').click()
  expect(await page.locator('tbody tr', { hasText: `ถ้ำหนึ่ง ${tag}` }).count()).toBe(0)
  await page.getByRole('button', { name: word('review_undo'), exact: true }).click()
  expect(await page.locator('tbody tr', { hasText: `ถ้ำหนึ่ง ${tag}` }).count()).toBeGreaterThan(0)
  expect(watch.errors).toEqual([])
  await leave()
})
