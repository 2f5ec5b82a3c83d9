import { gzipSync } from 'node:zlib'
import { csvOf, file, joined, utf8, type HostileFile } from './hostile-files.table.ts'
import { makeBook, zipOf } from './hostile-files.zip.ts'

const bytes = (...numbers: number[]) => Uint8Array.from([...numbers, ...Array.from({ length: 600 }, (_, i) => i * 7 % 251)])
const start = (text: string) => joined(utf8(text), bytes())
const OLE = bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)
const HTML = '<html><body><table><tr><td>name</td></tr><tr><td>ถ้ำลอด</td></tr></table></body></html>'

/** Files that are not what their names say. */
export function* hostileKinds(): Iterable<HostileFile> {
  for (const name of ['empty.csv', 'empty.xlsx', 'empty']) yield file(name, '', 'refused')
  yield file('old.xls', OLE, 'refused')
  yield file('old.csv', OLE, 'refused')
  yield file('locked.xlsx', OLE, 'refused')
  yield file('locked-by-content.xls', joined(OLE, new Uint8Array(Buffer.from('EncryptedPackage', 'utf16le'))), 'refused')
  for (const [name, content] of Object.entries({ 'paper.csv': start('%PDF-1.7\n'), 'picture.xlsx': bytes(0x89, 0x50, 0x4e, 0x47), 'photo.csv': bytes(0xff, 0xd8, 0xff, 0xe0), 'gif.csv': start('GIF89a'), 'base.csv': start('SQLite format 3\0'), 'letter.csv': start('{\\rtf1 '), 'columns.csv': start('PAR1'), 'program.csv': bytes(0x4d, 0x5a, 0x90), 'program': bytes(0x7f, 0x45, 0x4c, 0x46) })) yield file(name, content, 'refused')
  for (const [name, content] of Object.entries({ 'a.csv.gz': new Uint8Array(gzipSync(csvOf())), 'a.7z': bytes(0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c), 'a.rar': start('Rar!\x1a\x07'), 'a.bz2': start('BZh91AY'), 'a.xz': bytes(0xfd, 0x37, 0x7a, 0x58, 0x5a), 'a.zst': bytes(0x28, 0xb5, 0x2f, 0xfd) })) yield file(name, content, 'refused')
  for (const name of ['report.xls', 'report.csv', 'report.xlsx']) yield file(name, HTML, 'refused')
  yield file('doctype.xls', `  \n<!DOCTYPE html>${HTML}`, 'refused')
  yield file('table.xls', '<TABLE><TR><TD>1</TD></TR></TABLE>', 'refused')
  yield file('meta.xls', `<meta charset="utf-8">${HTML}`, 'refused')
  yield file('2003.xls', '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"></Workbook>', 'refused')
  yield file('laughs.csv', '<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol1 "&lol;&lol;">]><lolz>&lol1;</lolz>', 'refused')
  for (const [i, json] of ['{"name": "ถ้ำลอด"}', '[{"name": 1}]', '[["name"], ["a"]]', '{}', '[1, 2]', '["a", "b"]'].entries()) yield file(`list-${i}.csv`, json, 'refused')
  yield file('bundle.xlsx', zipOf({ 'a.csv': csvOf() }), 'refused')
  yield file('bundle.zip', zipOf({ 'a.csv': csvOf(), 'b/c.csv': csvOf() }), 'refused')
  yield file('nothing.zip', zipOf({}), 'refused')
  yield file('letter.xlsx', zipOf({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<a/>' }), 'refused')
  yield file('talk.xlsx', zipOf({ '[Content_Types].xml': '<Types/>', 'ppt/presentation.xml': '<a/>' }), 'refused')
  yield file('libre.xlsx', zipOf({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': '<a/>' }), 'refused')
  yield file('binary.xlsx', zipOf({ '[Content_Types].xml': '<Types/>', 'xl/workbook.bin': 'x' }), 'refused')
  yield file('apple.xlsx', zipOf({ 'Index/Document.iwa': 'x' }), 'refused')
  yield file('macro.xlsm', makeBook({ more: { 'xl/vbaProject.bin': 'x' } }), 'refused')
  yield file('macro.xlsx', makeBook({ more: { 'xl/vbaProject.bin': 'x' } }), 'refused')
  for (const name of ['table.xlsx', 'table.pdf', 'table', 'table.TXT', '../../etc/passwd', 'ตาราง\u0000.csv']) yield file(name, csvOf(), 'good')
  for (const name of ['book.csv', 'book.xls', 'book']) yield file(name, makeBook({}), 'good')
}
