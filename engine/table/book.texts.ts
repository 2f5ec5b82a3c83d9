import { tableFault } from '../../domain/table/problems.table.ts'
import type { TableFault } from '../../domain/table/table.ts'
import { walkPart, type XmlEvents } from './book.xml.ts'
import { TABLE_LIMITS } from './limits.ts'
import type { ZipEntry } from './zip-entries.ts'

/** Why a workbook cannot be read on, where more can be said than that it is damaged. */
export class BookError extends Error {
  readonly fault: TableFault
  constructor(fault: TableFault) { super(fault.say.en); this.fault = fault }
}

type Limits = { bookTexts: number; bookTextCharacters: number }

/** The texts that cells share, in their order: the one thing of a workbook that is held while its rows go by, so there are limits to it. */
export async function sharedTexts(part: ZipEntry | null, { bookTexts, bookTextCharacters }: Limits = TABLE_LIMITS): Promise<string[]> {
  const texts: string[] = [], say = makeSaying()
  let letters = 0
  const close = (name: string) => {
    say.close(name)
    if (name !== 'si') return
    const text = say.take()
    letters += text.length
    if (texts.push(text) > bookTexts || letters > bookTextCharacters) throw new BookError(tableFault('tooManyTexts', { texts: bookTexts, characters: bookTextCharacters }))
  }
  if (part) for await (const _piece of walkPart(part, { ...say, close }));
  return texts
}

/** Gathers what is said in an element `t`, or in many with letters of different looks; how it is pronounced is left out. */
export function makeSaying(): Required<XmlEvents> & { take: () => string } {
  let said = '', isSaid = false, isPronounced = false
  return {
    open: name => { if (name === 't') isSaid = !isPronounced; else if (name === 'rPh') isPronounced = true },
    close: name => { if (name === 't') isSaid = false; else if (name === 'rPh') isPronounced = false },
    text: text => { if (isSaid && (said += text).length > MOST_LETTERS) throw new Error('a text without end') },
    take: () => { const text = said; said = ''; return plain(text) },
  }
}

const MOST_LETTERS = 1_000_000
const HIDDEN = /_x([\dA-Fa-f]{4})_/g, LOST = '\ufffd'

/** Characters that XML may not hold are written `_x000D_`; one that no text may hold either is lost, and told as such. */
export function plain(text: string): string {
  return text.includes('_x') ? text.replace(HIDDEN, (_, code: string) => String.fromCharCode(parseInt(code, 16)).replace('\0', LOST)).toWellFormed() : text
}
