/** A citizen's number as 13 plain digits, and whether its last digit is the right one. */
export type NationalId = { digits: string; checked: boolean }

const LENGTH = 13, THAI_ZERO = 0x0e50
/** What people put between the groups of digits. */
const BETWEEN = /[\s\u200b.\-‐-―−]/g

/**
 * Reads a number as people write it: with Thai digits, spaces or dashes. Null where it is not 13 digits.
 * @example parseNationalId('๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘') // => { digits: '1101700230708', checked: true }
 */
export function parseNationalId(text: string): NationalId | null {
  const digits = text.replace(/[๐-๙]/g, digit => String(digit.charCodeAt(0) - THAI_ZERO)).replace(BETWEEN, '')
  return /^\d{13}$/.test(digits) ? { digits, checked: checkDigitOf(digits) === digits.at(-1) } : null
}

/** The last digit: 11 − (Σ dᵢ × (14 − i) for the first twelve, i from 1) mod 11, and of that the ones. */
function checkDigitOf(digits: string): string {
  const sum = [...digits].slice(0, LENGTH - 1).reduce((sum, digit, i) => sum + Number(digit) * (LENGTH - i), 0)
  return String((LENGTH - 2 - sum % 11) % 10)
}

/** Enough to tell two members of a household apart, not enough to look anybody up. @example maskNationalId('1101700230708') // => 'x-xxxx-xxxxx-70-8' */
export function maskNationalId(digits: string): string {
  return `x-xxxx-xxxxx-${digits.slice(10, 12)}-${digits.slice(12)}`
}
