import { randomBytes } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { SYSTEM, readAs } from '../../server/db/scope.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import { messageOf, Telephone, type Offered } from '../setup/telephone.ts'

const HOME = 'TH580703', VILLAGE = 'TH58070301', NEIGHBOUR = 'TH580702'
let house: Collecting, collector: Browser, integrator: Browser, phone: Telephone, offered: Offered[]

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  collector = await signedIn(house, { userName: 'buala', role: 'collector', areas: [HOME] })
  integrator = await signedIn(house, { userName: 'thongdi', role: 'tambon-integrator', areas: [HOME] })
  phone = await telephoneOf(house, collector, [HOME])
  offered = await phone.listForms()
})

const formOf = (id: string) => offered.find(form => form.id === id) as Offered
const count = async (table: string) => (await readAs(house.database.app, SYSTEM, tx => sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where area_code >= 'TH'`.execute(tx))).rows[0]?.n
const items = async (browser: Browser, dataset: string, query = '') => (await browser.ask('GET', `/api/datasets/${dataset}/records${query}`)).json() as { items: { id: string; title: string | null; area: string; values: Record<string, unknown>; faults: number }[]; count: number; withheld: { sensitivity: string; fields: string[]; why: { th: string } }[] }

const attraction = (more: Record<string, string> = {}) => ({
  village: VILLAGE, visit_date: '2026-11-26', title: 'ถ้ำน้ำลอด', kind: 'cave', status: 'open', not_public: 'no', position: '19.5721 98.2793 640 4.5', condition: 'good', ...more,
})

describe('what is sent', () => {
  let xform = ''
  beforeAll(async () => { xform = (await phone.download(formOf('attraction'))).xform })

  test('fifty times at once is one record, and no retry is told that it is another', async () => {
    const { xml } = fillIn(xform, attraction({ title: 'ห้าสิบครั้ง' })), before = await count('raw.submission')
    const heard = await Promise.all(Array.from({ length: 50 }, () => phone.post(`${phone.base}/submission`, xml, [])))
    expect(new Set(heard.map(one => one.status))).toEqual(new Set([201]))
    expect(await count('raw.submission')).toBe((before ?? 0) + 1)
    await untilRead(house)
    expect((await items(integrator, 'attraction', `?q=${encodeURIComponent('ห้าสิบครั้ง')}`)).count).toBe(1)
  })

  test('under the id of another is refused, in words, and the first stays as it was', async () => {
    const { xml, instanceId } = fillIn(xform, attraction({ title: 'ของเดิม' }))
    await phone.submit(xml)
    const heard = await phone.submit(fillIn(xform, attraction({ title: 'ของปลอม' }), { instanceId }).xml)
    expect([heard.status, messageOf(heard)]).toEqual([409, expect.stringContaining('เนื้อหาต่างกัน')])
    await untilRead(house)
    expect((await items(integrator, 'attraction', `?q=${encodeURIComponent('ของปลอม')}`)).count).toBe(0)
  })

  test('may be edited once from where it was opened: the next one must open it again', async () => {
    const first = fillIn(xform, attraction({ title: 'ก่อนแก้' }))
    await phone.submit(first.xml)
    const edit = fillIn(xform, attraction({ title: 'หลังแก้' }), { deprecatedId: first.instanceId })
    expect((await phone.submit(edit.xml)).status).toBe(201)
    expect((await phone.submit(edit.xml)).status).toBe(201)
    const late = await phone.submit(fillIn(xform, attraction({ title: 'แก้ทีหลัง' }), { deprecatedId: first.instanceId }).xml)
    expect([late.status, messageOf(late)]).toEqual([409, expect.stringContaining('ถูกแก้ไขโดยคนอื่น')])
    expect((await phone.submit(fillIn(xform, attraction(), { deprecatedId: 'uuid:nobody' }).xml)).status).toBe(404)
    await untilRead(house)
    const { record, history } = (await integrator.ask('GET', `/api/records/${first.instanceId.slice(5)}`)).json()
    expect([record.title, record.versions, history.length]).toEqual(['หลังแก้', 2, 2])
  })

  test('arrives in parts: what is missing is waited for, and present only when every byte of it is', async () => {
    const { xml, instanceId } = fillIn(xform, attraction({ title: 'สองภาพ', photo: 'a.jpg', photo_2: 'b.jpg' }))
    const photo = randomBytes(300_000), file = (name: string) => ({ name, bytes: photo })
    await phone.submit(xml, [file('a.jpg')], { parts: [[file('a.jpg')]] })
    await untilRead(house)
    const presence = async () => ((await integrator.ask('GET', `/api/records/${instanceId.slice(5)}`)).json().files as { name: string; present: boolean }[]).map(one => `${one.name} ${one.present}`)
    expect(await presence()).toEqual(['a.jpg true', 'b.jpg false'])
    expect((await integrator.ask('GET', '/api/waiting')).json().filesMissing).toBeGreaterThan(0)
    await expect(phone.submit(xml, [file('b.jpg')], { cutAfter: 150_000 })).rejects.toThrow()
    expect(await presence()).toEqual(['a.jpg true', 'b.jpg false'])
    await phone.submit(xml, [], { parts: [[file('a.jpg')], [file('b.jpg')]] })
    expect(await presence()).toEqual(['a.jpg true', 'b.jpg true'])
  })

  test('is never refused for a rule of the form: it is kept and flagged', async () => {
    const { xml, instanceId } = fillIn(xform, { ...attraction({ kind: 'no-such-kind', walk_m: '-5', capacity_people: 'มาก' }), title: undefined })
    expect((await phone.submit(xml)).status).toBe(201)
    await untilRead(house)
    const { faults, record } = (await integrator.ask('GET', `/api/records/${instanceId.slice(5)}`)).json() as { faults: { key: string; kind: string; say: { th: string } }[]; record: { values: Record<string, unknown> } }
    const kinds = faults.map(fault => `${fault.key} ${fault.kind}`)
    expect(kinds).toEqual(expect.arrayContaining(['title required', 'kind choice', 'walk_m constraint', 'capacity_people type']))
    expect(record.values).toMatchObject({ kind: 'no-such-kind', walk_m: -5 })
    expect((await items(integrator, 'attraction', '?only=faults')).items.map(item => item.id)).toContain(instanceId.slice(5))
  })

  test('from a place where the sender does not collect is kept in the sender’s own, and says so', async () => {
    for (const village of [`${NEIGHBOUR}01`, 'TH99', 'x', '']) {
      const { xml, instanceId } = fillIn(xform, attraction({ village }))
      await phone.submit(xml)
      await untilRead(house)
      const { record, faults } = (await integrator.ask('GET', `/api/records/${instanceId.slice(5)}`)).json()
      expect(record.area, village).toBe(HOME)
      expect(faults.map((fault: { kind: string }) => fault.kind), village).toContain('place')
    }
  })

  test('by a telephone whose clock is a year behind or ahead is kept, and says so', async () => {
    const household = await phone.download(formOf('household'))
    const hasEnd = household.xform.includes('jr:preloadParams="end"') || household.xform.includes('preloadParams="end"')
    for (const year of [2025, 2028]) {
      const { xml, instanceId, model } = fillIn(xform, attraction({ visit_date: `${year}-11-26` }))
      const end = model.logic.end
      if (!end) { expect(hasEnd, 'a form that notes when it was finished').toBe(false); return }
      await phone.submit(xml.replace('</data>', `<end>${year}-11-26T09:00:00.000+07:00</end></data>`))
      await untilRead(house)
      expect((await integrator.ask('GET', `/api/records/${instanceId.slice(5)}`)).json().faults.map((fault: { kind: string }) => fault.kind), String(year)).toContain('clock')
    }
  })
})

describe('what no telephone sends', () => {
  const bomb = '<?xml version="1.0"?><!DOCTYPE data [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><data id="attraction" version="2026112601">&b;</data>'
  const outside = '<!DOCTYPE data [<!ENTITY x SYSTEM "file:///etc/passwd">]><data id="attraction" version="2026112601"><title>&x;</title></data>'
  test.each([
    ['no XML at all', 'not xml', 400], ['XML that is not well formed', '<data id="attraction" version="2026112601"><title></data>', 400], ['an entity bomb', bomb, 400], ['a file of the server', outside, 400],
    ['a tower of groups', `<data id="attraction" version="2026112601">${'<g>'.repeat(5000)}${'</g>'.repeat(5000)}</data>`, 400],
    ['a mountain', `<data id="attraction" version="2026112601"><title>${'x'.repeat(6 << 20)}</title></data>`, 413],
    ['an unknown form', '<data id="nobody" version="1"><meta><instanceID>uuid:1</instanceID></meta></data>', 404], ['an unknown version', '<data id="attraction" version="1"><meta><instanceID>uuid:1</instanceID></meta></data>', 404],
    ['no instance', '<data id="attraction" version="2026112601"/>', 400],
  ])('%s is refused with a sentence', async (_, xml, status) => {
    const before = await count('raw.submission'), heard = await phone.submit(xml)
    expect([heard.status, messageOf(heard)]).toEqual([status, expect.stringMatching(/[ก-๙]{5}/)])
    expect(heard.body).not.toContain('root:')
    expect(await count('raw.submission')).toBe(before)
  })

  test('a request that is not of parts, or has no answers, is refused with a sentence', async () => {
    const url = `${phone.base}/submission`
    for (const sent of [{ headers: { 'content-type': 'text/xml' }, body: Buffer.from('<data/>') }, { headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: Buffer.from('--x\r\ncontent-disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n') }]) {
      const heard = await phone.ask(url, { method: 'POST', ...sent })
      expect([heard.status, heard.headers['content-type'], messageOf(heard)]).toEqual([400, 'text/xml; charset=utf-8', expect.stringContaining('xml_submission_file')])
    }
  })
})

