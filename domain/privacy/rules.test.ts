import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Level } from '../dataset/rules.ts'
import { dueOf, parseSpots, textOf } from './rules.ts'
import { isContact, nameQuestionsOf, namesIn } from './rules.person.ts'
import { redactJson, type Meant } from './rules.redact.ts'

test('a record is due so many years after its last visit, also on the 29th of February', () => {
  expect([dueOf('2024-02-29', 1), dueOf('2024-02-29', 4), dueOf('2020-05-06', 5)]).toEqual(['2025-03-01', '2028-02-29', '2025-05-06'])
})

test('spots are written and read again; what is none is refused', () => {
  const Spot = fc.record({ record: fc.uuid(), where: fc.option(fc.record({ repeat: fc.constantFrom('/data/member', '/data/plot/crop'), row: fc.integer({ min: 1, max: 9999 }) })) })
    .map(({ record, where }) => ({ record: record as never, repeat: where?.repeat ?? null, row: where?.row ?? null }))
  fc.assert(fc.property(fc.array(Spot), spots => { expect(parseSpots(spots.map(textOf).join(','))).toEqual(spots) }))
  for (const bad of ['x', 'TH580703', `${'0'.repeat(36)}`, '11111111-1111-4111-8111-111111111111~member~1', '11111111-1111-4111-8111-111111111111~/data/member~0']) expect(parseSpots(bad), bad).toBeNull()
})

const question = (key: string, more: object) => ({ key, name: key, type: 'text', asked: true, term: null, role: null, sensitivity: 'personal', label: { th: key, en: key }, ...more })

test('names are the first and the family name, else what is kept as a person’s and called a name', () => {
  const member = { repeat: '/m', questions: [question('first', { term: 'schema:givenName' }), question('last', { term: 'schema:familyName' }), question('nickname', {})] } as unknown as Level
  const shop = { repeat: null, questions: [question('shop_name', { sensitivity: 'open' }), question('contact_name', {}), question('house_title', { role: 'title', asked: false }), question('phone', {})] } as unknown as Level
  expect(namesIn(member, { first: 'คำ', last: 'ใจดี', nickname: 'แดง' })).toEqual(['คำ ใจดี'])
  expect(nameQuestionsOf(shop).flat().map(({ key }) => key)).toEqual(['contact_name'])
  expect(shop.questions.filter(isContact).map(({ key }) => key)).toEqual(['phone'])
})

test('of what an act keeps the person’s row loses its answers and keeps its place, and the others keep theirs', () => {
  const meant: Meant = { text: text => text.includes('คำ'), row: ({ values }) => values['name'] === 'คำ', number: hash => hash === 'h1', keys: new Set(['phone']) }
  const before = { values: { head: 'นางคำ', phone: '08', rai: 5 }, rows: [{ repeat: '/m', position: 1, parent: null, values: { name: 'คำ', age: 81 } }, { repeat: '/m', position: 2, parent: null, values: { name: 'สม', phone: '09' } }], numbers: [{ path: '/m/n', hash: 'h1', sealed: 's' }, { path: '/m/n', hash: 'h2', sealed: 's' }] }
  expect(redactJson({ before, with: ['id'] }, meant)).toEqual({
    before: { values: { head: '', rai: 5 }, rows: [{ repeat: '/m', position: 1, parent: null, values: {} }, { repeat: '/m', position: 2, parent: null, values: { name: 'สม', phone: '09' } }], numbers: [{ path: '/m/n', hash: 'h2', sealed: 's' }] }, with: ['id'],
  })
  expect([redactJson(null, meant), redactJson(7, meant)]).toEqual([null, 7])
})
