import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import sharp from 'sharp'
import { SHIPPED } from '../../server/dataset/write.seed.ts'
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
const items = async (browser: Browser, dataset: string, query = '') => (await browser.ask('GET', `/api/datasets/${dataset}/records${query}`)).json() as { items: { id: string; title: string | null; area: string; values: Record<string, unknown>; faults: number }[]; count: number; withheld: { sensitivity: string; fields: string[]; why: { th: string } }[] }
const picture = () => sharp({ create: { width: 400, height: 300, channels: 3, background: '#4a7' } }).jpeg().withExif({ IFD0: { Make: 'Telephone' }, IFD3: { GPSLatitude: '19/1 30/1 0/1' } }).toBuffer()

const attraction = (more: Record<string, string> = {}) => ({
  village: VILLAGE, visit_date: '2026-11-26', title: 'ถ้ำน้ำลอด', kind: 'cave', status: 'open', not_public: 'no', position: '19.5721 98.2793 640 4.5', condition: 'good', ...more,
})

describe('a telephone with a key', () => {
  test('is offered every shipped form, each with its hash, and downloads all of them with their files', async () => {
    expect(offered.map(form => form.id).sort()).toEqual([...SHIPPED].sort())
    for (const form of offered) {
      const { xform, files } = await phone.download(form)
      expect(xform, form.id).toContain(`id="${form.id}"`)
      const villages = files.get('villages.csv') ?? ''
      expect(villages, form.id).toContain(VILLAGE)
      expect(villages, form.id).not.toContain(NEIGHBOUR)
    }
  })

  test('sends every shipped form, and each becomes one record', async () => {
    const xforms = await Promise.all(offered.map(async form => ({ form, xform: (await phone.download(form)).xform })))
    for (const { form, xform } of xforms) {
      const { xml } = fillIn(xform, { village: form.id.startsWith('tambon-') ? HOME : VILLAGE })
      expect((await phone.submit(xml)).status, form.id).toBe(201)
    }
    await untilRead(house)
    for (const form of offered) expect((await items(integrator, form.id)).count, form.id).toBe(1)
  })

  test('sends an attraction with a photograph; its integrator sees it in the list and the picture without its trace', async () => {
    const { xform } = await phone.download(formOf('attraction')), photo = await picture()
    const { xml, instanceId } = fillIn(xform, attraction({ photo: 'ภาพถ้ำ 1.jpg' }))
    const heard = await phone.submit(xml, [{ name: 'ภาพถ้ำ 1.jpg', bytes: photo }])
    expect([heard.status, messageOf(heard)]).toEqual([201, 'ได้รับแล้ว ขอบคุณ'])
    await untilRead(house)
    const id = instanceId.slice(5)
    const record = (await integrator.ask('GET', `/api/records/${id}`)).json()
    expect(record.record).toMatchObject({ title: 'ถ้ำน้ำลอด', area: VILLAGE, day: '2026-11-26', point: { lat: 19.5721, lon: 98.2793 }, own: false, values: { kind: 'cave', photo: 'ภาพถ้ำ 1.jpg' } })
    expect(record.files).toEqual([{ name: 'ภาพถ้ำ 1.jpg', key: 'photo', present: true, bytes: photo.length, mediaType: 'image/jpeg' }])
    const small = await integrator.ask('GET', `/api/records/${id}/files/${encodeURIComponent('ภาพถ้ำ 1.jpg')}?size=320`)
    expect(small.headers['content-type']).toBe('image/webp')
    const shown = await sharp(small.rawPayload).metadata()
    expect([shown.width, shown.height, shown.exif]).toEqual([320, 240, undefined])
    expect((await sharp(photo).metadata()).exif).toBeDefined()
  })

  test('updates the thing that it finds in its list: one record with two versions and what changed between them', async () => {
    const { xform } = await phone.download(formOf('attraction')), id = randomUUID()
    const entity = (how: string) => `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="attraction" id="${id}" ${how}><label>x</label></entity>`
    await phone.submit(fillIn(xform, attraction({ title: 'น้ำตกซู่ซ่า' }), { entity: entity('create="1"') }).xml)
    await untilRead(house)
    const { files } = await phone.download(formOf('attraction'))
    expect(files.get('attraction.csv')).toMatch(new RegExp(`^${id},น้ำตกซู่ซ่า,1,${VILLAGE}`, 'm'))
    const { thing: _, ...visit } = { thing: id, village: VILLAGE, visit_date: '2026-12-01', title: 'น้ำตกซู่ซ่า', status: 'closed' }
    await phone.submit(fillIn(xform, { ...visit, thing: id }, { entity: entity('update="1" baseVersion="1"') }).xml)
    await untilRead(house)
    const { record, history } = (await integrator.ask('GET', `/api/records/${id}`)).json()
    expect(record).toMatchObject({ id, versions: 2, day: '2026-12-01', values: { title: 'น้ำตกซู่ซ่า', status: 'closed', kind: 'cave' } })
    expect(history.map((act: { kind: string }) => act.kind)).toEqual(['update', 'make'])
    expect(history[0].changes.map((change: { key: string; before: string; after: string }) => [change.key, change.before, change.after])).toContainEqual(['status', 'open', 'closed'])
    await phone.submit(fillIn(xform, { ...visit, thing: id, status: 'open' }, { entity: entity('update="1" baseVersion="1"') }).xml)
    await untilRead(house)
    expect((await integrator.ask('GET', `/api/records/${id}`)).json().faults.map((fault: { kind: string }) => fault.kind)).toContain('conflict')
  })

  test('learns which things have gone', async () => {
    const [first] = (await items(integrator, 'attraction')).items
    const heard = await phone.ask(`${phone.base}/things/attraction?id=${first?.id},${randomUUID()}`)
    expect([...heard.body.matchAll(/<deleted>(\w+)</g)].map(match => match[1])).toEqual(['false', 'true'])
  })
})

