import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { SYSTEM, readAs, writeAs } from '../../server/db/scope.ts'
import { fillIn, signedIn, startCollecting, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { Browser } from '../setup/people.ts'
import { Pocket } from '../setup/in-browser.ts'
import { md5 } from '../setup/telephone.ts'

const HOME = 'TH580703', FAR = 'TH580102', VILLAGE = `${HOME}01`
/** บัวลา and คำปัน collect in Tham Lot, ทองดี is its integrator, น้อย collects far from there; วิชัย collects nowhere. */
let house: Collecting, buala: Pocket, khampan: Pocket, noi: Pocket, wichai: Pocket, thongdi: Pocket
const xforms = new Map<string, string>()

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  const pocket = async (userName: string, area: string) => new Pocket(house, await signedIn(house, { userName, role: 'collector', areas: [area] }))
  ;[buala, khampan, noi] = [await pocket('buala', HOME), await pocket('khampan', HOME), await pocket('noi', FAR)]
  thongdi = new Pocket(house, await signedIn(house, { userName: 'thongdi', role: 'tambon-integrator', areas: [HOME] }))
  wichai = new Pocket(house, await signedIn(house, { userName: 'wichai', role: 'analyst', areas: [HOME] }))
  for (const { area, id, version } of (await buala.kit()).forms) xforms.set(id, (await buala.browser.get(`/api/openrosa/forms/${area}/${id}/${version}/form.xml`)).body)
})

const attraction = (given: Given, meta: Parameters<typeof fillIn>[2] = {}) =>
  fillIn(xforms.get('attraction') as string, { village: VILLAGE, visit_date: '2026-11-26', kind: 'cave', status: 'open', not_public: 'no', condition: 'good', ...given }, meta)
const entity = (id: string, how: string) => ({ entity: `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="attraction" id="${id}" ${how}><label>x</label></entity>` })
const codeOf = ({ headers }: { headers: Record<string, unknown> }) => headers['x-rakkaeo-problem']

describe('the kit of a telephone', () => {
  test('has the places, the forms with what each asks for a place, a position and a thing, and nothing of elsewhere', async () => {
    const { me, areas, places, forms, outlines } = await buala.kit()
    expect(me.name).toContain('buala')
    expect(areas).toMatchObject([{ code: HOME, level: 'tambon', name: { th: 'ถ้ำลอด' }, parents: [{ code: 'TH5807' }, { code: 'TH58', name: { th: 'แม่ฮ่องสอน' } }, { code: 'TH' }] }])
    expect(places[0]).toMatchObject({ code: HOME, tambon: HOME, point: { lat: expect.any(Number) } })
    expect(places.length).toBeGreaterThan(5)
    expect(places.filter(place => !place.code.startsWith(HOME) || place.tambon !== HOME)).toEqual([])
    expect(forms.map(form => form.id)).toEqual(expect.arrayContaining(['attraction', 'household', 'bmn-2560']))
    const form = (id: string) => forms.find(one => one.id === id)
    expect(form('attraction')).toMatchObject({ place: '/data/start/village', point: '/data/where/position', thing: { dataset: 'attraction', file: 'attraction.csv', question: '/data/start/thing', updates: true } })
    expect(form('bmn-2560')?.thing).toMatchObject({ dataset: 'household', file: 'household.csv', updates: false })
    const outline = await buala.browser.get(outlines[0]?.href as string)
    expect([outline.statusCode, outline.body.includes(HOME)]).toEqual([200, true])
  })

  test('a household beside the form of its needs carries what that form asks of it', async () => {
    const id = randomUUID(), entity = `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="household" id="${id}" create="1"><label>x</label></entity>`
    expect((await khampan.submit(fillIn(xforms.get('household') as string, { village: VILLAGE, consent: 'yes', house_number: '7/1', head_name: 'คำปัน ทดสอบ' }, { entity }).xml)).statusCode).toBe(201)
    await untilRead(house)
    const rows = async (form: string) => {
      const { area, version } = (await khampan.kit()).forms.find(one => one.id === form) as { area: string; version: string }
      const [head = '', ...lines] = (await khampan.browser.get(`/api/openrosa/forms/${area}/${form}/${version}/media/household.csv`)).body.trim().split('\n')
      return { columns: head.split(','), line: lines.find(line => line.includes(id)) ?? '' }
    }
    const [own, beside] = [await rows('household'), await rows('bmn-2560')]
    expect(beside).toEqual(own)
    expect(beside.columns).toEqual(expect.arrayContaining(['village', 'consent']))
    expect(beside.line).toContain(VILLAGE)
  })

  test('says of each form and file what its bytes are', async () => {
    for (const { area, id, version, md5: hash, files } of (await buala.kit()).forms) {
      const base = `/api/openrosa/forms/${area}/${id}/${version}`
      expect(md5((await buala.browser.get(`${base}/form.xml`)).rawPayload)).toBe(hash)
      for (const file of files) {
        const { rawPayload } = await buala.browser.get(`${base}/media/${file.name}`)
        expect([file.name, md5(rawPayload), rawPayload.length]).toEqual([file.name, file.md5, file.bytes])
      }
    }
  })

  test('is not sent again to who has it, and is another one once a thing was added', async () => {
    const { tag } = (await buala.browser.get('/api/collect/kit')).json()
    expect((await buala.browser.get(`/api/collect/kit?have=${tag}`)).json()).toEqual({ tag, kit: null })
    await buala.submit(attraction({ title: 'น้ำตกใหม่' }, entity(randomUUID(), 'create="1"')).xml)
    await untilRead(house)
    const again = (await buala.browser.get(`/api/collect/kit?have=${tag}`)).json()
    expect([again.tag === tag, again.kit === null]).toEqual([false, false])
  })

  test('is for who collects', async () => {
    expect((await wichai.browser.get('/api/collect/kit')).statusCode).toBe(403)
    expect((await new Browser(house.app).get('/api/collect/kit')).statusCode).toBe(401)
  })
})

