import { expect, test } from 'vitest'
import { decode } from './decode.ts'

const THAI = 'จังหวัด,แม่ริม\n'
// windows-874 puts the Thai block of Unicode at 0xA1–0xFB.
const tis = (text: string) => Uint8Array.from([...text], letter => { const code = letter.codePointAt(0) as number; return code < 0x80 ? code : code - 0xe00 + 0xa0 })

test('the same table is read from every encoding that ministries send', () => {
  const utf16 = Buffer.from(THAI, 'utf16le')
  expect(decode(Buffer.from(THAI))).toEqual({ text: THAI, encoding: 'utf-8' })
  expect(decode(Buffer.from('\ufeff' + THAI))).toEqual({ text: THAI, encoding: 'utf-8' })
  expect(decode(tis(THAI))).toEqual({ text: THAI, encoding: 'windows-874' })
  expect(decode(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]))).toEqual({ text: THAI, encoding: 'utf-16le' })
  expect(decode(Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]))).toEqual({ text: THAI, encoding: 'utf-16be' })
  expect(decode(Buffer.from('a,b\n1,2\n', 'utf16le'))).toEqual({ text: 'a,b\n1,2\n', encoding: 'utf-16le' })
})

test('a spreadsheet with a .csv name is named for what it is', () => {
  expect(decode(Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0]))).toEqual({ fault: 'not-text', found: 'XLSX, ZIP' })
  expect(decode(Uint8Array.from([0x61, 0x62, 0, 0x63]))).toEqual({ fault: 'not-text', found: 'binary' })
})

test('bytes of no encoding are told with their line', () => {
  expect(decode(Uint8Array.from([0x61, 0x0a, 0x62, 0x0a, 0xff, 0xdb, 0x0a]))).toEqual({ fault: 'unreadable', line: 3 })
})
