import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { recordApi } from '../../domain/record/api.ts'
import type { Workbook } from '../../engine/form/workbook.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { datasetOf, define, publish, settingsOf } from '../setup/defining.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import { messageOf, Telephone, type Offered } from '../setup/telephone.ts'
import { unzip } from '../setup/unzip.ts'

const HOME = 'TH580703', FAR = 'TH580102', ABROAD = 'TH500101', ID = 'orchard'
type Detail = ReplyOf<typeof recordApi.getRecord>
const ROLES = {
  buala: ['collector', HOME], noi: ['collector', FAR], kaeo: ['collector', ABROAD], thongdi: ['tambon-integrator', HOME], somsak: ['provincial-integrator', 'TH58'], chiang: ['provincial-integrator', 'TH50'],
  wilaiphon: ['national-integrator', 'TH'], pricha: ['administrator', 'TH'],
} as const
type Name = keyof typeof ROLES

let house: Collecting
const people = {} as Record<Name, Browser>, phones = {} as Record<'buala' | 'noi' | 'kaeo', Telephone>

/** What the nation asks; in Mae Hong Son coffee is asked as well, in Tham Lot bees. */
const nation = (version: string, rows = '') => `| survey | | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | bind::rakkaeo:sensitivity | bind::rakkaeo:role |
| | select_one_from_file villages.csv | village | หมู่บ้าน | Village | open | place |
| | text | title | ชื่อสวน | Name of the orchard | open | title |
| | text | phone | โทรศัพท์ | Telephone | personal | |
${rows}
${settingsOf(ID, version)}`
const adding = (rows: string, version = '1') => `| survey | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | bind::rakkaeo:sensitivity |
${rows}

| choices | | | |
| | list_name | name | label::ไทย (th) |
| | kinds | arabica | อราบิกา |
${settingsOf('ignored', version)}`
const COFFEE = '| | select_one kinds | coffee | กาแฟพันธุ์ใด | Which coffee? | internal |\n| | text | phone | โทรศัพท์ของร้านกาแฟ | Telephone of the coffee shop | open |'
const BEES = '| | integer | bees | ผึ้งกี่รัง | How many hives? | open |'

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  for (const [userName, [role, area]] of Object.entries(ROLES)) people[userName as Name] = await signedIn(house, { userName, role, areas: [area] })
  for (const who of ['buala', 'noi', 'kaeo'] as const) phones[who] = await telephoneOf(house, people[who], [ROLES[who][1]])
  await define(people.pricha, 'TH', datasetOf(ID), nation('1'))
})

const formOf = async (phone: Telephone): Promise<Offered> => (await phone.listForms()).find(one => one.id === ID) as Offered
const versions = async () => Object.fromEntries(await Promise.all(Object.entries(phones).map(async ([who, phone]) => [who, (await formOf(phone))?.version])))
const published = async (...args: Parameters<typeof publish>) => { const reply = await publish(...args); expect(reply.statusCode, reply.body).toBe(200); return reply.json() as { version: string; faults: { severity: string; say: { th: string } }[] } }

async function send(who: keyof typeof phones, given: Given, xform?: string): Promise<Detail> {
  const { xml, instanceId } = fillIn(xform ?? (await phones[who].download(await formOf(phones[who]))).xform, { village: `${ROLES[who][1]}01`, ...given }), heard = await phones[who].submit(xml)
  expect([heard.status, messageOf(heard)]).toEqual([201, 'ได้รับแล้ว ขอบคุณ'])
  await untilRead(house)
  return (await people[who].get(`/api/records/${instanceId.slice(5)}`)).json()
}

