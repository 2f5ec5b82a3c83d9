import { inflateRawSync } from 'node:zlib'

const HEADER = Buffer.from('PK\x03\x04'), NAME_LENGTH_AT = 26, EXTRA_LENGTH_AT = 28, METHOD_AT = 8, HEADER_BYTES = 30, DEFLATED = 8

/** The texts inside a ZIP (also a spreadsheet), so that nothing leaves hidden in one. Nothing for any other body. */
export function unzipped(bytes: Buffer): string {
  const texts: string[] = []
  if (!bytes.subarray(0, HEADER.length).equals(HEADER)) return ''
  for (let at = bytes.indexOf(HEADER); at >= 0; at = bytes.indexOf(HEADER, at + HEADER.length)) {
    const start = at + HEADER_BYTES + bytes.readUInt16LE(at + NAME_LENGTH_AT) + bytes.readUInt16LE(at + EXTRA_LENGTH_AT)
    if (bytes.readUInt16LE(at + METHOD_AT) === DEFLATED) texts.push(inflateRawSync(bytes.subarray(start)).toString('utf8'))
  }
  return texts.join('\n')
}
