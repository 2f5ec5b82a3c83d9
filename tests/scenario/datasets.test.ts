import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { datasetApi } from '../../domain/dataset/api.ts'
import { SHIPPED } from '../../server/dataset/write.seed.ts'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { datasetOf, publish, settingsOf, workbookOf } from '../setup/defining.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { Browser, listNotes } from '../setup/people.ts'
import { messageOf, Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', NEIGHBOUR = 'TH580702', BAMBOO = 'th580703-bamboo'
type Entry = ReplyOf<typeof datasetApi.listDatasets>['items'][number]
type Detail = ReplyOf<typeof datasetApi.getDataset>
const ROLES = {
  buala: ['collector', HOME], noi: ['collector', NEIGHBOUR], thongdi: ['tambon-integrator', HOME], chaidi: ['tambon-integrator', NEIGHBOUR], somsak: ['provincial-integrator', 'TH58'],
  wilaiphon: ['national-integrator', 'TH'], natthaphon: ['analyst', 'TH58'], pricha: ['administrator', 'TH'],
} as const
type Name = keyof typeof ROLES

let house: Collecting, phone: Telephone
const people = {} as Record<Name, Browser>

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  for (const [userName, [role, area]] of Object.entries(ROLES)) people[userName as Name] = await signedIn(house, { userName, role, areas: [area] })
  phone = await telephoneOf(house, people.buala, [HOME])
})

const stranger = () => new Browser(house.app)
const list = async (query = ''): Promise<Entry[]> => (await stranger().get(`/api/datasets${query}`)).json().items
const detail = async (id: string, query = ''): Promise<Detail> => (await stranger().get(`/api/datasets/${id}${query}`)).json()
const form = (rows: string, version = '1', id = BAMBOO) => `| survey | | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | constraint | bind::rakkaeo:role |
| | select_one_from_file villages.csv | village | หมู่บ้าน | Village | | place |
${rows}
${settingsOf(id, version)}`
const CLUMPS = '| | integer | clumps | ไผ่กี่กอ | How many clumps? | . >= 0 |'
const offered = async (phone: Telephone, id: string) => (await phone.listForms()).filter(one => one.id === id).map(one => one.version)

describe('the datasets that come with it', () => {
  test('are there for everyone, each with a form and all that the Government Data Catalog asks for', async () => {
    const items = await list()
    expect(items.map(item => item.dataset.id)).toEqual([...SHIPPED])
    for (const { dataset, area, form } of items) {
      const { catalogue, form: shown, versions } = await detail(dataset.id), { update_frequency_interval: every, ...said } = catalogue
      expect([area, form?.area, shown?.version, versions.length], dataset.id).toEqual(['TH', 'TH', form?.version, 1])
      expect(form?.questions, dataset.id).toBe(shown?.model.questions.filter(question => question.asked).length)
      expect(Object.keys(said).sort()).toEqual(['data_category', 'data_format', 'data_source', 'data_type', 'geo_coverage', 'license_id', 'maintainer', 'maintainer_email', 'notes', 'objective', 'owner_org', 'tag_string', 'title', 'update_frequency_unit'])
      // whose address it is, the installation says
      for (const [item, value] of Object.entries(said)) if (item !== 'maintainer_email') expect(String(value).length, `${dataset.id} ${item}`).toBeGreaterThan(0)
      expect(every === null || Number(every) >= 1).toBe(true)
    }
  })
})