describe('whoever is signed in at the browser', () => {
  test('is offered forms and sends them in their own name', async () => {
    expect((await buala.browser.get('/api/openrosa/formList')).body).toContain('<formID>attraction</formID>')
    const { xml, instanceId } = attraction({ title: 'ถ้ำจากเบราว์เซอร์' })
    const heard = await buala.submit(xml, [], { 'sec-fetch-site': 'same-origin', 'x-rakkaeo-client': 'Rakkaeo/0.5' })
    expect(heard.statusCode).toBe(201)
    const { rows: [row] } = await readAs(house.database.app, SYSTEM, tx => sql<{ client: string; kind: string }>`
      select s.client, a.kind from raw.submission s join audit.line a on a.target = s.instance_id and a.action = 'record.submit' where s.instance_id = ${instanceId} and a.area_code >= 'TH'`.execute(tx))
    expect(row).toEqual({ client: 'Rakkaeo/0.5', kind: 'person' })
  })

  test('sends nothing for another site, and nothing of elsewhere', async () => {
    const { xml, instanceId } = attraction({ title: 'จากเว็บอื่น' })
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }, {}] as Record<string, string>[]) {
      const heard = await buala.submit(xml, [], headers)
      expect([heard.statusCode, codeOf(heard)]).toEqual([403, 'sign-in/foreign'])
    }
    expect((await buala.sent('attraction', instanceId)).received).toBe(false)
    expect(codeOf(await wichai.submit(xml))).toBe('access/no-right')
  })

  test('whose session has ended hears a sentence and a code, and no window for a password opens', async () => {
    const stranger = new Pocket(house, new Browser(house.app))
    const heard = await stranger.submit(attraction({ title: 'หมดเวลา' }).xml)
    expect([heard.statusCode, codeOf(heard), heard.headers['www-authenticate'], heard.headers['content-type']]).toEqual([401, 'access/sign-in', undefined, 'text/xml; charset=utf-8'])
    expect(heard.body).toContain('ต้องเข้าสู่ระบบก่อน')
    const odk = await house.app.inject({ url: '/api/openrosa/formList', headers: { 'user-agent': 'org.odk.collect.android/v2026.3' } })
    expect([odk.statusCode, odk.headers['www-authenticate']]).toEqual([401, expect.stringContaining('Basic')])
  })
})

