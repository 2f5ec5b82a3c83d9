import { beforeAll, describe, expect, test } from 'vitest'
import type { ReplyOf } from '../../domain/base/api.ts'
import type { recordApi } from '../../domain/record/api.ts'
import { defineCanaries, fieldsOf, forgottenOf, picturesOf, programOf, seenIn, sendCanaries, sheetText, zipText, type Looker } from '../setup/canary-family.ts'
import { signedIn, startCollecting, telephoneOf, untilRead, type Collecting } from '../setup/collecting.ts'
import { freshDatabase } from '../setup/fresh.ts'
import type { Telephone } from '../setup/telephone.ts'

const HOME = 'TH580703', NEIGHBOUR = 'TH580702', PURPOSE = 'ตรวจสิทธิสวัสดิการ'
type Detail = ReplyOf<typeof recordApi.getRecord>
type Who = 'บัวลา ผู้เก็บข้อมูล' | 'ทองดี ผู้ประสานตำบล' | 'สมศักดิ์ ผู้ประสานจังหวัด' | 'วิไลพร ผู้ประสานประเทศ' | 'ณัฐพล นักวิเคราะห์' | 'อรทัย ผู้ตรวจสอบ' | 'ปรีชา ผู้ดูแลระบบ' | 'ใจดี ผู้ประสานตำบลข้างเคียง'
  | 'โปรแกรมของทองดี' | 'โปรแกรมของสมศักดิ์ ที่ตำบลข้างเคียง' | 'ใครก็ได้'

let house: Collecting
const lookers = {} as Record<Who, Looker>
/** Ids of what บัวลา (a) and her colleague คำปัน (b) wrote down. */
const ids: Record<string, string> = {}

beforeAll(async () => {
  house = await startCollecting(await freshDatabase())
  const person = (userName: string, role: Parameters<typeof signedIn>[1]['role'], area: string) => signedIn(house, { userName, role: role as never, areas: [area] })
  const admin = await person('pricha', 'administrator', 'TH'), buala = await person('buala', 'collector', HOME), khampan = await person('khampan', 'collector', HOME)
  const thongdi = await person('thongdi', 'tambon-integrator', HOME), somsak = await person('somsak', 'provincial-integrator', 'TH58')
  const token = async (of: typeof thongdi, area: string) => programOf(house, (await of.post('/api/tokens', { name: 'program', areas: [area], days: 1 })).json().secret)
  Object.assign(lookers, {
    'บัวลา ผู้เก็บข้อมูล': buala, 'ทองดี ผู้ประสานตำบล': thongdi, 'สมศักดิ์ ผู้ประสานจังหวัด': somsak, 'วิไลพร ผู้ประสานประเทศ': await person('wilaiphon', 'national-integrator', 'TH'),
    'ณัฐพล นักวิเคราะห์': await person('natthaphon', 'analyst', 'TH58'), 'อรทัย ผู้ตรวจสอบ': await person('orathai', 'auditor', 'TH'), 'ปรีชา ผู้ดูแลระบบ': admin,
    'ใจดี ผู้ประสานตำบลข้างเคียง': await person('chaidi', 'tambon-integrator', NEIGHBOUR), 'โปรแกรมของทองดี': await token(thongdi, HOME), 'โปรแกรมของสมศักดิ์ ที่ตำบลข้างเคียง': await token(somsak, NEIGHBOUR),
    'ใครก็ได้': programOf(house, 'nobody'),
  })
  for (const [id, unit] of [['family', 'household'], ['shop', 'place']] as const) await defineCanaries(admin, id, unit)
  for (const [who, browser] of [['a', buala], ['b', khampan]] as const) await write(who, await telephoneOf(house, browser, [HOME]))
  await untilRead(house)
})

/** A family and a shop; the family's answers were mended once. */
async function write(who: string, phone: Telephone): Promise<void> {
  const offered = await phone.listForms()
  for (const id of ['family', 'shop']) {
    const { xform } = await phone.download(offered.find(form => form.id === id) as never)
    const first = await sendCanaries(phone, xform, who, 1)
    ids[`${id} ${who}`] = first.slice(5)
    if (id === 'family') await sendCanaries(phone, xform, who, 2, { deprecatedId: first })
  }
}

const ask = (who: Who, address: string, purpose: string | null) => lookers[who].get(`/api${address}${purpose ? `${address.includes('?') ? '&' : '?'}purpose=${encodeURIComponent(purpose)}` : ''}`)
const of = (who: string, fields: string[]) => fields.map(field => `${who} ${field}`)

