import { crc32, deflateRawSync } from 'node:zlib'
import { HEADER, ROWS } from './hostile-files.table.ts'

export type Parts = Record<string, string | Uint8Array>
/** `declared`: what the list of contents says that a part unpacks to; `overlap`: all parts stand at one place; `zip64`: sizes as for a part beyond 4 GB. */
export type Lies = { declared?: Record<string, number>; flags?: number; comment?: string; overlap?: boolean; zip64?: boolean; crc?: number }

const LOCAL = 0x04034b50, CENTRAL = 0x02014b50, END = 0x06054b50, DEFLATE = 8, UNKNOWN = 0xffffffff

/** A ZIP written by hand, so that it can lie. */
export function zipOf(parts: Parts, { declared = {}, flags = 0, comment = '', overlap = false, zip64 = false, crc }: Lies = {}): Uint8Array {
  const pieces: Buffer[] = [], list: Buffer[] = []
  let at = 0
  for (const [name, content] of Object.entries(parts)) {
    const body = Buffer.from(content as string), packed = deflateRawSync(body), title = Buffer.from(name)
    const [local, central] = [Buffer.alloc(30), Buffer.alloc(46)], size = declared[name] ?? body.length, extra = zip64 ? sizes64(size, packed.length) : Buffer.alloc(0)
    local.writeUInt32LE(LOCAL, 0)
    central.writeUInt32LE(CENTRAL, 0)
    for (const [head, shift] of [[local, 0], [central, 2]] as const) {
      head.writeUInt16LE(20, 4 + shift); head.writeUInt16LE(flags, 6 + shift); head.writeUInt16LE(DEFLATE, 8 + shift); head.writeUInt32LE(crc ?? crc32(body), 14 + shift)
      head.writeUInt32LE(packed.length, 18 + shift); head.writeUInt32LE(size, 22 + shift); head.writeUInt16LE(title.length, 26 + shift)
    }
    if (zip64) { central.writeUInt32LE(UNKNOWN, 20); central.writeUInt32LE(UNKNOWN, 24); central.writeUInt16LE(extra.length, 30) }
    central.writeUInt32LE(overlap ? 0 : at, 42)
    pieces.push(local, title, packed)
    list.push(central, title, extra)
    at += local.length + title.length + packed.length
  }
  const contents = Buffer.concat(list), end = Buffer.alloc(22), count = Object.keys(parts).length
  end.writeUInt32LE(END, 0); end.writeUInt16LE(count, 8); end.writeUInt16LE(count, 10); end.writeUInt32LE(contents.length, 12); end.writeUInt32LE(at, 16); end.writeUInt16LE(comment.length, 20)
  return new Uint8Array(Buffer.concat([...pieces, contents, end, Buffer.from(comment)]))
}

function sizes64(size: number, packed: number): Buffer {
  const extra = Buffer.alloc(20)
  extra.writeUInt16LE(1, 0); extra.writeUInt16LE(16, 2); extra.writeBigUInt64LE(BigInt(size), 4); extra.writeBigUInt64LE(BigInt(packed), 12)
  return extra
}

const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships', OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships', MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const relations = (list: [id: string, kind: string, target: string][]) => `<?xml version="1.0"?><Relationships xmlns="${RELATIONS}">${list.map(([id, kind, target]) => `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`).join('')}</Relationships>`
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
export const inline = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${escaped(text)}</t></is></c>`
export const rowXml = (number: number, cells: readonly string[]) => `<row r="${number}">${cells.map((cell, i) => inline(`${String.fromCharCode(65 + i)}${number}`, cell)).join('')}</row>`
export const TABLE_XML = [HEADER, ...ROWS].map((cells, i) => rowXml(i + 1, cells)).join('')
export const sheetXml = (rows: string) => `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="${MAIN}"><sheetData>${rows}</sheetData></worksheet>`

type BookParts = { sheets?: Record<string, string>; hidden?: string[]; strings?: string; styles?: string; date1904?: boolean; more?: Parts; without?: string[]; lies?: Lies; head?: string }

/** A workbook with sheets of the given XML, made of the parts that the standard asks for. */
export function makeBook({ sheets = { แผ่น1: sheetXml(TABLE_XML) }, hidden = [], strings, styles, date1904 = false, more = {}, without = [], lies, head = '' }: BookParts): Uint8Array {
  const names = Object.keys(sheets)
  const parts: Parts = {
    '[Content_Types].xml': '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    '_rels/.rels': relations([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<?xml version="1.0"?>${head}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${names.map((name, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"${hidden.includes(name) ? ' state="hidden"' : ''}/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations([...names.map((_, i): [string, string, string] => [`rId${i + 1}`, 'worksheet', `worksheets/sheet${i + 1}.xml`]), ...strings === undefined ? [] : [['rId98', 'sharedStrings', 'sharedStrings.xml'] as [string, string, string]], ...styles === undefined ? [] : [['rId99', 'styles', 'styles.xml'] as [string, string, string]]]),
    ...Object.fromEntries(names.map((name, i) => [`xl/worksheets/sheet${i + 1}.xml`, sheets[name] as string])),
    ...strings === undefined ? {} : { 'xl/sharedStrings.xml': strings }, ...styles === undefined ? {} : { 'xl/styles.xml': styles }, ...more,
  }
  return zipOf(Object.fromEntries(Object.entries(parts).filter(([name]) => !without.includes(name))), lies)
}

export const stringsXml = (items: string, head = '') => `<?xml version="1.0"?>${head}<sst xmlns="${MAIN}">${items}</sst>`
/** Style 1 is a date, style 2 a date of a person's own making, style 3 a time, style 4 a date as a Thai Excel writes it. */
export const STYLES = `<?xml version="1.0"?><styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="[$-D07041E]d mmmm yyyy"/></numFmts><cellXfs count="5"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="20"/><xf numFmtId="71"/></cellXfs></styleSheet>`