describe('what the server has of a submission', () => {
  test('is told file by file, once every byte is there', async () => {
    const { xml, instanceId } = attraction({ title: 'สองภาพ', photo: 'a.jpg', photo_2: 'b.jpg' }), [a, b] = [randomBytes(50_000), randomBytes(60_000)]
    expect(await buala.sent('attraction', instanceId)).toEqual({ received: false, record: null, files: [], faults: [], conflict: null })
    await buala.submit(xml, [{ name: 'a.jpg', bytes: a }])
    const kept = (name: string, bytes: Buffer) => ({ name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') })
    expect((await buala.sent('attraction', instanceId)).files).toEqual([kept('a.jpg', a)])
    await buala.submit(xml, [{ name: 'b.jpg', bytes: b }])
    await untilRead(house)
    expect(await buala.sent('attraction', instanceId)).toMatchObject({ received: true, record: instanceId.slice(5), files: [kept('a.jpg', a), kept('b.jpg', b)], conflict: null })
  })

  test('is one’s own, or of one’s places where one may know of it; the rest is as if it were not there', async () => {
    const cave = attraction({ title: 'ถ้ำของบัวลา' }), home = fillIn(xforms.get('household') as string, { village: VILLAGE, visit_date: '2026-11-26', consent: 'yes', house_number: '7', head_name: 'นางบัว' })
    for (const { xml } of [cave, home]) expect((await buala.submit(xml)).statusCode).toBe(201)
    await untilRead(house)
    const received = async (who: Pocket) => [(await who.sent('attraction', cave.instanceId)).received, (await who.sent('household', home.instanceId)).received]
    expect([await received(buala), await received(khampan), await received(noi)]).toEqual([[true, true], [true, false], [false, false]])
    const [foreign, unknown] = await Promise.all([cave.instanceId, `uuid:${randomUUID()}`].map(id => noi.browser.get(`/api/collect/sent/${id}?dataset=attraction`)))
    expect([foreign?.statusCode, foreign?.body]).toEqual([200, unknown?.body])
  })

  test('says what the checks found', async () => {
    const { xml, instanceId } = attraction({ title: 'ผิดตัวเลือก', kind: 'no-such-kind' })
    await buala.submit(xml)
    await untilRead(house)
    expect((await buala.sent('attraction', instanceId)).faults).toContainEqual(expect.objectContaining({ key: 'kind', kind: 'choice', say: { th: expect.any(String), en: expect.any(String) } }))
  })
})

describe('two telephones that updated the same thing', () => {
  const update = async (who: Pocket, id: string, base: number, given: Given) => {
    const { xml, instanceId } = attraction(given, entity(id, `update="1" baseVersion="${base}"`))
    expect((await who.submit(xml)).statusCode).toBe(201)
    await untilRead(house)
    return instanceId
  }
  const make = async (given: Given) => {
    const id = randomUUID()
    await buala.submit(attraction(given, entity(id, 'create="1"')).xml)
    await untilRead(house)
    return id
  }

  test('hear field by field what the other said meanwhile, also where an old answer was only carried along', async () => {
    const id = await make({ title: 'ถ้ำเดิม', kind: 'cave', walk_m: '100', directions: 'ถนนเก่า' })
    await update(khampan, id, 1, { title: 'ถ้ำเดิม', kind: 'nature', walk_m: '250', directions: 'ถนนใหม่' })
    const late = await update(buala, id, 1, { title: 'ถ้ำชื่อใหม่', kind: 'nature', walk_m: '100', directions: undefined })
    const { conflict, faults } = await buala.sent('attraction', late)
    expect(conflict).toEqual([{ key: 'walk_m', label: { th: expect.stringContaining('เดินเท้า'), en: expect.any(String) }, base: 100, mine: 100, theirs: 250 }])
    expect(faults.map(fault => fault.kind)).toContain('conflict')
  })

  test('hear of members as well, a line each, without the citizen’s number', async () => {
    const id = randomUUID(), member = (first_name: string) => ({ first_name, national_id: '1101700230708' })
    const visit = async (who: Pocket, how: string, names: string[]) => {
      const of = { entity: `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="household" id="${id}" ${how}><label>x</label></entity>` }
      const { xml, instanceId } = fillIn(xforms.get('household') as string, { village: VILLAGE, visit_date: '2026-11-26', consent: 'yes', head_name: 'นางบัว', member: names.map(member) }, of)
      expect((await who.submit(xml)).statusCode).toBe(201)
      await untilRead(house)
      return instanceId
    }
    await visit(buala, 'create="1"', ['บัว'])
    await visit(thongdi, 'update="1" baseVersion="1"', ['บัว', 'ปัน'])
    const { conflict } = await buala.sent('household', await visit(buala, 'update="1" baseVersion="1"', ['บัว', 'แก้ว']))
    expect(conflict).toEqual([{ key: expect.stringMatching(/member$/), label: { th: expect.any(String), en: expect.any(String) }, base: ['บัว'], mine: ['บัว', 'แก้ว'], theirs: ['บัว', 'ปัน'] }])
  })

  test('hear that a visit to a locked record changed nothing', async () => {
    const id = await make({ title: 'ถ้ำที่ล็อก' })
    await writeAs(house.database.app, SYSTEM, tx => sql`update core.record set state = 'locked' where area_code >= 'TH' and id = ${id}`.execute(tx))
    const { record, faults, conflict } = await buala.sent('attraction', await update(buala, id, 1, { title: 'แก้ไม่ได้' }))
    expect([record, conflict, faults]).toEqual([id, null, [expect.objectContaining({ kind: 'conflict', say: { th: expect.stringContaining('ล็อกอยู่'), en: expect.any(String) } })]])
  })

  test('hear of none when they touched different fields, began from the latest, or it was one telephone’s own visits', async () => {
    const id = await make({ title: 'ถ้ำสงบ', walk_m: '100' })
    const next = await update(khampan, id, 1, { title: 'ถ้ำสงบ', walk_m: '250' })
    const latest = await update(buala, id, 2, { title: 'ถ้ำสงบ', walk_m: '300' })
    const own = await update(buala, id, 2, { title: 'ถ้ำสงบ', walk_m: '310' })
    for (const [who, instance] of [[khampan, next], [buala, latest], [buala, own]] as const) expect((await who.sent('attraction', instance)).conflict).toBeNull()
  })
})
