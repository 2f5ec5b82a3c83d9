import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { recordApi } from '../../domain/record/api.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting, type Given } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', NEXT = 'TH580704', FAR = 'TH580102'
type Detail = ReplyOf<typeof recordApi.getRecord>

/** บัวลา and คำปัน collect in Tham Lot, ทองดี answers for it and for the next tambon, น้อย collects far from there. */
let house: Collecting, thongdi: Browser, chaidi: Browser
const phones = {} as Record<'buala' | 'khampan' | 'thongdi' | 'noi', Telephone>
const xforms = new Map<string, string>()

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  const collector = async (userName: string, area: string) => telephoneOf(house, await signedIn(house, { userName, role: 'collector', areas: [area] }), [area])
  thongdi = await signedIn(house, { userName: 'thongdi', role: 'tambon-integrator', areas: [HOME, NEXT] })
  chaidi = await signedIn(house, { userName: 'chaidi', role: 'tambon-integrator', areas: [FAR] })
  Object.assign(phones, { buala: await collector('buala', HOME), khampan: await collector('khampan', HOME), noi: await collector('noi', FAR), thongdi: await telephoneOf(house, thongdi, [HOME, NEXT]) })
  for (const form of await phones.buala.listForms()) if (['household', 'attraction', 'story'].includes(form.id)) xforms.set(form.id, (await phones.buala.download(form)).xform)
})

/** `how`: of an entity, `create="1"` or `update="1"`. */
async function send(who: keyof typeof phones, dataset: string, id: string, how: string, given: Given, meta: Parameters<typeof fillIn>[2] = {}): Promise<string> {
  const entity = how && `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="${dataset}" id="${id}" ${how}><label>x</label></entity>`
  const { xml, instanceId } = fillIn(xforms.get(dataset) as string, { ...dataset !== 'story' && { visit_date: '2026-11-26' }, ...given }, { entity, ...meta })
  const heard = await phones[who].submit(xml)
  if (heard.status !== 201) throw new Error(heard.body)
  await untilRead(house)
  return instanceId.slice(5)
}
const household = async (who: keyof typeof phones, head: string) => { const id = randomUUID(); await send(who, 'household', id, 'create="1"', { village: `${HOME}01`, consent: 'yes', house_number: '7', head_name: head, household_name: `7 · ${head}` }); return id }
const attraction = async (who: keyof typeof phones, title: string) => { const id = randomUUID(); await send(who, 'attraction', id, 'create="1"', { village: `${HOME}01`, title, kind: 'cave', status: 'open' }); return id }
const page = async (browser: Browser, id: string): Promise<Detail> => (await browser.get(`/api/records/${id}`)).json()
const things = async (who: keyof typeof phones, dataset: string) => (await phones[who].download((await phones[who].listForms()).find(form => form.id === dataset) as never)).files.get(`${dataset}.csv`) ?? ''
const kindsOf = ({ faults }: Detail) => faults.map(fault => fault.kind)

describe('a telephone’s list of things', () => {
  test('holds the households that its holder may see, and everybody’s places', async () => {
    const [buala, khampan, cave] = [await household('buala', 'นางบัว'), await household('khampan', 'นายปัน'), await attraction('khampan', 'ถ้ำปลา')]
    expect(await things('buala', 'household')).toMatch(new RegExp(`^${buala},7 · นางบัว,`, 'm'))
    expect(await things('buala', 'household')).not.toMatch(new RegExp(`${khampan}|นายปัน`))
    for (const id of [buala, khampan]) expect(await things('thongdi', 'household')).toContain(id)
    expect(await things('buala', 'attraction')).toMatch(new RegExp(`^${cave},ถ้ำปลา,`, 'm'))
    expect(await things('noi', 'attraction')).not.toContain(cave)
    const gone = async (who: keyof typeof phones) => [...(await phones[who].ask(`${phones[who].base}/things/household?id=${buala},${khampan}`)).body.matchAll(/<deleted>(\w+)</g)].map(match => match[1])
    expect([await gone('buala'), await gone('thongdi'), await gone('noi')]).toEqual([['false', 'true'], ['false', 'false'], ['true', 'true']])
  })
})

