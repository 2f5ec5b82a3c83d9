import { randomUUID } from 'node:crypto'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Kit } from '../../domain/collect/collect.ts'
import { fillIn } from '../setup/collecting.ts'
import { headOf, linesOf, sealBackup } from '../setup/in-browser.ts'
import { visitAs } from '../setup/staff.ts'
import { expectQuiet, PHONE, useBrowser } from '../setup/visit.ts'

useBrowser()

/** As the collector's program asks, with the cookies of whoever is signed in. */
const ask = <T>(page: Page, method: string, url: string, body?: object): Promise<T> => page.evaluate(async ([method, url, body]) => {
  const response = await fetch(url as string, { method: method as string, ...body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {} })
  return response.headers.get('content-type')?.includes('json') ? response.json() : response.text()
}, [method, url, body ?? null] as const) as Promise<T>

test('a collector hands in what her telephone saved; her integrator sees the telephone and revokes it', { timeout: 240_000 }, async () => {
  const khamkaeo = await visitAs('khamkaeo', PHONE), phone = randomUUID(), { page } = khamkaeo
  await page.goto('/phones')
  const { kit } = await ask<{ kit: Kit }>(page, 'GET', '/api/collect/kit')
  const { version } = kit.forms.find(form => form.id === 'attraction') as Kit['forms'][number]
  const xform = await ask<string>(page, 'GET', `/api/openrosa/forms/TH/attraction/${version}/form.xml`)
  const one = (title: string, more = version) => { const { xml, instanceId } = fillIn(xform, { village: 'TH58070301', visit_date: '2026-11-26', title, kind: 'cave', status: 'open', not_public: 'no', condition: 'good' }); return { instanceId, dataset: 'attraction', version, xml: xml.replace(`version="${version}"`, `version="${more}"`) } }
  const hand = async (text: string) => {
    await page.setInputFiles('input[type=file]', { name: 'a.rakkaeo', mimeType: 'application/octet-stream', buffer: Buffer.from(text) })
    await page.getByRole('button', { name: 'นำเข้า', exact: true }).click()
    await page.waitForLoadState()
    return page.locator('#outcome').innerText()
  }
  const entries = [one('ถ้ำจากไฟล์สำรอง'), one('รุ่นที่ไม่มี', 'nope')], backup = await sealBackup(kit.backupKey, [headOf(kit, 2), ...entries.flatMap(linesOf)])
  expect(await hand(backup)).toMatch(/นำเข้าได้บางส่วน[\s\S]*เข้าใหม่ 1 อยู่ในระบบแล้ว 0[\s\S]*ไม่รับ 1 แบบฟอร์ม: แม่ข่ายไม่รู้จักแบบฟอร์มรุ่นนี้/)
  expect(await hand(await sealBackup(kit.backupKey, [headOf(kit, 1), ...linesOf(entries[0] as ReturnType<typeof one>)]))).toMatch(/นำเข้าครบทุกแบบฟอร์มแล้ว[\s\S]*เข้าใหม่ 0 อยู่ในระบบแล้ว 1/)
  expect(await hand('no backup at all')).toContain('ไม่ใช่ไฟล์สำรองของแอปเก็บข้อมูล')
  await page.goto('/en/phones')
  await page.setInputFiles('input[type=file]', { name: 'a.rakkaeo', mimeType: 'application/octet-stream', buffer: Buffer.from(backup.slice(0, -300)) })
  await page.getByRole('button', { name: 'Take in', exact: true }).click()
  await page.getByText('The file is cut short or was altered').waitFor()
  expect(new URL(page.url()).pathname).toBe('/en/phones')
  await ask(page, 'PUT', `/api/collect/phones/${phone}`, { name: 'เครื่องของคำแก้ว', unsent: 3, oldest: '2026-11-20T02:00:00.000Z', version: '0.5' })
  expectQuiet(khamkaeo.watch)

  const mali = await visitAs('mali')
  await mali.page.goto('/phones')
  const line = mali.page.locator('.rows > li', { hasText: 'เครื่องของคำแก้ว' })
  expect(await line.innerText()).toMatch(/คำแก้ว[\s\S]*ถ้ำลอด[\s\S]*ค้างส่ง 3 แบบฟอร์ม/)
  await line.getByText('ยกเลิกเครื่องนี้').click()
  await line.getByText('ยังมี 3 แบบฟอร์มที่ไม่ได้ส่ง').waitFor()
  await line.getByLabel('เพราะอะไร').fill('เครื่องหาย')
  await line.getByRole('button', { name: /^ยืนยันยกเลิก/ }).click()
  await mali.page.getByText('ยกเลิกเครื่องแล้ว').waitFor()
  expect(await line.innerText()).toContain('ยกเลิกแล้วเมื่อ')
  expectQuiet(mali.watch)
  await page.goto('/desk')
  await page.waitForURL('**/sign-in**')
  await Promise.all([mali.leave(), khamkaeo.leave()])
})
