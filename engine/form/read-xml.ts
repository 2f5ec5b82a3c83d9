import { SaxesParser, type SaxesTagNS } from 'saxes'
import { problem } from '../../domain/base/problem.ts'

export type XmlTag = SaxesTagNS
/** `at`: where in the text the content begins (opening) or the closing tag has ended. */
export type XmlEvents = { open: (tag: XmlTag, at: number) => void; close: (tag: XmlTag, at: number) => void; text: (text: string) => void }
export type XmlLimits = { characters: number; depth: number }

type Nothing = Record<string, never>

export const xmlProblems = {
  tooLarge: problem('xml/too-large', {
    th: (d: XmlLimits) => `ไฟล์ XML ยาวเกิน ${d.characters} ตัวอักษร แบ่งเป็นหลายแบบฟอร์ม หรือใช้ไฟล์ CSV สำหรับรายการยาว`,
    en: d => `The XML is longer than ${d.characters} characters. Split the form, or use a CSV file for long lists.`,
  }),
  tooDeep: problem('xml/too-deep', {
    th: (d: XmlLimits & { name: string }) => `XML ซ้อนกันลึกเกิน ${d.depth} ชั้นที่ <${d.name}> ลดจำนวนกลุ่มที่ซ้อนกัน`,
    en: d => `The XML is nested deeper than ${d.depth} at <${d.name}>. Use fewer groups inside groups.`,
  }),
  doctype: problem('xml/doctype', {
    th: (_: Nothing) => 'XML มี DOCTYPE ซึ่งไม่อนุญาต ลบบรรทัด <!DOCTYPE …> ออก',
    en: () => 'The XML has a DOCTYPE, which is not allowed. Remove the line <!DOCTYPE …>.',
  }),
  notWellFormed: problem('xml/not-well-formed', {
    th: (d: { reason: string }) => `XML ไม่ถูกต้องที่ ${d.reason} (บรรทัด:ตำแหน่ง) ส่งออกหรือส่งใหม่อีกครั้ง`,
    en: d => `The XML is not well formed at ${d.reason} (line:column). Export or send it again.`,
  }),
}

/** One pass over a document that came from outside: no DTD, no entities but the five of XML, within limits; the first fault ends it. */
export function walkXml(xml: string, limits: XmlLimits, events: XmlEvents): void {
  if (xml.length > limits.characters) throw xmlProblems.tooLarge(limits)
  const parser = new SaxesParser({ xmlns: true })
  let depth = 0
  parser.on('error', ({ message }) => { throw xmlProblems.notWellFormed({ reason: message }) })
  parser.on('doctype', () => { throw xmlProblems.doctype({}) })
  parser.on('opentag', tag => {
    if (++depth > limits.depth) throw xmlProblems.tooDeep({ ...limits, name: tag.name })
    events.open(tag, parser.position)
  })
  parser.on('closetag', tag => { depth--; events.close(tag, parser.position) })
  parser.on('text', text => { events.text(text) })
  parser.on('cdata', text => { events.text(text) })
  parser.write(xml).close()
}

/** An element as a tree, for documents that are read once and small enough: forms. */
export type XmlElement = { name: string; uri: string; attributes: XmlTag['attributes']; children: (XmlElement | string)[] }

export function readXml(xml: string, limits: XmlLimits): XmlElement {
  const document: XmlElement = { name: '', uri: '', attributes: {}, children: [] }
  const open = [document]
  walkXml(xml, limits, {
    open: ({ local, uri, attributes }) => {
      const element = { name: local, uri, attributes, children: [] }
      open.at(-1)?.children.push(element)
      open.push(element)
    },
    close: () => { open.pop() },
    text: text => { if (open.length > 1) open.at(-1)?.children.push(text) },
  })
  return elementsOf(document)[0] as XmlElement
}

export function elementsOf({ children }: XmlElement, name?: string): XmlElement[] {
  return children.filter(child => typeof child !== 'string').filter(child => name === undefined || child.name === name)
}

/** @example childOf(form, 'head', 'model') // the first model of the first head */
export function childOf(element: XmlElement | undefined, ...names: string[]): XmlElement | undefined {
  return names.reduce<XmlElement | undefined>((at, name) => at && elementsOf(at, name)[0], element)
}

/** All text inside, of elements below too. */
export function contentOf(element: XmlElement): string {
  return element.children.map(child => typeof child === 'string' ? child : contentOf(child)).join('')
}

/** An attribute by its local name; without a namespace, any or none. */
export function attributeOf({ attributes }: Pick<XmlElement, 'attributes'>, local: string, uri?: string): string | null {
  for (const name in attributes) {
    const attribute = attributes[name]
    if (attribute?.local === local && (uri === undefined || attribute.uri === uri)) return attribute.value
  }
  return null
}