describe('a tambon’s own dataset', () => {
  const make = (who: Name, area: string, id: string) => people[who].post('/api/datasets', { area, dataset: datasetOf(id) })
  const REFUSED: [string, Name, string, string, number, string][] = [
    ['without the tambon’s code', 'thongdi', HOME, 'bamboo', 400, 'dataset/id-prefix'], ['with another place’s code', 'thongdi', HOME, 'th580702-bamboo', 400, 'dataset/id-prefix'],
    ['under a name of the nation’s', 'pricha', 'TH', 'attraction', 409, 'dataset/id-taken'], ['of the neighbour', 'thongdi', NEIGHBOUR, 'th580702-bamboo', 403, 'access/no-right'], ['of the nation', 'somsak', 'TH', 'bamboo', 403, 'access/no-right'],
    ['by who collects', 'buala', HOME, BAMBOO, 403, 'access/no-right'], ['by an analyst', 'natthaphon', HOME, BAMBOO, 403, 'access/no-right'], ['by the national integrator', 'wilaiphon', HOME, BAMBOO, 403, 'access/no-right'],
  ]
  test.each(REFUSED)('%s is refused with a sentence', async (_, who, area, id, status, code) => {
    const reply = await make(who, area, id)
    expect([reply.statusCode, reply.json().code, reply.json().detail]).toEqual([status, code, expect.stringMatching(/[ก-๙]{5}/)])
    expect((await list()).length).toBe(SHIPPED.length)
  })

  test('is made, published, offered there and nowhere else, answered, and changed by its own place alone', async () => {
    expect((await make('thongdi', HOME, BAMBOO)).statusCode).toBe(200)
    expect([(await detail(BAMBOO)).form, await offered(phone, BAMBOO)]).toEqual([null, []])
    expect((await publish(people.thongdi, HOME, BAMBOO, form(CLUMPS))).json()).toMatchObject({ version: '1', faults: [] })
    expect([(await list(`?area=${HOME}01`)).some(item => item.dataset.id === BAMBOO), (await list(`?area=${NEIGHBOUR}`)).some(item => item.dataset.id === BAMBOO)]).toEqual([true, false])
    expect([await offered(phone, BAMBOO), await offered(await telephoneOf(house, people.noi, [NEIGHBOUR]), BAMBOO)]).toEqual([['1'], []])
    const { xform } = await phone.download((await phone.listForms()).find(one => one.id === BAMBOO)!)
    expect((await phone.submit(fillIn(xform, { village: `${HOME}01`, clumps: '12' }).xml)).status).toBe(201)
    expect((await (await telephoneOf(house, people.noi, [NEIGHBOUR])).submit(fillIn(xform, { village: `${NEIGHBOUR}01`, clumps: '12' }).xml)).status).toBe(404)
    await untilRead(house)
    expect((await people.somsak.get(`/api/datasets/${BAMBOO}/records`)).json().items).toMatchObject([{ area: `${HOME}01`, values: { clumps: 12 } }])
    const change = (who: Name, area: string) => people[who].ask('PUT', `/api/datasets/${BAMBOO}`, { area, dataset: datasetOf(BAMBOO, { name: { th: 'ไผ่ของถ้ำลอด', en: 'Bamboo' } }) })
    expect([(await change('chaidi', NEIGHBOUR)).statusCode, (await change('chaidi', HOME)).statusCode, (await change('buala', HOME)).statusCode, (await change('somsak', 'TH58')).statusCode]).toEqual([404, 403, 403, 404])
    expect((await change('thongdi', HOME)).statusCode).toBe(200)
    expect((await detail(BAMBOO)).dataset.name.th).toBe('ไผ่ของถ้ำลอด')
    expect((await listNotes(house.database)).filter(line => /^(dataset|form)\./.test(line)).slice(SHIPPED.length)).toEqual(['dataset.make', 'form.publish', 'dataset.change'])
  })
})

describe('a form in work', () => {
  const draft = (who: Name, area = HOME) => people[who].get(`/api/datasets/${BAMBOO}/draft?area=${area}`)

  test('is seen by those alone who may define in its place, and goes when it is published', async () => {
    const workbook = await workbookOf(form(`${CLUMPS}\n| | text | secret_plan | ความลับ | Secret | |`, '2'))
    expect((await draft('thongdi')).json()).toMatchObject({ isDraft: false, changedAt: null })
    for (const [who, status] of [['chaidi', 403], ['buala', 403], ['natthaphon', 403], ['wilaiphon', 403]] as const) expect((await people[who].ask('PUT', `/api/datasets/${BAMBOO}/draft`, { area: HOME, workbook })).statusCode, who).toBe(status)
    expect((await people.thongdi.ask('PUT', `/api/datasets/${BAMBOO}/draft`, { area: HOME, workbook })).statusCode).toBe(200)
    // who has not seen what was kept since is told, and keeps nothing over it; of two at once one is told
    const over = (ifChangedAt: string | null) => people.somsak.ask('PUT', `/api/datasets/${BAMBOO}/draft`, { area: HOME, workbook: workbook, ifChangedAt })
    expect(await over(null).then(reply => [reply.statusCode, reply.json().code])).toEqual([409, 'dataset/draft-changed'])
    const seen = (await draft('thongdi')).json().changedAt
    const again = () => people.thongdi.ask('PUT', `/api/datasets/${BAMBOO}/draft`, { area: HOME, workbook, ifChangedAt: seen })
    expect((await Promise.all([again(), again()])).map(reply => reply.statusCode).sort()).toEqual([200, 409])
    for (const who of ['thongdi', 'somsak', 'pricha'] as const) expect((await draft(who)).json(), who).toMatchObject({ isDraft: true, changedBy: 'thongdi', workbook })
    for (const who of ['chaidi', 'buala', 'natthaphon', 'wilaiphon'] as const) expect([(await draft(who)).statusCode, (await draft(who)).body.includes('secret_plan')], who).toEqual([403, false])
    expect((await draft('chaidi', NEIGHBOUR)).statusCode).toBe(404)
    expect((await stranger().get(`/api/datasets/${BAMBOO}/draft?area=${HOME}`)).statusCode).toBe(401)
    expect(JSON.stringify([await detail(BAMBOO), await list()])).not.toContain('secret_plan')
    expect(await offered(phone, BAMBOO)).toEqual(['1'])
    expect((await people.thongdi.post(`/api/datasets/${BAMBOO}/forms`, { area: HOME, workbook })).statusCode).toBe(200)
    expect([(await draft('thongdi')).json().isDraft, await offered(phone, BAMBOO)]).toEqual([false, ['2']])
  })

  test('is thrown away, and what was published stands again', async () => {
    const workbook = await workbookOf(form(CLUMPS, '99'))
    await people.thongdi.ask('PUT', `/api/datasets/${BAMBOO}/draft`, { area: HOME, workbook })
    expect((await people.chaidi.ask('DELETE', `/api/datasets/${BAMBOO}/draft?area=${HOME}`)).statusCode).toBe(403)
    expect((await people.thongdi.ask('DELETE', `/api/datasets/${BAMBOO}/draft?area=${HOME}`)).statusCode).toBe(200)
    expect([(await draft('thongdi')).json().isDraft, (await draft('thongdi')).json().workbook]).toEqual([false, await workbookOf(form(`${CLUMPS}\n| | text | secret_plan | ความลับ | Secret | |`, '2'))])
  })
})