describe('a visit to a thing', () => {
  test('that does not say where, or says a place that is not the sender’s, leaves it where it is; one that does moves it, with its rows and its history', async () => {
    const id = await household('thongdi', 'ยายคำ')
    await send('thongdi', 'household', id, 'update="1" baseVersion="1"', { consent: 'yes', phone: '0812345678', member: [{ first_name: 'คำ', national_id: '1101700230708' }] })
    expect([(await page(thongdi, id)).record, kindsOf(await page(thongdi, id))]).toMatchObject([{ area: `${HOME}01`, versions: 2, values: { head_name: 'ยายคำ', phone: '0812345678' } }, expect.not.arrayContaining(['place'])])
    await send('thongdi', 'household', id, 'update="1" baseVersion="2"', { village: `${FAR}01`, consent: 'yes' })
    expect([(await page(thongdi, id)).record.area, kindsOf(await page(thongdi, id))]).toEqual([`${HOME}01`, expect.arrayContaining(['place'])])
    const before = await page(thongdi, id)
    await send('thongdi', 'household', id, 'update="1" baseVersion="3"', { village: `${NEXT}01`, consent: 'yes' })
    const { record, rows, history } = await page(thongdi, id), nearby = await signedIn(house, { userName: 'mali', role: 'tambon-integrator', areas: [NEXT] })
    expect([record.area, rows, history.slice(1)]).toEqual([`${NEXT}01`, before.rows, before.history])
    expect(await page(nearby, id)).toEqual({ ...await page(thongdi, id), record: { ...record, own: false } })
    expect((await thongdi.post(`/api/records/${id}/number`, { key: 'national_id', row: 1, reason: 'ตรวจหลังย้ายหมู่บ้าน' })).json()).toEqual({ number: '1101700230708' })
  })

  const TAKEN: [string, keyof typeof phones, 'household' | 'attraction', string, string][] = [
    ['from far away', 'noi', 'attraction', 'attraction', 'update="1" baseVersion="1"'], ['from far away, as if it were new', 'noi', 'attraction', 'attraction', 'create="1"'],
    ['of a colleague’s household', 'khampan', 'household', 'household', 'update="1" baseVersion="1"'], ['from far away, of a household', 'noi', 'household', 'household', 'create="1"'],
  ]
  test.each(TAKEN)('%s is kept beside it, and the thing stays as it was', async (_, who, thing, dataset, how) => {
    const id = thing === 'household' ? await household('buala', 'นางบัว') : await attraction('buala', 'ถ้ำแก้ว'), before = await page(thongdi, id)
    const given = dataset === 'household' ? { consent: 'yes', head_name: 'คนอื่น', member: [{ first_name: 'แปลก' }] } : { title: 'คนอื่น', status: 'gone' }
    const beside = await send(who, dataset, id, how, { village: who === 'noi' ? `${FAR}01` : `${HOME}01`, ...given })
    expect(await page(thongdi, id)).toEqual(before)
    const theirs = await page(who === 'noi' ? chaidi : thongdi, beside)
    expect([theirs.record.values, kindsOf(theirs)]).toMatchObject([who === 'noi' || dataset === 'household' ? expect.not.objectContaining({ kind: 'cave', house_number: '7' }) : {}, expect.arrayContaining(['thing'])])
  })

  test('under the id of what is another dataset’s, or that was sent under the thing’s own id, takes nothing from it', async () => {
    const id = await household('buala', 'นางบัว'), before = await page(thongdi, id)
    for (const who of ['buala', 'noi'] as const) await send(who, 'story', id, '', { village: `${who === 'noi' ? FAR : HOME}01`, title: 'เรื่องของคนอื่น' }, { instanceId: `uuid:${id}`, ...who === 'noi' && { instanceId: `uuid:${id.toUpperCase()}` } })
    expect(await page(thongdi, id)).toEqual(before)
    const { items } = (await thongdi.get('/api/datasets/story/records')).json() as { items: { id: string; title: string }[] }
    expect(items.map(item => [item.title, item.id === id])).toEqual([['เรื่องของคนอื่น', false]])
  })

  test('that edits what a colleague sent about a household is kept beside it too', async () => {
    const sent = await send('buala', 'household', '', '', { village: `${HOME}01`, consent: 'yes', head_name: 'นางบัว' }), before = await page(thongdi, sent)
    const beside = await send('khampan', 'household', '', '', { village: `${HOME}01`, consent: 'yes', head_name: 'คนอื่น' }, { deprecatedId: `uuid:${sent}` })
    expect(await page(thongdi, sent)).toEqual(before)
    expect(kindsOf(await page(thongdi, beside))).toContain('thing')
  })
})
