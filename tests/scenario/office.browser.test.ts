import { expect, test } from 'vitest'
import { publishedProvinces, shareOut, tambonCodes, tpmapFile, type Place } from '../../tools/make-demo/tpmap-files.ts'
import { signIn, visitAs } from '../setup/staff.ts'
import { expectQuiet, PHONE, useBrowser, visit } from '../setup/visit.ts'

useBrowser()

const province = publishedProvinces().find(({ code }) => code === '55') as Place
const tambons = shareOut(province.cells, tambonCodes('55'))
/** The same file with a word where a number should stand, on its third line. */
const faulty = tpmapFile('common', tambons).replace(/^((?:.*\n){2}[^,]*,)[^,]*/, '$1many')
const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
const poor = file('61_tambol_poor.csv', tpmapFile('poor', tambons))

test('the administrator mends a file, imports it and undoes it, and the auditor reads who did it; in Mae Hong Son the tambon’s own people see its numbers, the neighbour does not', { timeout: 300_000 }, async () => {
  const office = await visitAs('pricha')
  await office.page.goto('/imports')
  const files = office.page.getByLabel('ไฟล์', { exact: true })
  await files.setInputFiles([file('61_tambol_common.csv', faulty), poor])
  await office.page.getByRole('button', { name: 'ลองอ่านก่อน' }).click()
  await office.page.getByRole('heading', { name: 'ลองอ่านแล้ว: ยังนำเข้าไม่ได้' }).waitFor()
  expect(await office.page.locator('#report').textContent()).toContain('บรรทัด 3')
  expect(await files.evaluate((field: HTMLInputElement) => field.files?.length), 'after a try the files are still chosen').toBe(2)

  await files.setInputFiles([file('61_tambol_common.csv', tpmapFile('common', tambons)), poor])
  await office.page.getByRole('button', { name: 'ลองอ่านก่อน' }).click()
  await office.page.getByRole('heading', { name: 'ลองอ่านแล้ว: นำเข้าได้ทุกแถว' }).waitFor()
  await office.page.getByRole('button', { name: 'นำเข้า', exact: true }).click()
  await office.page.waitForURL(/\/imports\/[0-9a-f-]{36}/)
  const address = new URL(office.page.url()).pathname

  const mali = await visitAs('mali', PHONE)
  expect(await mali.page.locator('.inner').count(), 'her desk marks the numbers that are not public').toBeGreaterThan(0)
  await mali.page.goto('/place/TH580703')
  expect(await mali.page.locator('.inner').count()).toBeGreaterThan(0)
  expect(await mali.page.getByRole('note').first().textContent()).toContain('ผู้ประสานระดับตำบล')
  await mali.page.goto('/place/TH580702')
  expect(await mali.page.locator('.inner').count(), 'nothing internal of the neighbour').toBe(0)
  expect((await mali.page.goto(address))?.status()).toBe(403)
  await mali.leave()

  const anyone = await visit()
  await anyone.page.goto('/place/TH580703')
  expect(await anyone.page.locator('.inner').count(), 'nothing internal for who is not signed in').toBe(0)
  expect((await anyone.page.goto(address))?.url(), 'who is signed out is led to the door').toContain('/sign-in?next=')
  await anyone.leave()

  await office.page.goto(address)
  await office.page.getByText('ย้อนการนำเข้านี้').click()
  await office.page.getByRole('button', { name: 'ยืนยันย้อน' }).click()
  await office.page.getByText('ย้อนการนำเข้าแล้ว').waitFor()
  expectQuiet(office.watch)
  await office.leave()

  const auditor = await visitAs('orathai')
  await auditor.page.goto('/audit?action=import.undo')
  expect(await auditor.page.locator('main').textContent()).toContain('ปรีชา')
  expectQuiet(auditor.watch)
  await auditor.leave()
})

test('a wrong password is told in one sentence, the way back leads to where one wanted to go, and who signs out is out', async () => {
  const { page, leave } = await visit(PHONE)
  await page.goto('/people')
  expect(page.url()).toContain('/sign-in?next=')
  await page.getByLabel('ชื่อผู้ใช้หรืออีเมล').fill('somsak')
  await page.getByLabel('รหัสผ่าน').fill('not-the-password')
  await page.locator('main').getByRole('button', { name: 'เข้าสู่ระบบ' }).click()
  expect(await page.getByRole('alert').textContent()).toContain('ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง')
  await page.goto('/sign-in')
  await signIn(page, 'somsak')
  await page.waitForURL('**/desk')
  await page.getByText('สมศักดิ์ ตัวอย่าง').first().click()
  await page.getByRole('button', { name: 'ออกจากระบบ' }).click()
  await page.getByText('ออกจากระบบแล้ว').waitFor()
  await page.goto('/desk')
  expect(page.url()).toContain('/sign-in')
  await leave()
})
