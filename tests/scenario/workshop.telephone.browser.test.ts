import { expect, test } from 'vitest'
import { visitAs } from '../setup/staff.ts'
import { expectQuiet, PHONE, useBrowser } from '../setup/visit.ts'

useBrowser()

test('Khamkaeo sets up her telephone by QR, and it is out a moment after she revokes it', { timeout: 120_000 }, async () => {
  const { page, watch, leave } = await visitAs('khamkaeo', PHONE)
  await page.goto('/account')
  const made = page.getByText('ทำ QR สำหรับโทรศัพท์', { exact: true })
  if (await page.getByLabel('โทรศัพท์ของใคร เครื่องไหน').isHidden()) await made.click()
  const name = `เครื่องของคำแก้ว ${Date.now()}`
  await page.getByLabel('โทรศัพท์ของใคร เครื่องไหน').fill(name)
  await page.getByRole('button', { name: 'ทำ QR', exact: true }).click()
  await page.getByRole('img', { name: /^QR สำหรับตั้งค่า/ }).waitFor()
  const url = await page.locator('#h-qr ~ .secret').textContent() ?? ''
  const formList = () => page.request.get(`${url}/formList`, { headers: { 'x-openrosa-version': '1.0' } })
  expect((await (await formList()).text()).match(/<formID>attraction<\/formID>/g)).toHaveLength(1)
  await page.goto('/account')
  expect(await page.content(), 'the key is shown once').not.toContain(url.split('/key/')[1])
  await page.getByRole('button', { name: `ยกเลิกโทเค็น ${name}` }).click()
  await page.getByText('ยกเลิกเมื่อ').first().waitFor()
  await expect.poll(async () => (await formList()).status(), { timeout: 5000 }).toBe(403)
  expectQuiet(watch)
  await leave()
})
