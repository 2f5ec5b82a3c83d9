import { cellFault } from '../../domain/table/problems.cell.ts'
import type { TableCell } from '../../domain/table/table.ts'
import { latinDigits, value, type CellQuestion, type CellResult } from './cell.result.ts'

/** As a spreadsheet writes a long number that it has shortened. */
const SHORTENED = /^\d(?:\.\d+)?E\+?\d{2}$/i
const PHONE = /phone|telephone|โทร|มือถือ/i, ID_DIGITS = 13, BETWEEN = /[\s.\-‐-―−]/g
/** A telephone number without its 0: nine digits of a mobile, eight of a land line. */
const WITHOUT_ZERO = /^(?:[689]\d{8}|[2-7]\d{7})$/

/** Text as it stands. Long numbers that a spreadsheet broke, and the 0 that it took from a telephone number, are told. */
export function textReader({ role, name, label, term }: CellQuestion): (text: string, cell: TableCell) => CellResult {
  const isPhone = PHONE.test(`${name} ${label.th} ${term ?? ''}`)
  return (text, cell) => {
    const isLost = typeof cell === 'number' ? Number.isInteger(cell) && !Number.isSafeInteger(cell) : SHORTENED.test(text)
    if (isLost) return { fault: cellFault('floatedId', {}) }
    if (role === 'national-id') return nationalId(text)
    if (!isPhone) return value(text)
    const digits = latinDigits(text)
    return WITHOUT_ZERO.test(digits) ? value(`0${digits}`, cellFault('lostZero', { read: `0${digits}` })) : value(digits)
  }
}

function nationalId(text: string): CellResult {
  const digits = latinDigits(text).replace(/\.0$/, '').replace(BETWEEN, '')
  if (!/^\d{13}$/.test(digits)) return { fault: cellFault('notNationalId', {}) }
  const sum = [...digits].slice(0, -1).reduce((sum, digit, i) => sum + Number(digit) * (ID_DIGITS - i), 0)
  return value(digits, String((11 - sum % 11) % 10) === digits.at(-1) ? null : cellFault('nationalIdCheck', {}))
}
