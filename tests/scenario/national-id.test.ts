import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { DUANG, Elders, KHAM, SAENG, WRONG } from '../setup/elders.ts'

let elders: Elders
beforeAll(async () => { elders = await Elders.make() })

describe('a number that was typed', () => {
  test.each([
    ['plainly', KHAM], ['in Thai digits with dashes', '๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘'], ['with spaces', ' 1 1017 00230 70 8 '],
  ])('%s is shown masked, and opened to who may see it', async (_, number) => {
    const id = await elders.send({ name: 'คำ', number })
    const { record, faults } = await elders.page('thongdi', id)
    expect([record.values['number'], faults]).toEqual([{ masked: 'x-xxxx-xxxxx-70-8', checked: true }, []])
    expect([await elders.opened('thongdi', id), (await elders.find('thongdi', KHAM)).json().records]).toEqual([KHAM, expect.arrayContaining([id])])
  })

  test.each([
    ['in CDATA', `<![CDATA[${KHAM}]]>`], ['by character references', [...KHAM].map(digit => `&#${digit.charCodeAt(0)};`).join('')], ['around a comment', `${KHAM.slice(0, 6)}<!-- เลข -->${KHAM.slice(6)}`],
  ])('%s is the same number', async (_, written) => {
    const id = await elders.send({ name: 'คำ', number: 'HERE' }, { as: xml => xml.replace('HERE', written) })
    expect([(await elders.page('thongdi', id)).record.values['number'], await elders.opened('thongdi', id)]).toEqual([{ masked: 'x-xxxx-xxxxx-70-8', checked: true }, KHAM])
  })

  test('with a wrong last digit, or of other than thirteen, is kept, flagged, masked and opened as it was typed', async () => {
    for (const [number, masked] of [[WRONG, 'x-xxxx-xxxxx-70-1'], ['110170023070', 'xxxxxxxxxxxx'], ['ไม่ทราบ', 'xxxxxxx']] as const) {
      const id = await elders.send({ name: 'คำ', number, member: [{ member_name: 'ก' }, { member_name: 'ข', member_number: number }] })
      const { record, faults } = await elders.page('thongdi', id)
      expect(record.values['number']).toEqual({ masked, checked: false })
      expect(faults.map(({ key, repeat, row, kind, say }) => [key, repeat, row, kind, /13 หลัก/.test(say.th)])).toEqual([['number', null, null, 'national-id', true], ['member_number', '/data/member', 2, 'national-id', true]])
      expect([await elders.opened('thongdi', id), (await elders.find('thongdi', number)).json().records]).toEqual([number, [id]])
    }
  })

  test('into a question for whole numbers is a number all the same', async () => {
    const id = await elders.send({ name: 'คำ', number: KHAM, member: [{ member_number: SAENG }] }, { id: 'voter' }), { record, rows, faults } = await elders.page('thongdi', id)
    expect([record.values['number'], rows[0]?.values['member_number'], faults]).toEqual([{ masked: 'x-xxxx-xxxxx-70-8', checked: true }, { masked: 'x-xxxx-xxxxx-71-6', checked: true }, []])
    expect([await elders.opened('thongdi', id), await elders.opened('thongdi', id, 'member_number', 1)]).toEqual([KHAM, SAENG])
  })
})

describe('the number of a member', () => {
  test('is that of its row, and goes with it when the rows are answered anew', async () => {
    const id = randomUUID(), entity = (how: string) => `<entity xmlns="http://www.opendatakit.org/xforms/entities" dataset="elder" id="${id}" ${how}><label>x</label></entity>`
    await elders.send({ name: 'คำ', number: KHAM, member: [{ member_name: 'แสง', member_number: SAENG }, { member_name: 'ดวง', member_number: DUANG }] }, { entity: entity('create="1"') })
    expect([await elders.opened('thongdi', id, 'member_number', 1), await elders.opened('thongdi', id, 'member_number', 2), (await elders.find('thongdi', DUANG)).json().records]).toEqual([SAENG, DUANG, [id]])
    await elders.send({ name: 'คำ', member: [{ member_name: 'ดี' }] }, { entity: entity('update="1" baseVersion="1"') })
    const { record, rows } = await elders.page('thongdi', id)
    expect([record.versions, record.values['number'], rows.map(row => row.values)]).toEqual([2, { masked: 'x-xxxx-xxxxx-70-8', checked: true }, [{ member_name: 'ดี' }]])
    expect([await elders.opened('thongdi', id), (await elders.unseal('thongdi', id, 'member_number', 1)).json().code, (await elders.unseal('thongdi', id, 'member_number', 2)).json().code]).toEqual([KHAM, 'record/no-number', 'record/no-number'])
    for (const number of [SAENG, DUANG]) expect((await elders.find('thongdi', number)).json().records, number).toEqual([])
  })

  test('that an edit took back is gone, and the history says so with the mask alone', async () => {
    const id = await elders.send({ name: 'คำ', number: SAENG, member: [{ member_number: DUANG }] })
    const second = await elders.send({ name: 'คำ', number: KHAM }, { deprecatedId: `uuid:${id}` })
    const told = async () => (await elders.page('thongdi', id)).history.map(act => act.changes.filter(change => change.key === 'number').map(({ before, after }) => [before, after]))
    const [saeng, kham] = [{ masked: 'x-xxxx-xxxxx-71-6', checked: true }, { masked: 'x-xxxx-xxxxx-70-8', checked: true }]
    expect([await told(), await elders.opened('thongdi', id), (await elders.find('thongdi', DUANG)).json().records]).toEqual([[[[saeng, kham]], [[null, saeng]]], KHAM, []])
    await elders.send({ name: 'คำ' }, { deprecatedId: `uuid:${second}` })
    expect([(await told())[0], (await elders.unseal('thongdi', id)).json().code]).toEqual([[[kham, null]], 'record/no-number'])
  })
})
