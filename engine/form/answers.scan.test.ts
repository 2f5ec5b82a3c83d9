import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { scanSubmission, SUBMISSION_LIMITS } from './answers.scan.ts'

const NID = new Set(['/data/person/nid'])
const FILES = new Set(['/data/photo', '/data/meta/audit'])

test('a submission says at the door which form it answers, its ids and its files', () => {
  const xml = `<?xml version="1.0"?><data id="house" orx:version="7" xmlns:orx="http://openrosa.org/xforms"><photo>บ้าน 1.jpg</photo><photo>บ้าน 1.jpg</photo>
    <orx:meta><orx:instanceID> uuid:2 </orx:instanceID><orx:deprecatedID>uuid:1</orx:deprecatedID><orx:audit>audit.csv</orx:audit></orx:meta></data>`
  expect(scanSubmission(xml, NID, FILES)).toEqual({ formId: 'house', version: '7', instanceId: 'uuid:2', deprecatedId: 'uuid:1', files: ['บ้าน 1.jpg', 'audit.csv'], sealed: [] })
})

test('an instanceID that is not the submission’s own is left alone', () => {
  expect(scanSubmission('<data id="a"><group><meta><instanceID>x</instanceID></meta></group><meta/></data>').instanceId).toBeNull()
})

describe('what is refused, by name', () => {
  test.each([
    ['a DTD', '<!DOCTYPE data [<!ENTITY a "b">]><data id="a">&a;</data>', 'xml/doctype'],
    ['an entity of one’s own', '<data id="a">&a;</data>', 'xml/not-well-formed'],
    ['a tag that is not closed', '<data id="a"><b></data>', 'xml/not-well-formed'],
    ['nothing', '', 'xml/not-well-formed'],
    ['two roots', '<data id="a"/><data id="a"/>', 'xml/not-well-formed'],
    ['a prefix that nobody declared', '<data id="a"><orx:meta/></data>', 'xml/not-well-formed'],
    ['a character that XML does not have', '<data id="a">\u0001</data>', 'xml/not-well-formed'],
    ['a form without an id', '<data version="1"/>', 'xml/no-form-id'],
    ['a tower of groups', `<data id="a">${'<g>'.repeat(SUBMISSION_LIMITS.depth)}${'</g>'.repeat(SUBMISSION_LIMITS.depth)}</data>`, 'xml/too-deep'],
    ['a mountain', `<data id="a">${' '.repeat(SUBMISSION_LIMITS.characters)}</data>`, 'xml/too-large'],
  ])('%s', (_, xml, code) => {
    expect(() => scanSubmission(xml)).toThrow(expect.objectContaining({ code, say: { th: expect.stringMatching(/[ก-๙]/), en: expect.stringMatching(/\w/) } }))
  })
})

describe('a citizen’s number is found wherever it hides', () => {
  /** Pieces of a value as a phone, or somebody who plays with us, may write them, each with the text that it means. */
  const piece = fc.oneof(
    fc.stringMatching(/^[0-9 \-๐-๙]{1,6}$/).map(text => ({ xml: text, text })),
    fc.constantFrom({ xml: '&#49;', text: '1' }, { xml: '&amp;', text: '&' }, { xml: '&lt;', text: '<' }, { xml: '<![CDATA[1</nid>2]]>', text: '1</nid>2' },
      { xml: '<!-- 3-5007-00001-12-3 </nid> -->', text: '' }, { xml: '<?pi </nid>?>', text: '' }, { xml: '\r\n', text: '\n' }, { xml: '😀', text: '😀' }, { xml: '<b>9</b>', text: '9' }),
  )
  const value = fc.array(piece, { maxLength: 6 })
  const frame = (values: string[]) => `\ufeff<?xml version="1.0"?>\r\n<data id="a">\r\n<name>😀</name>${values.map(inside => `<person a="&gt;/>"><nid\n>${inside}</nid ></person>`).join('<!-- <nid>0</nid> -->')}</data>`

  test('its place in the text is exact, so that what replaces it leaves nothing behind', () => {
    fc.assert(fc.property(fc.array(value, { maxLength: 4 }), values => {
      const xml = frame(values.map(pieces => pieces.map(({ xml }) => xml).join('')))
      const { sealed } = scanSubmission(xml, NID)
      expect(sealed.map(spot => spot.text)).toEqual(values.map(pieces => pieces.map(({ text }) => text).join('')))
      const replaced = sealed.reduceRight((text, { start, end }) => `${text.slice(0, start)}SEALED${text.slice(end)}`, xml)
      expect(replaced).toBe(frame(values.map(() => 'SEALED')))
    }), { numRuns: 500 })
  })

  test('under a root of another name too, as the answers are read', () => {
    expect(scanSubmission('<form id="a"><person><nid>1</nid></person></form>', NID).sealed).toMatchObject([{ path: '/data/person/nid', text: '1' }])
    expect(scanSubmission('<x:form id="a" xmlns:x="urn:x"><x:person><y:nid xmlns:y="urn:y">1</y:nid></x:person></x:form>', NID).sealed).toMatchObject([{ text: '1' }])
  })

  test('an empty element has no place for a value', () => {
    const xml = '<data id="a"><person><nid/></person></data>'
    expect(scanSubmission(xml, NID).sealed).toEqual([{ path: '/data/person/nid', text: '', start: xml.indexOf('</person'), end: xml.indexOf('</person') }])
  })
})

test('a quarter of a million names of files are looked at in no time', () => {
  const xml = `<data id="f">${Array.from({ length: 250_000 }, (_, i) => `<p>${i % 200_000}</p>`).join('')}</data>`, began = performance.now()
  expect(scanSubmission(xml, new Set(), new Set(['/data/p'])).files.length).toBe(200_000)
  expect(performance.now() - began).toBeLessThan(10_000)
})
