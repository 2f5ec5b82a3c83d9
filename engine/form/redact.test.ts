import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FormModel } from '../../domain/dataset/dataset.form.ts'
import { mentionsOf } from '../match/person.ts'
import { readXml, contentOf, type XmlElement } from './read-xml.ts'
import { redactSubmission, type Redaction } from './redact.ts'

const MODEL = { root: 'data', repeats: [{ path: '/data/member', name: 'member', repeat: null }, { path: '/data/member/job', name: 'job', repeat: '/data/member' }] } as unknown as FormModel
const { mentions, calls } = mentionsOf({ names: ['คำ ใจดี'], numbers: ['1101700230708'], words: ['0811112222'] })
const OF_KHAM: Redaction = { row: ({ values }) => values['/data/member/name'] === 'คำ ใจดี', paths: new Set(['/data/phone']), text: (text, inRow) => inRow ? mentions(text) : calls(text) }
const house = (inner: string) => `<?xml version="1.0"?><data id="household" version="7"><!-- คำ ใจดี --><head>12 · คำ</head><phone>0811112222</phone>${inner}<remark>น้ำไหลดี</remark><meta xmlns="http://openrosa.org/xforms"><instanceID>uuid:1</instanceID><instanceName>บ้านคำ ใจดี</instanceName></meta></data>`
const LIMITS = { characters: 1e6, depth: 64 }

test('one member is taken out of a household: the row stays, empty, and the others as they were', () => {
  const { xml, gone } = redactSubmission(house('<member><name>คำ ใจดี</name><age>81</age><job><title>ทอผ้า</title></job></member><member><name>สม ใจดี</name><mother>นางคำ  ใจดี</mother><age>40</age></member>'), MODEL, OF_KHAM)
  expect(xml).not.toMatch(/คำ|81|ทอผ้า|0811112222/)
  expect(xml).toContain('<member><name></name><age></age><job><title></title></job></member><member><name>สม ใจดี</name><mother></mother><age>40</age></member>')
  expect(xml).toContain('<instanceID>uuid:1</instanceID>')
  expect(xml).toContain('น้ำไหลดี')
  expect(gone.map(({ path }) => path)).toEqual(['/data/head', '/data/phone', '/data/member/name', '/data/member/age', '/data/member/job/title', '/data/member/mother', '/data/meta/instanceName'])
})

test('of all, the ids are left, and no text, attribute or comment beside them', () => {
  const { xml } = redactSubmission(house('<member note="คำ"><name><![CDATA[คำ ใจดี]]></name></member>'), MODEL, 'all')
  expect(contentOf(readXml(xml, LIMITS)).trim()).toBe('uuid:1')
  expect(xml).toMatch(/^<data id="household" version="7">/)
  expect(xml).not.toContain('note')
})

test('whatever is not meant reads as before, and what is meant is nowhere: over many households', () => {
  const text = fc.oneof(fc.constantFrom('คำ ใจดี', 'คำ', 'สม', '<&>"', '  ', '1-1017-00230-70-8', ']]>'), fc.string({ maxLength: 8 }).map(given => given.replace(/[^\x20-\x7e\u0e01-\u0e3a]/g, '')))
  const escape = (given: string) => given.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  fc.assert(fc.property(fc.array(fc.record({ name: text, note: text }), { maxLength: 5 }), text, (members, remark) => {
    const before = `<data id="h" version="1"><remark>${escape(remark)}</remark>${members.map(({ name, note }) => `<member><name>${escape(name)}</name><note>${escape(note)}</note></member>`).join('')}</data>`
    const after = readXml(redactSubmission(before, MODEL, OF_KHAM).xml, LIMITS), said = (element: XmlElement) => element.children.map(child => typeof child === 'string' ? '' : contentOf(child))
    const [kept, ...rows] = after.children as XmlElement[]
    expect(contentOf(kept as XmlElement)).toBe(calls(remark) ? '' : remark)
    // the slow way: each member by themselves
    expect(rows.map(said)).toEqual(members.map(({ name, note }) => name.trim() === 'คำ ใจดี' ? [name.trim() === '' ? name : '', note.trim() === '' ? note : ''] : [mentions(name) ? '' : name, mentions(note) ? '' : note]))
  }), { numRuns: 200 })
})