describe('what a province adds', () => {
  test('is offered on the telephones of that province alone, behind the nation’s questions', async () => {
    expect((await published(people.somsak, 'TH58', ID, adding(COFFEE))).version).toBe('1.TH58.1')
    expect(await versions()).toEqual({ buala: '1.TH58.1', noi: '1.TH58.1', kaeo: '1' })
    const { xform } = await phones.noi.download(await formOf(phones.noi))
    expect([xform.includes('กาแฟพันธุ์ใด'), xform.includes('ชื่อสวน'), xform.indexOf('/add_th58/coffee') > xform.indexOf('/title')]).toEqual([true, true, true])
    expect((await phones.kaeo.download(await formOf(phones.kaeo))).xform).not.toContain('กาแฟพันธุ์ใด')
    const url = (await formOf(phones.noi)).url, key = (phone: Telephone) => new URL(phone.base).pathname
    expect((await phones.kaeo.ask(url.replace(key(phones.noi), key(phones.kaeo)))).status).toBe(404)
    expect([(await people.wilaiphon.get(`/api/datasets/${ID}?area=${FAR}`)).json().form.version, (await people.wilaiphon.get(`/api/datasets/${ID}?area=${ABROAD}`)).json().form.version]).toEqual(['1.TH58.1', '1'])
  })

  test('is answered into the same dataset’s records, where the nation’s answers keep their names', async () => {
    const { record, form } = await send('noi', { title: 'สวนดอย', coffee: 'arabica', '/data/phone': '0811111111', '/data/add_th58/phone': '0822222222' })
    expect([form.area, form.version]).toEqual(['TH58', '1.TH58.1'])
    expect(record).toMatchObject({ dataset: ID, title: 'สวนดอย', values: { title: 'สวนดอย', coffee: 'arabica', phone: '0811111111', 'add_th58/phone': '0822222222' } })
    expect((await send('kaeo', { title: 'สวนเวียง', phone: '0833333333' })).record.values).toMatchObject({ title: 'สวนเวียง', phone: '0833333333' })
  })

  test('has its columns in every file, and is listed where it is withheld', async () => {
    const rows = async (who: Name, query = '') => parse(unzip((await people[who].get(`/api/datasets/${ID}/records/file/csv?${query}`)).rawPayload).get(`${ID}.csv`) as Buffer, { bom: true, columns: true }) as unknown as Record<string, string>[]
    const pick = (all: Record<string, string>[]) => all.map(row => [row['title'], row['coffee'], row['phone'], row['add_th58/phone']]).sort()
    expect(pick(await rows('wilaiphon'))).toEqual([['สวนดอย', 'arabica', undefined, '0822222222'], ['สวนเวียง', '', undefined, '']])
    expect(pick(await rows('somsak', 'purpose=ติดต่อเจ้าของสวน'))).toEqual([['สวนดอย', 'arabica', '0811111111', '0822222222']])
    expect(Object.keys((await rows('chiang'))[0] ?? {})).not.toContain('coffee')
    expect((await people.somsak.get(`/api/datasets/${ID}/records`)).json()).toMatchObject({ items: [{ title: 'สวนดอย', values: { coffee: 'arabica' } }], withheld: [{ sensitivity: 'personal', fields: ['phone'] }] })
  })
})

describe('what a tambon adds', () => {
  test('is offered in that tambon alone', async () => {
    expect((await published(people.thongdi, HOME, ID, adding(BEES))).version).toBe(`1.${HOME}.1`)
    expect(await versions()).toEqual({ buala: `1.${HOME}.1`, noi: '1.TH58.1', kaeo: '1' })
    expect((await send('buala', { title: 'สวนผึ้ง', bees: '7' })).record.values).toMatchObject({ title: 'สวนผึ้ง', bees: 7 })
  })

  test('needs a question, and rises like any version; the draft of a place is its addition alone', async () => {
    const empty = await publish(people.thongdi, HOME, ID, adding('', '2')), same = await publish(people.thongdi, HOME, ID, adding(BEES))
    expect([empty.statusCode, empty.json().code, empty.json().detail]).toEqual([400, 'dataset/empty-addition', expect.stringContaining('เพิ่มอย่างน้อยหนึ่งข้อ')])
    expect([same.statusCode, same.json().code]).toEqual([400, 'dataset/version-not-raised'])
    const { workbook, isDraft } = (await people.thongdi.get(`/api/datasets/${ID}/draft?area=${HOME}`)).json() as { workbook: Workbook; isDraft: boolean }
    expect([isDraft, workbook.sheets.find(sheet => sheet.name === 'survey')?.rows.map(row => row.cells['name'])]).toEqual([false, ['bees']])
  })

  test('cannot change what the nation asks, nor under what name', async () => {
    const bold = adding('| | text | title | ชื่ออื่น | Another title | open |\n| | end_group | | | | |\n| | integer | village | หมู่อื่น | Another village | open |', '3')
    expect((await publish(people.thongdi, HOME, ID, bold)).json().code).toBe('dataset/form-faulty')
    await published(people.thongdi, HOME, ID, adding('| | text | title | ชื่ออื่น | Another title | sensitive |\n| | integer | bees | ผึ้งกี่รัง | How many hives? | open |', '3'))
    const { record } = await send('buala', { '/data/title': 'สวนของเรา', '/data/add_th580703/title': 'ชื่ออื่น', bees: '8' })
    expect([record.title, record.values]).toEqual(['สวนของเรา', { village: `${HOME}01`, title: 'สวนของเรา', bees: 8, 'add_th580703/title': 'ชื่ออื่น' }])
  })
})

