import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { axe } from '../setup/axe.ts'
import { fillIn, type Given } from '../setup/collecting.ts'
import { visitAs } from '../setup/staff.ts'
import { Telephone, type SentFile } from '../setup/telephone.ts'
import { DESKTOP, expectQuiet, PHONE, useBrowser, visit } from '../setup/visit.ts'
import { word } from '../setup/words.ts'

useBrowser()

/** The same server may have seen this test before. */
const tag = randomUUID().slice(0, 6)
const CAVE = `ถ้ำน้ำลาง ${tag}`, FALLS = `น้ำตกซู่ซ่า ${tag}`, FARMER = { first_name: `จะแฮ${tag}`, last_name: 'ปอยลู' }
const NUMBER = '1101700203451'
const attraction = (given: Given): Given => ({
  village: 'TH58070301', visit_date: '2026-11-20', kind: 'nature', status: 'open', not_public: 'no', position: '19.5658 98.2774 620 5', year_round: 'yes', all_day: 'yes', entry_fee: 'yes', fee_thai: '20', condition: 'good', ...given,
})
const farmer: Given = {
  village: 'TH58070302', visit_date: '2026-11-20', consent: 'yes', ...FARMER, full_name: `${FARMER.first_name} ${FARMER.last_name}`, national_id: NUMBER, farming_as: 'main', has_plots: 'yes', has_livestock: 'no',
  plot: [{ plot_name: 'นาหลังบ้าน', land_right: 'ns4', plot_tenure: 'own', rai: '5', area_m2: '8000', crop: [{ crop_kind: 'rice', rice_season: 'wet', crop_rai: '4.5', planting_date: '2026-06-15' }] }],
}

/** The QR of whoever is signed in at this page, scanned. */
async function scan(page: Page): Promise<Telephone> {
  const { settings } = await page.evaluate(async () => {
    const reply = await fetch('/api/tokens/collector', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'my telephone', areas: ['TH580703'], datasets: null, days: 1 }) })
    return await reply.json() as { settings: string }
  })
  return Telephone.fromQr(settings)
}

/** The forms of these datasets, as the telephone holds them before it goes into the field. */
async function download(phone: Telephone, ids: string[]): Promise<Record<string, string>> {
  const offered = (await phone.listForms()).filter(each => ids.includes(each.id))
  return Object.fromEntries(await Promise.all(offered.map(async form => [form.id, (await phone.download(form)).xform] as const)))
}

async function send(phone: Telephone, xform: string, given: Given, files: SentFile[] = [], entity?: string): Promise<void> {
  expect((await phone.submit(fillIn(xform, given, { ...(entity && { entity }) }).xml, files)).status).toBe(201)
}

const thing = (id: string, how: string) => `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="attraction" id="${id}" ${how}><label>x</label></entity>`

/** What was sent is read within seconds: until then the page is asked again. */
async function untilThere(page: Page, address: string, text: string): Promise<void> {
  for (let tries = 0; tries < 40; tries++) {
    await page.goto(address)
    if (await page.locator('main').getByText(text).count() > 0) return
    await page.waitForTimeout(250)
  }
  throw new Error(`${text} is not on ${address} after ten seconds`)
}

test('anybody reads, without script, what communities collect, why, every question and who sees the answers; the records are behind the door', async () => {
  const { page, watch, leave } = await visit({ ...PHONE, javaScriptEnabled: false })
  await page.goto('/data')
  await page.locator('main').getByRole('link', { name: word('dataset_title') }).click()
  await page.waitForURL('**/datasets')
  for (const group of ['people', 'farms', 'places', 'needs']) await page.getByRole('heading', { name: word(`dataset_group_${group}`) }).waitFor()
  await page.getByLabel(word('dataset_place'), { exact: true }).fill('ถ้ำลอด อ.ปางมะผ้า')
  await page.getByRole('button', { name: word('dataset_place_go') }).click()
  await page.getByText(word('dataset_place_which')).waitFor()
  await page.locator('main').getByRole('link', { name: 'ตำบลถ้ำลอด' }).click()
  await page.waitForURL(/\/datasets\?area=TH580703$/)
  expect(await page.locator('main p[role=status]').innerText()).toContain('ตำบลถ้ำลอด')
  await page.getByRole('link', { name: 'เกษตรกรในท้องถิ่น' }).click()
  await page.waitForURL(/\/datasets\/farmer\?area=TH580703$/)
  const said = await page.locator('main').innerText()
  for (const part of [word('dataset_basis_consent'), word('dataset_role_national_id'), word('dataset_who_sees_persons'), '“ท่านยินยอมให้เก็บและใช้ข้อมูลตามที่แจ้งหรือไม่” ตอบ', 'owner_org']) expect(said).toContain(part)
  expect(await page.getByRole('link', { name: word('dataset_my_records') }).count(), 'records are for those who are signed in').toBe(0)
  await page.goto('/datasets/farmer/records')
  expect(page.url()).toContain('/sign-in?next=')
  expectQuiet(watch)
  await leave()
})