describe('a key', () => {
  test('that was made up or revoked is answered 403 with a sentence, so that the app does not ask for a password', async () => {
    const own = await telephoneOf(house, collector, [HOME])
    const tokens = (await collector.ask('GET', '/api/tokens')).json().items as { id: string }[]
    expect((await collector.ask('DELETE', `/api/tokens/${tokens[0]?.id}`)).statusCode).toBe(200)
    for (const gone of [own, new Telephone(`${house.address}/api/key/rk_${'a'.repeat(43)}`)]) {
      const heard = await gone.ask(`${gone.base}/formList`)
      expect([heard.status, heard.headers['x-openrosa-version'], messageOf(heard)]).toEqual([403, '1.0', expect.stringContaining('QR')])
    }
  })

  test('is for collecting alone: it opens no other door, and no other token opens this one', async () => {
    const secret = phone.base.split('/').at(-1) as string
    expect((await house.app.inject({ url: '/api/me', headers: { authorization: `Bearer ${secret}` } })).statusCode).toBe(401)
    const { secret: program } = (await collector.post('/api/tokens', { name: 'program', areas: [HOME], days: 1 })).json()
    expect((await new Telephone(`${house.address}/api/key/${program}`).ask(`${house.address}/api/key/${program}/formList`)).status).toBe(403)
  })

  test('for one dataset offers that one alone, and takes no other', async () => {
    const narrow = await telephoneOf(house, collector, [HOME], ['story'])
    expect((await narrow.listForms()).map(form => form.id)).toEqual(['story'])
    const { xform } = await phone.download(formOf('attraction'))
    expect((await narrow.submit(fillIn(xform, attraction()).xml)).status).toBe(404)
  })

  test('is not given for a place where its maker does not collect', async () => {
    expect((await collector.post('/api/tokens/collector', { name: 'x', areas: [NEIGHBOUR], datasets: null, days: 1 })).statusCode).toBe(403)
  })
})

describe('a password', () => {
  const basic = (name: string, password: string) => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`
  test('is asked for with a challenge, taken over https alone, and opens the same list', async () => {
    const { PASSWORD } = await import('../setup/people.ts')
    const ask = (headers: Record<string, string>) => secure.inject({ url: '/api/openrosa/formList', headers: { 'x-openrosa-version': '1.0', ...headers } })
    const secure = (await startCollecting(house.database, { RAKKAEO_URL: 'https://rakkaeo.example' })).app
    const asked = await ask({})
    expect([asked.statusCode, asked.headers['www-authenticate']]).toEqual([401, 'Basic realm="Rakkaeo", charset="UTF-8"'])
    const list = await ask({ authorization: basic('buala', PASSWORD) })
    expect([list.statusCode, list.body.match(/<formID>/g)?.length]).toEqual([200, SHIPPED.length])
    expect(list.body).toContain('<downloadUrl>https://rakkaeo.example/api/openrosa/forms/TH/')
    expect((await ask({ authorization: basic('buala', 'wrong password 1') })).statusCode).toBe(401)
    expect((await ask({ authorization: basic('nobody-here', 'wrong password 1') })).statusCode).toBe(401)
    const plain = await house.app.inject({ url: '/api/openrosa/formList', headers: { authorization: basic('buala', PASSWORD) } })
    expect([plain.statusCode, plain.body]).toEqual([403, expect.stringContaining('https')])
  })
})