describe('when the nation’s form rises', () => {
  test('every place that adds to it offers the new one with its own questions; what was downloaded before is still taken', async () => {
    const old = (await phones.noi.download(await formOf(phones.noi))).xform
    expect(await published(people.pricha, 'TH', ID, nation('2', '| | integer | rai | กี่ไร่ | How many rai? | open | |'))).toMatchObject({ version: '2', faults: [] })
    expect(await versions()).toEqual({ buala: `2.${HOME}.3`, noi: '2.TH58.1', kaeo: '2' })
    expect((await send('noi', { title: 'ใหม่', rai: '4', coffee: 'arabica' })).record.values).toMatchObject({ rai: 4, coffee: 'arabica' })
    expect(await send('noi', { title: 'เก่า', coffee: 'arabica' }, old)).toMatchObject({ record: { values: { title: 'เก่า', coffee: 'arabica' } }, form: { version: '1.TH58.1' } })
  })

  test('an addition that does not go with it stays behind the old one, and whoever publishes is told where', async () => {
    await published(people.thongdi, HOME, ID, adding(`${BEES}\n| | text | why | ทำไมกี่ไร่ | Why so many rai? \${rai} | open |`, '4'))
    const { faults } = await published(people.pricha, 'TH', ID, nation('3'))
    expect(faults).toEqual([expect.objectContaining({ severity: 'warning', code: 'form/unknown-reference', say: expect.objectContaining({ th: expect.stringContaining(HOME) }) })])
    expect(await versions()).toEqual({ buala: `2.${HOME}.4`, noi: '3.TH58.1', kaeo: '3' })
    expect((await send('buala', { title: 'ยังถามได้', rai: '3', bees: '1', why: 'พอดี' })).record.values).toMatchObject({ rai: 3, why: 'พอดี' })
  })
})

describe('a version that was closed', () => {
  const close = (who: Name, area: string, version: string, closed: boolean) => people[who].post(`/api/datasets/${ID}/forms/${version}/close`, { area, closed })
  /** Another server, which has not heard of the form before: one that has may take it for some seconds more. */
  const elsewhere = async (phone: Telephone) => new Telephone(phone.base.replace(house.address, (await startCollecting(house.database)).address))

  test('is not offered, and its answers are refused with a sentence, until it is opened again; its records stay', async () => {
    const { xform } = await phones.kaeo.download(await formOf(phones.kaeo)), late = fillIn(xform, { village: `${ABROAD}01`, title: 'มาช้า' })
    const before = (await people.chiang.get(`/api/datasets/${ID}/records`)).json().count
    expect((await close('pricha', 'TH', '3', true)).statusCode).toBe(200)
    expect((await versions())['kaeo']).toBe('2')
    for (const version of ['2', '1']) await close('pricha', 'TH', version, true)
    expect((await versions())['kaeo']).toBeUndefined()
    const refused = await (await elsewhere(phones.kaeo)).submit(late.xml)
    expect([refused.status, messageOf(refused)]).toEqual([409, expect.stringContaining('ปิดรับข้อมูลแล้ว')])
    const list = (await people.chiang.get(`/api/datasets/${ID}/records`)).json()
    expect([list.count, list.items[0].title]).toEqual([before, 'สวนเวียง'])
    for (const version of ['1', '2', '3']) expect((await close('pricha', 'TH', version, false)).statusCode).toBe(200)
    expect((await versions())['kaeo']).toBe('3')
    expect((await (await elsewhere(phones.kaeo)).submit(late.xml)).status).toBe(201)
  })

  test('of an addition gives the nation’s form back, also when that rises', async () => {
    for (const { area, version } of (await people.somsak.get(`/api/datasets/${ID}`)).json().versions) if (area === 'TH58') expect((await close('somsak', 'TH58', version, true)).statusCode).toBe(200)
    expect((await versions())['noi']).toBe('3')
    await published(people.pricha, 'TH', ID, nation('4'))
    expect((await versions())['noi']).toBe('4')
    expect((await close('thongdi', 'TH58', '1.TH58.1', false)).statusCode).toBe(403)
    expect((await close('somsak', 'TH58', '9', false)).json().code).toBe('dataset/no-form')
  })
})
