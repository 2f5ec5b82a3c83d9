import { beforeAll, expect, test } from 'vitest'
import { fillIn, signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { datasetOf, define, publish, settingsOf } from '../setup/defining.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Browser } from '../setup/people.ts'
import type { Telephone } from '../setup/telephone.ts'

/** What a form or an answer could do to keep the server from everybody else. */
const HOME = 'TH580703', VILLAGE = 'TH58070301', TREES = 'th580703-trees'
let house: Collecting, integrator: Browser, phone: Telephone

const form = (rule: string, version: string) => `| survey | | | | | | |
| | type | name | label::ไทย (th) | label::English (en) | constraint | bind::rakkaeo:role |
| | select_one_from_file villages.csv | village | หมู่บ้าน | Village | | place |
| | decimal | height | สูงกี่เมตร | Height in metres | . < 100 | |
| | begin_repeat | tree | ต้นไม้ | Tree | | |
| | text | code | รหัส | Code | ${rule} | |
| | end_repeat | | | | | |
${settingsOf(TREES, version)}`
const recordsOf = async (dataset: string) => (await integrator.get(`/api/datasets/${dataset}/records`)).json().items as { faults: number }[]

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  integrator = await signedIn(house, { userName: 'thongdi', role: 'tambon-integrator', areas: [HOME] })
  phone = await telephoneOf(house, await signedIn(house, { userName: 'buala', role: 'collector', areas: [HOME] }), [HOME])
  await define(integrator, HOME, datasetOf(TREES), form('count(${tree}[code = current()/../code]) = 1', '1'))
})

async function send(dataset: string, given: Parameters<typeof fillIn>[1]): Promise<void> {
  const { xform } = await phone.download((await phone.listForms()).find(form => form.id === dataset)!)
  expect((await phone.submit(fillIn(xform, { village: VILLAGE, ...given }).xml)).status).toBe(201)
}

test('a form with a pattern that could be tried for ever is not published: it is told where, and what to do', async () => {
  const reply = await publish(integrator, HOME, TREES, form(`regex(., '^([a-z]+)*$')`, '2'))
  expect([reply.statusCode, reply.json().code]).toEqual([400, 'dataset/form-faulty'])
  expect(reply.json().details.faults).toEqual([{
    severity: 'error', code: 'form/endless-pattern', sheet: 'survey', row: 5, column: 'constraint', say: { th: expect.stringContaining('“^([a-z]+)*$” ซ้ำสิ่งที่ซ้ำ'), en: expect.stringContaining('Write it without') },
  }])
})

test('three thousand rows of which each looks at all, and a number of a million digits, are read in their turn, and what comes after them too', async () => {
  await send(TREES, { height: '1', tree: Array.from({ length: 3000 }, () => ({ code: 'เดียวกัน' })) })
  await send(TREES, { height: `${'1'.repeat(1_000_000)}x`, tree: [{ code: 'ก' }, { code: 'ก' }, { code: 'ข' }] })
  await send('story', { title: 'ไม่ต้องรอ' })
  await untilRead(house)
  expect((await recordsOf('story')).length).toBe(1)
  // of the first is told that its rule was not judged; of the second the number is none, and two trees have one code
  expect((await recordsOf(TREES)).map(record => record.faults).sort()).toEqual([1, 3])
})
