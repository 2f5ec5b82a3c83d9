import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maskNationalId, parseNationalId } from './national-id.ts'

/** The sum as it is taught: weights 13 to 2, what is missing to a multiple of eleven, its last digit. */
function taught(twelve: string): string {
  let sum = 0
  for (let weight = 13; weight >= 2; weight--) sum += weight * Number(twelve[13 - weight])
  let last = 0
  while ((sum + last) % 11 !== 0) last++
  return String((last === 0 ? 11 : last) % 10)
}

describe('a citizen’s number', () => {
  test.each([
    ['plain', '1101700230708'], ['with dashes', '1-1017-00230-70-8'], ['with spaces', ' 1 1017 00230 70 8 '], ['in Thai digits', '๑-๑๐๑๗-๐๐๒๓๐-๗๐-๘'],
    ['with the dash of a word processor', '1–1017–00230–70–8'],
  ])('%s', (_, text) => { expect(parseNationalId(text)).toEqual({ digits: '1101700230708', checked: true }) })

  test.each(['', '110170023070', '11017002307081', '1-1017-0023O-70-8', 'ไม่มี', '1101700230708;1101700230708'])('%s is none', text => { expect(parseNationalId(text)).toBeNull() })

  test('a wrong last digit is told, not refused', () => { expect(parseNationalId('1101700230709')).toEqual({ digits: '1101700230709', checked: false }) })

  const twelve = fc.stringMatching(/^[0-9]{12}$/)
  test('for each twelve digits one last digit is right, the one of the sum as it is taught', () => {
    fc.assert(fc.property(twelve, digits => {
      const right = [...'0123456789'].filter(last => parseNationalId(digits + last)?.checked)
      expect(right).toEqual([taught(digits)])
    }))
  })
  test('one digit misread is noticed, but for the third, which weighs eleven, and where two remainders share the last digit 1', () => {
    const place = fc.constantFrom(0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11)
    fc.assert(fc.property(twelve, place, fc.integer({ min: 1, max: 9 }), (digits, place, more) => {
      const misread = digits.slice(0, place) + (Number(digits[place]) + more) % 10 + digits.slice(place + 1)
      fc.pre(taught(digits) !== '1')
      expect(parseNationalId(misread + taught(digits))?.checked).toBe(false)
    }))
    expect(parseNationalId('1191700230708')?.checked).toBe(true)
  })
  test('masked, only the last three digits are left', () => {
    expect(maskNationalId('1101700230708')).toBe('x-xxxx-xxxxx-70-8')
    fc.assert(fc.property(fc.stringMatching(/^[0-9]{13}$/), digits => { expect(maskNationalId(digits).replace(/\D/g, '')).toBe(digits.slice(-3)) }))
  })
})
