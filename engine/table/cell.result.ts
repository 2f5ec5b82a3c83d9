import type { Question } from '../../domain/dataset/dataset.form.ts'
import type { Answer } from '../../domain/record/record.ts'
import { cellFault } from '../../domain/table/problems.cell.ts'
import type { TableFault } from '../../domain/table/table.ts'

/** What of a question decides how its cells are read. */
export type CellQuestion = Pick<Question, 'name' | 'type' | 'label' | 'choices' | 'unit' | 'role' | 'term'>
/** An answer as records keep it; a citizen's number as its thirteen digits, for whoever keeps it to seal. */
export type CellValue = Exclude<Answer, { masked: string }>
/** Null: the cell is empty. `warning`: it was read, and somebody should look. The fault's line, column and value are the caller's to fill in. */
export type CellResult = { value: CellValue | null; warning: TableFault | null } | { fault: TableFault }

export const EMPTY: CellResult = Object.freeze({ value: null, warning: null })
export const NO_DATA: CellResult = Object.freeze({ value: null, warning: cellFault('gap', {}) })
export const value = (value: CellValue, warning: TableFault | null = null): CellResult => ({ value, warning })

/** Stands in a cell for a formula that was never computed. */
export const UNSOLVED = '#UNSOLVED!'

const UNSEEN = /[\u200b-\u200f\u2060\ufeff\u00ad]/g, PLAIN = /^[\x21-\x7e]*$/, THAI_ZERO = 0x0e50

/** Text as it was meant: composed (NFC), without characters of no width, without space around it. */
export function plainText(text: string): string {
  return PLAIN.test(text) ? text : text.normalize('NFC').replace(UNSEEN, '').replaceAll('\u00a0', ' ').trim()
}

/** @example latinDigits('๒๕๖๗') // => '2567' */
export function latinDigits(text: string): string {
  return text.replace(/[๐-๙]/g, digit => String(digit.charCodeAt(0) - THAI_ZERO))
}

const NOTHING = /^(?:[-–—_.*]{1,5}|n\/?a|null)$/i, NOTHING_SAID = /^(?:ไม่มีข้อมูล|ไม่ทราบ|ไม่ระบุ|ไม่มี|none|nan|unknown|no data)$/i
/** What people write where nothing is known; words of that meaning are an answer of their own in a text. */
export const isGap = (text: string, isText: boolean) => text.length <= 12 && (NOTHING.test(text) || (!isText && NOTHING_SAID.test(text)))
