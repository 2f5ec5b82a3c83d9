import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { JSDOM } from 'jsdom'
import { describe, expect, test } from 'vitest'
import { AnswerType } from '../../domain/dataset/dataset.form.ts'
import { readAnswers } from './answers.ts'
import { readValue, writeNumber, writeValue } from './answers.value.ts'
import { readXForm } from './read-xform.ts'

const MODEL = readXForm(readFileSync(new URL('fixtures/household-survey-th.xml', import.meta.url), 'utf8'))
const submission = (inside: string) => `<?xml version="1.0"?><data id="hh_survey" version="2026112301" xmlns:orx="http://openrosa.org/xforms" xmlns:jr="http://openrosa.org/javarosa">${inside}</data>`
const read = (inside: string) => readAnswers(MODEL, submission(inside))

describe('a household that was interviewed', () => {
  const answers = read(`<start>2026-11-26T08:40:17.168+07:00</start><end>2026-11-26T08:50:59+07:00</end><deviceid>collect:1</deviceid>
    <g_site><province>50</province><district>5001</district><village>บ้านใหม่ </village><location>18.7883 98.9853 310 4.5</location><photo>บ้าน.jpg</photo></g_site><consent>yes</consent>
    <g_hh><head_name>ใจ &amp; คำ</head_name><person jr:template=""><name>แม่แบบ</name></person><person><name>ใจ</name><age>61</age><income>1200.50</income><disability>see  hear</disability></person>
      <person><name>คำ</name><age/><income></income></person><visit_date>2026-11-26</visit_date></g_hh>
    <orx:meta><orx:instanceID>uuid:2</orx:instanceID><orx:deprecatedID>uuid:1</orx:deprecatedID><orx:instanceName>HH ใจ</orx:instanceName><orx:audit>audit.csv</orx:audit></orx:meta>`)

  test('has its form, ids, times and files', () => {
    expect(answers).toMatchObject({
      formId: 'hh_survey', version: '2026112301', instanceId: 'uuid:2', deprecatedId: 'uuid:1', instanceName: 'HH ใจ', start: '2026-11-26T08:40:17.168+07:00', end: '2026-11-26T08:50:59+07:00',
      deviceId: 'collect:1', files: ['บ้าน.jpg', 'audit.csv'], entity: null, unfit: [], unknown: [],
    })
  })
  test('has typed answers; what was asked and not answered is null, what was not asked is not there', () => {
    expect(answers.values).toMatchObject({
      '/data/g_site/location': { lat: 18.7883, lon: 98.9853, altitude: 310, accuracy: 4.5 }, '/data/g_site/village': 'บ้านใหม่ ', '/data/g_hh/head_name': 'ใจ & คำ', '/data/g_hh/visit_date': '2026-11-26',
    })
    expect('/data/g_hh/problems' in answers.values).toBe(false)
  })
  test('has a row for each member, none for the template', () => {
    const path = '/data/g_hh/person'
    expect(answers.rows).toEqual([
      { repeat: path, position: 1, parent: null, values: { [`${path}/name`]: 'ใจ', [`${path}/age`]: 61, [`${path}/income`]: 1200.5, [`${path}/disability`]: ['see', 'hear'] } },
      { repeat: path, position: 2, parent: null, values: { [`${path}/name`]: 'คำ', [`${path}/age`]: null, [`${path}/income`]: null } },
    ])
  })
})

test('what does not fit its type is kept as it came, with its row', () => {
  const { values, rows, unfit } = read('<g_site><location>ไม่รู้</location></g_site><g_hh><person><age>10</age></person><person><age>สิบ</age><income>1,200</income></person><visit_date>2026-02-30</visit_date></g_hh>')
  expect(unfit).toEqual([
    { path: '/data/g_site/location', row: null, text: 'ไม่รู้', expected: 'point' },
    { path: '/data/g_hh/person/age', row: 1, text: 'สิบ', expected: 'integer' }, { path: '/data/g_hh/person/income', row: 1, text: '1,200', expected: 'decimal' },
    { path: '/data/g_hh/visit_date', row: null, text: '2026-02-30', expected: 'date' },
  ])
  expect([values['/data/g_hh/visit_date'], rows[1]?.values['/data/g_hh/person/age']]).toEqual([null, null])
})

