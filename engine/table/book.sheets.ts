import { unpacked, type ZipEntry } from './zip-entries.ts'

/** A sheet as the workbook lists it; `path` of the part that holds it. */
export type BookSheet = { name: string; isHidden: boolean; path: string | null }
/** A workbook whose outside is in order. `rowBytes` of its largest sheet unpacked says about how long it is. */
export type Book = { bytes: Uint8Array; entries: readonly ZipEntry[]; sheets: BookSheet[]; rowBytes: number }

const SHEET = /<(?:\w+:)?sheet\s[^>]*>/g, RELATION = /<(?:\w+:)?Relationship\s[^>]*>/g
const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** What sheets a workbook has, without taking it apart: the library would read every text of it for that. */
export async function listSheets(bytes: Uint8Array, entries: readonly ZipEntry[]): Promise<BookSheet[]> {
  const [book = '', relations = ''] = await Promise.all(['xl/workbook.xml', 'xl/_rels/workbook.xml.rels'].map(name => textOf(bytes, entries.find(entry => entry.name === name))))
  const targets = new Map((relations.match(RELATION) ?? []).map(tag => [attributeOf(tag, 'Id'), attributeOf(tag, 'Target')]))
  return (book.match(SHEET) ?? []).map(tag => {
    const target = targets.get(attributeOf(tag, '\\w+:id'))
    return { name: attributeOf(tag, 'name') ?? '', isHidden: /idden$/.test(attributeOf(tag, 'state') ?? ''), path: target == null ? null : target.startsWith('/') ? target.slice(1) : `xl/${target}` }
  })
}

function attributeOf(tag: string, name: string): string | null {
  const written = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`).exec(tag)
  return written ? (written[1] ?? written[2] ?? '').replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (all, hex?: string, decimal?: string, sign?: string) => sign ? SIGNS[sign] ?? all : letterOf(hex ? parseInt(hex, 16) : Number(decimal)) ?? all) : null
}

const LAST_LETTER = 0x10ffff
const letterOf = (code: number) => code > 0 && code <= LAST_LETTER ? String.fromCodePoint(code) : null

/** A small part whole, or as much of it as may be. */
async function textOf(bytes: Uint8Array, entry: ZipEntry | undefined): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  if (entry) for await (const chunk of unpacked(bytes, entry)) if ((text += decoder.decode(chunk, { stream: true })).length > MOST_LETTERS) break
  return text
}
const MOST_LETTERS = 10_000_000