/** What each role sees of families and shops of บัวลา (a) and คำปัน (b): letters of open, internal, personal, sensitive. */
type Sees = { family: { a: string; b: string }; shop: { a: string; b: string } }
const both = (family: string, shop = family): Sees => ({ family: { a: family, b: family }, shop: { a: shop, b: shop } })
const TABLE: [Who, string | null, Sees | 401 | 403][] = [
  ['บัวลา ผู้เก็บข้อมูล', null, { family: { a: 'oips', b: '' }, shop: { a: 'oips', b: 'oi' } }],
  ['บัวลา ผู้เก็บข้อมูล', PURPOSE, { family: { a: 'oips', b: '' }, shop: { a: 'oips', b: 'oi' } }],
  ['ทองดี ผู้ประสานตำบล', null, both('oips')],
  ['สมศักดิ์ ผู้ประสานจังหวัด', null, both('oi')],
  ['สมศักดิ์ ผู้ประสานจังหวัด', PURPOSE, both('oip')],
  ['วิไลพร ผู้ประสานประเทศ', null, both('', 'oi')],
  ['วิไลพร ผู้ประสานประเทศ', PURPOSE, both('', 'oi')],
  ['ณัฐพล นักวิเคราะห์', null, both('', 'oi')],
  ['ณัฐพล นักวิเคราะห์', PURPOSE, both('', 'oi')],
  ['ใจดี ผู้ประสานตำบลข้างเคียง', null, both('')],
  ['โปรแกรมของทองดี', null, both('oips')],
  ['โปรแกรมของสมศักดิ์ ที่ตำบลข้างเคียง', PURPOSE, both('')],
  ['อรทัย ผู้ตรวจสอบ', PURPOSE, 403],
  ['ปรีชา ผู้ดูแลระบบ', PURPOSE, 403],
  ['ใครก็ได้', PURPOSE, 401],
]

describe.each(TABLE)('%s (%s)', (who, purpose, sees) => {
  describe.each(['family', 'shop'] as const)('looks at %s', dataset => {
    const kinds = typeof sees === 'number' ? { a: '', b: '' } : sees[dataset]
    const expected = (levels: ('record' | 'member')[], which?: Parameters<typeof fieldsOf>[2]) => (['a', 'b'] as const).flatMap(one => of(one, fieldsOf(kinds[one], levels, which))).sort()
    const status = typeof sees === 'number' ? sees : 200

    test('in the list, on the map, and in every file', async () => {
      const records = `/datasets/${dataset}/records`, isOnMap = (field: { role?: string }) => field.role === 'title' || field.role === 'point'
      for (const [address, text, fields] of [
        [records, String, expected(['record'])], [`/datasets/${dataset}/points`, String, expected(['record'], isOnMap)], [`${records}/file/json`, String, expected(['record', 'member'])],
        [`${records}/file/geojson`, String, expected(['record'])], [`${records}/file/csv`, zipText, expected(['record', 'member'])],
        [`${records}/file/xlsx`, sheetText, expected(['record'])], [`${records}/file/xlsx?table=member`, sheetText, expected(['member'])],
      ] as const) {
        const reply = await ask(who, address, purpose)
        expect(reply.statusCode, address).toBe(status)
        expect(seenIn(status === 200 ? await text(reply.rawPayload) : reply.body), address).toEqual(fields)
      }
    })

    test.each(['a', 'b'] as const)('on the page of what %s wrote down, in its history, and in its pictures', async writer => {
      const seen = kinds[writer], id = ids[`${dataset} ${writer}`] as string, reply = await ask(who, `/records/${id}`, purpose)
      const refused = status === 200 ? 404 : status
      expect(reply.statusCode).toBe(seen === '' ? refused : 200)
      for (const name of picturesOf('oips')) {
        const file = `zq-${name}-${writer}${dataset === 'family' ? 2 : 1}.jpg`
        expect((await ask(who, `/records/${id}/files/${file}`, purpose)).statusCode, file).toBe(picturesOf(seen).includes(name) ? 200 : refused)
      }
      if (seen === '') { expect(seenIn(reply.body)).toEqual([]); return }
      const { record, rows, history, files, faults, withheld } = reply.json() as Detail
      expect(seenIn(JSON.stringify(record))).toEqual(of(writer, fieldsOf(seen, ['record'])))
      expect(seenIn(JSON.stringify(rows))).toEqual(of(writer, fieldsOf(seen, ['member'])))
      expect(seenIn(JSON.stringify(history))).toEqual(of(writer, fieldsOf(seen, ['record'])))
      expect([...new Set(files.map(file => /zq-(\w+)-/.exec(file.name)?.[1]))].sort()).toEqual(picturesOf(seen))
      expect(faults.map(fault => fault.key).sort()).toEqual(forgottenOf(seen))
      expect(record.faults).toBe(forgottenOf(seen).length)
      const hidden = ['open', 'internal', 'personal', 'sensitive'].filter(kind => !seen.includes(kind[0] as string))
      expect(withheld.map(({ sensitivity, fields }) => [sensitivity, [...fields].sort()])).toEqual(hidden.map(kind => [kind, [...fieldsOf(kind[0] as string, ['record', 'member'], () => true)]]))
      for (const { why, ask } of withheld) expect([why.th, ask.th]).toEqual([expect.stringMatching(/[ก-๙]{5}/), expect.stringContaining('ผู้ประสาน')])
    })
  })
})