test('what the form does not know, or knows once, is listed and not lost', () => {
  const { values, unknown } = read('<consent>yes</consent><consent>no</consent><g_site><wifi>1<b>2</b></wifi><district>50<i>01</i></district></g_site><g_hh><person><pet>หมา</pet></person></g_hh><meta><userID>mali</userID><mood>ดี</mood></meta>')
  expect(values['/data/consent']).toBe('yes')
  expect(unknown).toEqual([
    { path: '/data/consent', row: null, text: 'no' }, { path: '/data/g_site/wifi/b', row: null, text: '2' }, { path: '/data/g_site/wifi', row: null, text: '1' },
    { path: '/data/g_site/district/i', row: null, text: '01' }, { path: '/data/g_site/district', row: null, text: '50' },
    { path: '/data/g_hh/person/pet', row: 0, text: 'หมา' }, { path: '/data/meta/mood', row: null, text: 'ดี' },
  ])
})

test('rows inside rows know theirs, and count from one in each', () => {
  const repeat = (path: string, around: string | null) => ({ path, name: '', label: { th: '', en: '' }, repeat: around })
  const size = { ...MODEL.questions[5]!, path: '/data/house/room/size', name: 'size', type: 'integer' as const, repeat: '/data/house/room' }
  const model = { ...MODEL, questions: [size], repeats: [repeat('/data/house', null), repeat('/data/house/room', '/data/house')] }
  const { rows } = readAnswers(model, submission('<house><room><size>1</size></room><room><size>2</size></room></house><house/><house><room><size>3</size></room></house>'))
  expect(rows.map(({ repeat, position, parent, values }) => [repeat.split('/').at(-1), position, parent, values[size.path]])).toEqual([
    ['house', 1, null, undefined], ['room', 1, 0, 1], ['room', 2, 0, 2], ['house', 2, null, undefined], ['house', 3, null, undefined], ['room', 1, 4, 3],
  ])
})

test.each([
  ['create="1" update="" baseVersion=""', { create: true, update: false, baseVersion: null }],
  ['create="true"', { create: true, update: false, baseVersion: null }],
  ['update="1" baseVersion="3"', { create: false, update: true, baseVersion: 3 }],
  ['create="yes" update="0" baseVersion="x"', { create: false, update: false, baseVersion: null }],
])('a thing with %s', (attributes, act) => {
  expect(read(`<meta><entity dataset="attraction" id=" uuid-1 " ${attributes}><label>น้ำตก</label></entity></meta>`).entity).toEqual({ list: 'attraction', id: 'uuid-1', label: 'น้ำตก', ...act })
})

