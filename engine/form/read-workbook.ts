import { workbookProblems } from '../../domain/dataset/problems.workbook.ts'
import { decode } from '../table/decode.ts'
import { readMarkdown } from './read-workbook.markdown.ts'
import { sheetOf, type RawSheet } from './read-workbook.sheet.ts'
import { readXlsxSheets } from './read-workbook.xlsx.ts'
import type { Workbook } from './workbook.ts'

const ZIP = [0x50, 0x4b], OLE = [0xd0, 0xcf, 0x11, 0xe0]

/** Reads an XLSForm out of the bytes of a file: XLSX, or Markdown tables. Throws a Problem when it is no workbook. */
export async function readWorkbook(name: string, bytes: Uint8Array): Promise<Workbook> {
  if (bytes.length === 0) throw workbookProblems.empty({ file: name })
  const raw = begins(bytes, ZIP) ? await readXlsxSheets(name, bytes) : readText(name, bytes)
  return { sheets: raw.map(sheet => sheetOf(name, sheet)) }
}

function readText(name: string, bytes: Uint8Array): RawSheet[] {
  if (begins(bytes, OLE)) throw isLocked(bytes) ? workbookProblems.locked({ file: name }) : workbookProblems.oldExcel({ file: name })
  const decoded = decode(bytes)
  const sheets = 'fault' in decoded ? [] : readMarkdown(decoded.text)
  if (sheets.length === 0) throw workbookProblems.notWorkbook({ file: name })
  return sheets
}

function begins(bytes: Uint8Array, head: number[]): boolean {
  return head.every((byte, i) => bytes[i] === byte)
}

/** A workbook with a password is wrapped as old Office files are; inside is a stream of this name, in UTF-16. */
function isLocked(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes).includes([...'EncryptionInfo'].join('\0'))
}
