import { SaxesParser } from 'saxes'
import type { ZipEntry } from './zip-entries.ts'

export type Attributes = Record<string, string>
/** What is met, by names without their prefix; `depth` is 1 for the outermost. */
export type XmlEvents = { open: (name: string, attributes: Attributes, depth: number) => void; close?: (name: string) => void; text?: (text: string) => void }

const MOST_DEEP = 64, MOST_BETWEEN_TAGS = 1_000_000, SMALL_BYTES = 32 * 1024 * 1024

/**
 * The XML of a part of a workbook, as it is unpacked; after each piece whoever asks may take what came of it. It came from outside: no DTD, no
 * entities but the five of XML, nothing that has to be held whole. Throws at the first fault.
 */
export async function* walkPart(part: ZipEntry, events: XmlEvents): AsyncGenerator<void> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let letters = 0
  const parser = makeParser(events, () => { letters = 0 })
  for await (const piece of part.unpack()) {
    const text = decoder.decode(piece, { stream: true })
    letters += text.length
    if (letters > MOST_BETWEEN_TAGS) throw new Error('a text without end')
    parser.write(text)
    yield
  }
  parser.write(decoder.decode()).close()
  yield
}

function makeParser({ open, close, text }: XmlEvents, onTag: () => void): SaxesParser {
  const parser = new SaxesParser()
  let depth = 0
  parser.on('error', error => { throw error })
  parser.on('doctype', () => { throw new Error('a DTD') })
  parser.on('opentag', ({ name, attributes }) => {
    onTag()
    if (++depth > MOST_DEEP) throw new Error('too deep')
    open(localOf(name), attributes, depth)
  })
  parser.on('closetag', ({ name }) => { onTag(); depth--; close?.(localOf(name)) })
  if (text) { parser.on('text', text); parser.on('cdata', text) }
  return parser
}

/** A small part whole: what of it is kept can then not be much. */
export async function walkSmall(part: ZipEntry, open: XmlEvents['open']): Promise<void> {
  if (part.size > SMALL_BYTES) throw new Error(`${part.name} is too long`)
  for await (const _piece of walkPart(part, { open }));
}

/** @example localOf('x:row') // => 'row' */
export const localOf = (name: string) => name.slice(name.indexOf(':') + 1)
