import { expect, test } from 'vitest'
import { enter, takePhone } from '../setup/collector.ts'
import { queueStories, readStories, sendOverBadLine } from '../setup/outbox.ts'
import { visitAs } from '../setup/staff.ts'
import { PHONE, useBrowser } from '../setup/visit.ts'

useBrowser()

/** The bench sends five hundred. */
const MANY = 100, CUTS = { times: 4, betweenMs: 1500, goneMs: 300 }
const TITLE = `คิวยาว ${Date.now().toString(36)}`

test('a hundred entries with photographs leave over a slow line that is cut again and again: all of them, whole, and none twice', { timeout: 240_000 }, async () => {
  const { page, leave } = await visitAs('khamkaeo', PHONE)
  await takePhone(page)
  const { queued, session } = await queueStories(page, MANY, TITLE)
  await enter(page, '#/outbox')
  await page.getByText(`ยังไม่ส่ง ${MANY}`).first().waitFor()
  expect(await sendOverBadLine(page, session, CUTS), 'the line broke off while entries were on their way').toBe(CUTS.times)
  await leave()

  const mali = await visitAs('mali'), records = await readStories(mali.page, MANY, TITLE)
  expect(records.map(({ title }) => title).sort()).toEqual(Object.keys(queued).sort())
  expect(Object.fromEntries(records.map(({ title, sha256 }) => [title, sha256]))).toEqual(queued)
  await mali.leave()
})