describe('answers by type', () => {
  test.each([
    ['integer', '007', 7], ['integer', '-3', -3], ['integer', '5.0', undefined], ['integer', '1e3', undefined], ['integer', '12345678901234567890', undefined], ['integer', '๗', undefined],
    ['decimal', '.5', 0.5], ['decimal', '5.0', 5], ['decimal', '1.5E3', 1500], ['decimal', '1,5', undefined], ['decimal', 'NaN', undefined], ['decimal', 'Infinity', undefined], ['decimal', '0x10', undefined],
    ['boolean', 'true', true], ['boolean', '0', false], ['boolean', 'yes', undefined],
    ['date', '2024-02-29', '2024-02-29'], ['date', '2023-02-29', undefined], ['date', '0044-03-15', '0044-03-15'], ['date', '29/02/2024', undefined], ['date', '2567-02-29', undefined],
    ['time', '08:05:00.000+07:00', '08:05:00.000+07:00'], ['time', '24:00', undefined], ['dateTime', '2026-11-26T08:05:00.000+07', '2026-11-26T08:05:00.000+07'],
    ['dateTime', '2026-11-26', undefined], ['dateTime', '2026-13-26T08:05:00Z', undefined],
    ['point', '18.7 98.9', { lat: 18.7, lon: 98.9, altitude: null, accuracy: null }], ['point', '98.9 18.7 0 0', undefined], ['point', '18.7', undefined], ['point', '18.7 98.9 x 1', undefined],
    ['trace', '1 1 0 0; 2 2 0 0', '1 1 0 0; 2 2 0 0'], ['trace', '1 1 0 0', undefined], ['shape', '1 1;2 2;3 1;1 1;', '1 1;2 2;3 1;1 1;'], ['shape', '1 1;2 2;3 1', undefined],
    ['choice', ' yes ', 'yes'], ['choices', ' a  b ', ['a', 'b']], ['text', ' a ', ' a '], ['trigger', 'OK', 'OK'],
  ] as const)('%s %s', (type, text, value) => { expect(readValue(type, text)).toEqual(value) })

  test('a number is written as XPath writes it, and reads as itself', () => {
    expect([1e-7, 1e21, -0, 1500].map(writeNumber)).toEqual(['0.0000001', '1000000000000000000000', '0', '1500'])
    fc.assert(fc.property(fc.integer(), whole => { expect(readValue('integer', writeNumber(whole))).toBe(whole === 0 ? 0 : whole) }))
  })
  test('what is written is read the same', () => {
    const degrees = (most: number) => fc.integer({ min: -most * 1e6, max: most * 1e6 }).map(micro => micro === 0 ? 0 : micro / 1e6)
    const point = fc.record({ lat: degrees(90), lon: degrees(180), altitude: degrees(9000), accuracy: degrees(100) })
    fc.assert(fc.property(point, point => { expect(readValue('point', writeValue(point))).toEqual(point) }))
  })
})

describe('beside a document that is built whole and asked by path', () => {
  const NAMES = ['start', 'consent', 'g_site', 'g_hh', 'person', 'name', 'age', 'village', 'meta', 'instanceID', 'x']
  const piece = fc.oneof(fc.constantFrom('', ' ', 'yes', '12', '&lt;', '<![CDATA[<a>]]>', '<!-- no -->'), fc.stringMatching(/^[ก-๙a-z0-9 ]{1,8}$/))
  const tree = fc.letrec<{ element: string }>(tie => ({
    element: fc.tuple(fc.constantFrom(...NAMES), fc.array(fc.oneof({ depthSize: 'medium' }, piece, tie('element')), { maxLength: 5 })).map(([name, inside]) => `<${name}>${inside.join('')}</${name}>`),
  })).element

  test('every text of a submission is found again: as an answer, as one that does not fit, or among the unknown', { timeout: 60_000 }, () => {
    const { window } = new JSDOM('')
    const parse = (xml: string) => new window.DOMParser().parseFromString(xml, 'text/xml')
    fc.assert(fc.property(fc.array(tree, { maxLength: 6 }), elements => {
      const xml = submission(elements.join('')), answers = readAnswers(MODEL, xml)
      const own = (element: Element) => [...element.childNodes].filter(node => node.nodeType === 3 || node.nodeType === 4).map(node => node.textContent).join('').trim()
      const said = [...parse(xml).querySelectorAll('*')].map(own).filter(text => text !== '')
      const kept = [answers.values, ...answers.rows.map(row => row.values)].flatMap(values => Object.values(values)).map(writeValue)
      const found = new Set([...kept, ...[...answers.unfit, ...answers.unknown].map(({ text }) => text), answers.instanceId ?? ''].map(text => text.trim()))
      for (const text of said) expect(found).toContain(text)
      expect(answers.rows.length).toBe([...parse(xml).querySelectorAll('data > g_hh > person')].length)
    }), { numRuns: 100 })
  })
})

test.each(AnswerType.options)('a long answer, %s or not, is read at once, however it ends', type => {
  const long = ['1', ' ', ';', '1.', '-', '1 1;', 'a '].flatMap(part => ['', 'x', ';', '.'].map(end => `1${part.repeat(100_000)}${end}`))
  const began = performance.now()
  for (const text of long) expect(writeValue(readValue(type, text)).length).toBeLessThanOrEqual(text.length + 1)
  expect(performance.now() - began).toBeLessThan(10_000)
})