describe('publishing', () => {
  const FAULTS: [string, string, [string, string, number, string][]][] = [
    ['an unknown type and a question without text', `| | wibble | a | ก | A | |\n| | text | b | | | |`, [['form/unknown-type', 'survey', 3, 'type'], ['form/missing-label', 'survey', 4, 'label::ไทย (th)']]],
    ['a list that is not there and a bad formula', `| | select_one none | a | ก | A | |\n| | integer | b | ข | B | \${nobody} > ( |`, [['form/no-choices', 'survey', 3, 'type'], ['form/unbalanced', 'survey', 4, 'constraint'], ['form/unknown-reference', 'survey', 4, 'constraint']]],
  ]
  test.each(FAULTS)('%s stop it, each with its sheet, row and column', async (_, rows, faults) => {
    const reply = await publish(people.thongdi, HOME, BAMBOO, form(rows, '3'))
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'dataset/form-faulty'])
    const told = reply.json().details.faults as { severity: string; code: string; sheet: string; row: number; column: string; say: { th: string; en: string } }[]
    expect(told.filter(fault => fault.severity === 'error').map(({ code, sheet, row, column }) => [code, sheet, row, column])).toEqual(expect.arrayContaining(faults))
    for (const { say } of told) expect([say.th, say.en]).toEqual([expect.stringMatching(/[ก-๙]{5}/), expect.stringMatching(/[a-z]{3}/)])
    const checked = await people.thongdi.post('/api/forms/check', { dataset: BAMBOO, area: HOME, workbook: await workbookOf(form(rows, '3')) })
    expect([checked.json().faults, checked.json().model]).toEqual([told, null])
    expect(await offered(phone, BAMBOO)).toEqual(['2'])
  })

  test('a version that does not rise, or a form of another name, is refused with a sentence', async () => {
    for (const [version, id, code] of [['2', BAMBOO, 'dataset/version-not-raised'], ['1', BAMBOO, 'dataset/version-not-raised'], ['3', 'attraction', 'dataset/other-form-id']] as const) {
      const reply = await publish(people.thongdi, HOME, BAMBOO, form(CLUMPS, version, id))
      expect([reply.statusCode, reply.json().code, reply.json().detail]).toEqual([400, code, expect.stringContaining('settings')])
    }
    expect((await detail(BAMBOO)).versions.map(version => version.version)).toEqual(['2', '1'])
    expect((await publish(people.thongdi, HOME, BAMBOO, form(CLUMPS, '10'))).json()).toMatchObject({ version: '10' })
  })

  test('nobody publishes or closes where they may not define', async () => {
    for (const [who, area, id, status] of [['chaidi', HOME, BAMBOO, 403], ['chaidi', NEIGHBOUR, BAMBOO, 404], ['buala', HOME, BAMBOO, 403], ['thongdi', 'TH', 'attraction', 403], ['somsak', 'TH', 'attraction', 403], ['wilaiphon', 'TH', 'attraction', 403]] as const) {
      expect((await publish(people[who], area, id, form(CLUMPS, '9999999999', id))).statusCode, `${who} ${area}`).toBe(status)
      expect((await people[who].post(`/api/datasets/${id}/forms/2026112601/close`, { area, closed: true })).statusCode, `${who} ${area}`).toBe(status)
    }
    expect(await offered(phone, 'attraction')).toEqual(['2026112601'])
  })

  test('what was filled in with an earlier version is still taken, and read by that version', async () => {
    await publish(people.thongdi, HOME, BAMBOO, form('| | text | species | ชนิดไผ่ | Species | |', '11'))
    const { xform } = await phone.download((await phone.listForms()).find(one => one.id === BAMBOO)!)
    await publish(people.thongdi, HOME, BAMBOO, form('| | text | wood | เนื้อไม้ | Wood | |', '12'))
    const { xml, instanceId } = fillIn(xform, { village: `${HOME}01`, species: 'ซาง' })
    expect(messageOf(await phone.submit(xml))).toBe('ได้รับแล้ว ขอบคุณ')
    await untilRead(house)
    expect((await people.thongdi.get(`/api/records/${instanceId.slice(5)}`)).json()).toMatchObject({ record: { values: { species: 'ซาง' } }, form: { version: '11' }, faults: [] })
  })
})