test('a collector sends a cave, a waterfall and a farmer; the tambon finds and reads them, the province says what for, the analyst sees no person', { timeout: 300_000 }, async () => {
  const collector = await visitAs('khamkaeo', PHONE)
  const phone = await scan(collector.page), cave = randomUUID()
  const forms = await download(phone, ['attraction', 'farmer']) as { attraction: string; farmer: string }
  const photo = { name: `cave-${tag}.jpg`, bytes: await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#567' } }).jpeg().toBuffer() }
  await send(phone, forms.attraction, attraction({ title: CAVE, photo: photo.name, photo_2: `second-${tag}.jpg` }), [photo], thing(cave, 'create="1"'))
  await send(phone, forms.attraction, attraction({ title: FALLS, position: undefined, fee_thai: 'ยี่สิบ' }))
  await send(phone, forms.farmer, farmer)
  await untilThere(collector.page, '/datasets/attraction/records?only=own', CAVE)
  await send(phone, forms.attraction, attraction({ title: CAVE, thing: cave, fee_thai: '30', photo: photo.name, photo_2: `second-${tag}.jpg` }), [photo], thing(cave, 'update="1" baseVersion="1"'))
  await untilThere(collector.page, `/record/${cave}`, '30 บาท')
  await collector.leave()

  const mali = await visitAs('mali')
  await findIn(mali.page)
  await readCave(mali.page, cave)
  await unseal(mali.page)
  expectQuiet(mali.watch)
  await mali.leave()

  const somsak = await visitAs('somsak')
  await untilThere(somsak.page, '/datasets/farmer/records', word('record_untitled_hidden'))
  expect(await somsak.page.locator('main').innerText(), 'a name is not shown before one says what for').not.toContain(FARMER.first_name)
  await somsak.page.getByLabel(word('record_purpose')).fill('ตรวจรายชื่อก่อนแจกเมล็ดพันธุ์')
  await somsak.page.getByRole('button', { name: word('record_purpose_go') }).click()
  await somsak.page.getByRole('link', { name: `${FARMER.first_name} ${FARMER.last_name}` }).click()
  expect(await somsak.page.locator('main').innerText(), 'the purpose goes along to the record').toContain('นาหลังบ้าน')
  await somsak.leave()

  const analyst = await visitAs('natthaphon')
  await analyst.page.goto('/datasets/farmer/records')
  await analyst.page.getByText(word('record_persons_none')).waitFor()
  expect((await analyst.page.goto(`/record/${cave}`))?.status(), 'places and things an analyst does see').toBe(200)
  await analyst.leave()

  const auditor = await visitAs('orathai')
  await auditor.page.goto('/audit?action=number.see')
  expect(await auditor.page.locator('main').innerText()).toContain(`เทียบกับทะเบียนเกษตรกร ${tag}`)
  await auditor.leave()
})

/** From the desk to the list: filtered by words and by faults, shown on the map, taken away as it is filtered. */
async function findIn(page: Page): Promise<void> {
  await page.getByRole('heading', { name: word('record_desk') }).waitFor()
  await page.locator('main').getByRole('link', { name: 'แหล่งท่องเที่ยว', exact: true }).first().click()
  await page.getByLabel(word('record_words')).fill(tag)
  await page.getByRole('button', { name: word('record_filter_go') }).click()
  expect(await page.locator('main p[role=status]').innerText()).toContain('2 รายการ')
  expect(await page.locator('svg[data-map] a').count(), 'of two records one has a position').toBe(1)
  const csv = page.waitForEvent('download')
  await page.getByRole('link', { name: word('record_take_geojson') }).click()
  const { features } = JSON.parse(await readFile(await (await csv).path(), 'utf8')) as { features: { properties: Record<string, unknown> }[] }
  expect(JSON.stringify(features)).toContain(CAVE)
  await page.getByLabel(word('record_which')).selectOption('faults')
  await page.getByRole('button', { name: word('record_filter_go') }).click()
  await page.getByRole('link', { name: FALLS }).click()
  const line = page.locator('dl > div', { hasText: 'ค่าเข้า ผู้ใหญ่ชาวไทย' })
  expect(await line.innerText(), 'what is wrong stands beside its answer').toContain(word('record_not_read'))
  expect(await line.locator('.fault').count()).toBeGreaterThan(0)
  await page.goBack()
}

/** The photograph that arrived, the one that did not, the answers with labels and eras, and what the second visit changed. */
async function readCave(page: Page, cave: string): Promise<void> {
  await page.goto(`/record/${cave}`)
  const picture = page.locator('main img').first()
  await picture.scrollIntoViewIfNeeded()
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth), { message: 'the photograph is there' }).toBeGreaterThan(100)
  const main = await page.locator('main').innerText()
  for (const said of [CAVE, '20 พฤศจิกายน 2569', 'หมู่ที่ 1 บ้านถ้ำลอด', word('record_files_missing', 'th', { count: 1 }), `second-${tag}.jpg`, 'ODK Collect']) expect(main).toContain(said)
  const change = page.locator('tr', { hasText: 'ค่าเข้า ผู้ใหญ่ชาวไทย' })
  expect(await change.getByRole('cell').allInnerTexts()).toEqual(['20 บาท', '30 บาท'])
  await page.emulateMedia({ media: 'print' })
  expect(await page.locator('header').isVisible()).toBe(false)
  await page.emulateMedia({ media: 'screen' })
}

