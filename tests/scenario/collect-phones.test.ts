import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import type { Kit, Phone } from '../../domain/collect/collect.ts'
import { signedIn, startCollecting, type Collecting } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { Browser, listNotes } from '../setup/people.ts'

const HOME = 'TH580703', FAR = 'TH580102', REASON = 'โทรศัพท์หาย'
/** บัวลา collects in Tham Lot with two telephones, and คำปัน with one of hers; ทองดี answers for Tham Lot, ใจดี for a tambon far from there. */
let house: Collecting, buala: Browser, khampan: Browser, thongdi: Browser, chaidi: Browser
const [own, shared] = [randomUUID(), randomUUID()]

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  buala = await signedIn(house, { userName: 'buala', role: 'collector', areas: [HOME] })
  khampan = await signedIn(house, { userName: 'khampan', role: 'collector', areas: [HOME] })
  thongdi = await signedIn(house, { userName: 'thongdi', role: 'tambon-integrator', areas: [HOME] })
  chaidi = await signedIn(house, { userName: 'chaidi', role: 'tambon-integrator', areas: [FAR] })
})

const report = async (browser: Browser, phone: string, more: object = {}) =>
  (await browser.ask('PUT', `/api/collect/phones/${phone}`, { name: 'โทรศัพท์บ้าน', unsent: 0, oldest: null, version: '0.5', ...more })).json() as { revoked: boolean }
const phones = async (browser: Browser, query = '') => (await browser.get(`/api/collect/phones${query}`)).json() as { items: Phone[]; next: string | null }
const revoke = (browser: Browser, phone: string, person: string, reason = REASON) => browser.post(`/api/collect/phones/${phone}/revoke`, { person, reason })
const idOf = async (browser: Browser) => ((await browser.get('/api/collect/kit')).json().kit as Kit).me.id

test('a telephone tells what it has not sent, and the integrator of the place sees whose it is, how much and since when', async () => {
  expect(await report(buala, own, { unsent: 7, oldest: '2026-11-20T02:00:00.000Z' })).toEqual({ revoked: false })
  await report(buala, shared, { name: 'เครื่องกลาง', unsent: 1, oldest: '2026-11-26T02:00:00.000Z' })
  await report(khampan, shared, { name: 'เครื่องกลาง' })
  const { items } = await phones(thongdi)
  expect(items.map(({ personName, name, unsent, oldest, area, areaName, revokedAt }) => [personName.includes('buala'), name, unsent, oldest, area, areaName.th, revokedAt]).sort()).toEqual([
    [false, 'เครื่องกลาง', 0, null, HOME, 'ตำบลถ้ำลอด', null],
    [true, 'เครื่องกลาง', 1, '2026-11-26T02:00:00.000Z', HOME, 'ตำบลถ้ำลอด', null], [true, 'โทรศัพท์บ้าน', 7, '2026-11-20T02:00:00.000Z', HOME, 'ตำบลถ้ำลอด', null],
  ].sort())
  expect((await listNotes(house.database)).filter(line => line === 'phone.list').length).toBe(1)
})

test('what it tells later takes the place of what it told before', async () => {
  await report(buala, own, { unsent: 3, version: '0.6' })
  expect((await phones(thongdi)).items.find(phone => phone.id === own)).toMatchObject({ unsent: 3, oldest: null, version: '0.6' })
})

test('a page of the list goes on where the one before ended', async () => {
  const first = await phones(thongdi, '?limit=2'), second = await phones(thongdi, `?limit=2&after=${first.next}`)
  expect([first.items.length, second.items.length, second.next]).toEqual([2, 1, null])
  expect(new Set([...first.items, ...second.items].map(phone => `${phone.id} ${phone.person}`)).size).toBe(3)
})

test('telephones are shown and revoked in one’s own places alone; one of elsewhere is answered as one that is not there', async () => {
  expect((await phones(chaidi)).items).toEqual([])
  expect((await phones(chaidi, `?area=${HOME}`)).items).toEqual([])
  expect((await buala.get('/api/collect/phones')).statusCode).toBe(403)
  expect((await revoke(buala, shared, await idOf(khampan))).statusCode).toBe(403)
  const [foreign, unknown] = [await revoke(chaidi, own, await idOf(buala)), await revoke(chaidi, randomUUID(), await idOf(buala))]
  expect([foreign.statusCode, foreign.json().code]).toEqual([404, 'access/not-there'])
  expect(unknown.json().detail).toBe(foreign.json().detail)
  expect((await phones(thongdi)).items.filter(phone => phone.revokedAt !== null)).toEqual([])
})

test('a revoked telephone is signed out, hears it when it next reports, and nobody else on it does; the audit says why', async () => {
  const me = await idOf(buala)
  expect((await revoke(thongdi, shared, me, 'x')).statusCode).toBe(400)
  expect((await revoke(thongdi, shared, me)).statusCode).toBe(200)
  expect((await buala.get('/api/collect/kit')).statusCode).toBe(401)
  await buala.signIn('buala')
  expect([await report(buala, shared), await report(buala, own), await report(khampan, shared)]).toEqual([{ revoked: true }, { revoked: false }, { revoked: false }])
  expect((await phones(thongdi)).items.filter(phone => phone.revokedAt !== null).map(phone => [phone.id, phone.person])).toEqual([[shared, me]])
  expect(await listNotes(house.database)).toContain(`phone.revoke (${REASON})`)
  const { revokedAt } = (await phones(thongdi)).items.find(phone => phone.id === shared && phone.person === me) as Phone
  await revoke(thongdi, shared, me)
  expect((await phones(thongdi)).items.find(phone => phone.id === shared && phone.person === me)?.revokedAt).toBe(revokedAt)
})

test('what a telephone tells must be what a telephone can tell', async () => {
  for (const more of [{ unsent: -1 }, { oldest: 'yesterday' }, { name: 'a\0b' }]) expect((await buala.ask('PUT', `/api/collect/phones/${own}`, { name: 'x', unsent: 0, oldest: null, version: '1', ...more })).statusCode).toBe(400)
  expect((await new Browser(house.app).ask('PUT', `/api/collect/phones/${own}`, { name: 'x', unsent: 0, oldest: null, version: '1' })).statusCode).toBe(401)
})
