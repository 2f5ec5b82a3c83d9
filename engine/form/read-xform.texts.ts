import type { Lang, Text } from '../../domain/base/text.ts'
import { attributeOf, childOf, contentOf, elementsOf, type XmlElement } from './read-xml.ts'

/** What a form says, by language as it calls them. */
export type FormTexts = {
  languages: string[]
  /** A `<label>`, `<hint>` or similar; null where it says nothing. */
  of: (element: XmlElement | undefined) => Text | null
  /** By the id in the itext. */
  byId: (id: string) => Text | null
  /** A message that stands in an attribute: as it is, or as `jr:itext('id')`. */
  message: (value: string | null) => Text | null
}

type Said = { language: string; text: string }
type Itext = { languages: string[]; byId: Map<string, Said[]> }
const ITEXT = /^\s*jr:itext\(\s*(['"])(.*)\1\s*\)\s*$/
/** How a form says that it says nothing in a language. */
const NOTHING = '-'

export function readTexts(model: XmlElement): FormTexts {
  const { languages, byId: said } = readItext(childOf(model, 'itext'))
  const byId = (id: string) => choose(said.get(id) ?? [])
  const message = (value: string | null) => {
    const id = ITEXT.exec(value ?? '')?.[2]
    return id === undefined ? same(value ?? '') : byId(id)
  }
  const of = (element: XmlElement | undefined) => {
    const ref = element && attributeOf(element, 'ref')
    return ref ? message(ref) : element ? same(sentenceOf(element)) : null
  }
  return { languages, of, byId, message }
}

/** Languages with the default one first. */
function readItext(itext: XmlElement | undefined): Itext {
  const translations = itext ? elementsOf(itext, 'translation') : []
  const sorted = translations.toSorted((a, b) => Number(attributeOf(b, 'default') !== null) - Number(attributeOf(a, 'default') !== null))
  const byId = new Map<string, Said[]>()
  for (const translation of sorted) {
    const language = attributeOf(translation, 'lang') ?? ''
    for (const text of elementsOf(translation, 'text')) {
      const id = attributeOf(text, 'id') ?? '', said = byId.get(id) ?? []
      byId.set(id, [...said, { language, text: spokenOf(text) }])
    }
  }
  return { languages: translations.map(translation => attributeOf(translation, 'lang') ?? ''), byId }
}

/** What is to be read, not the pictures and sounds beside it. */
function spokenOf(text: XmlElement): string {
  const values = elementsOf(text, 'value')
  const form = (name: string | null) => values.find(value => attributeOf(value, 'form') === name)
  const value = form(null) ?? form('long') ?? form('short')
  return value ? sentenceOf(value) : ''
}

/** Text with answers woven in, each as `${name}`. */
function sentenceOf(element: XmlElement): string {
  const words = element.children.map(child => typeof child === 'string' ? child : child.name === 'output' ? `\${${answerOf(child)}}` : contentOf(child))
  return words.join('').replace(/\s+/g, ' ').trim()
}

function answerOf(output: XmlElement): string {
  const expression = (attributeOf(output, 'value') ?? attributeOf(output, 'ref') ?? '').trim()
  return /^[\w./-]+$/.test(expression) ? expression.split('/').at(-1) ?? expression : expression
}

/**
 * Each language in its own, else in columns without a language, else in the other, else in the form's first; a form in one language says
 * the same in both.
 */
function choose(said: Said[]): Text | null {
  const spoken = said.filter(({ text }) => text !== '' && text !== NOTHING)
  const inLang = (lang: Lang) => spoken.find(({ language }) => langOf(language) === lang)?.text
  const plain = spoken.find(({ language }) => language === 'default')?.text, first = spoken[0]?.text
  return first === undefined ? null : { th: inLang('th') ?? plain ?? inLang('en') ?? first, en: inLang('en') ?? plain ?? inLang('th') ?? first }
}

function same(text: string): Text | null {
  return text.trim() === '' ? null : { th: text, en: text }
}

/** @example langOf('ไทย (th)') // => 'th' */
export function langOf(language: string): Lang | null {
  if (/\(th\)\s*$|^\s*th(ai)?\s*$|^\s*(ภาษา)?ไทย/i.test(language)) return 'th'
  return /\(en(-\w+)?\)\s*$|^\s*en(glish)?\s*$|^\s*(ภาษา)?อังกฤษ/i.test(language) ? 'en' : null
}