/** A citizen's number is masked, shown once for a reason, and masked again. */
async function unseal(page: Page): Promise<void> {
  await page.goto(`/datasets/farmer/records?q=${FARMER.first_name}`)
  await page.getByRole('link', { name: `${FARMER.first_name} ${FARMER.last_name}` }).click()
  await page.getByRole('region', { name: 'แปลง', exact: true }).getByText('4.5 ไร่').waitFor()
  expect(await page.content(), 'the page does not hold the number').not.toContain(NUMBER)
  await page.getByText(word('record_number_show')).click()
  await page.getByLabel(word('record_number_reason')).fill(`เทียบกับทะเบียนเกษตรกร ${tag}`)
  await page.getByRole('button', { name: word('record_number_go') }).click()
  await page.getByText(NUMBER).waitFor()
  await page.goto(new URL(page.url()).pathname)
  expect(await page.content()).not.toContain(NUMBER)
}

test.each([{ name: 'dark on a phone', options: { ...PHONE, colorScheme: 'dark' as const } }, { name: 'light on a desk', options: { ...DESKTOP, colorScheme: 'light' as const } }])('the pages of datasets and records have no fault of accessibility and fit the screen, $name', { timeout: 300_000 }, async ({ options }) => {
  const { page, leave } = await visitAs('mali', options)
  await page.goto(`/datasets/farmer/records?q=${FARMER.first_name}`)
  const record = await page.getByRole('link', { name: FARMER.first_name }).getAttribute('href') as string
  const faults: string[] = []
  for (const path of ['/desk', '/datasets', '/en/datasets?area=TH580703', '/datasets/farmer', '/en/datasets/tambon-goals', '/datasets/attraction/records', '/en/datasets/animal/records', '/datasets/attraction/records?area=TH50', record, `/en${record}`]) {
    await page.goto(path)
    const { violations } = await axe(page).analyze()
    faults.push(...violations.flatMap(fault => fault.nodes.map(node => `${path} ${fault.id}: ${node.target.join(' ')} ${node.any[0]?.message ?? fault.help}`)))
    if (await page.evaluate(() => document.documentElement.scrollWidth > innerWidth)) faults.push(`${path} is wider than the screen`)
  }
  expect(faults).toEqual([])
  await leave()
})
