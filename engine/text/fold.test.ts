import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { fold, squeeze } from './fold.ts'

/** As letters look to the eye; the escapes are the pieces that keyboards and PDF files make of them. */
describe('one spelling of a name', () => {
  test.each([
    ['แม่ริม with two เ', '\u0e40\u0e40ม่ริม', 'แม่ริม'],
    ['น้ำพอง with ำ in two pieces', 'น\u0e49\u0e4d\u0e32พอง', 'น้ำพอง'],
    ['น้ำพอง with the tone mark between the pieces', 'น\u0e4d\u0e49\u0e32พอง', 'น้ำพอง'],
    ['น้ำพอง with the tone mark after ำ', 'น\u0e33\u0e49พอง', 'น้ำพอง'],
    ['ลำดับ as PDF files give it', 'ลำาดับ', 'ลำดับ'],
    ['ลำปาง with a letter that was lost on the way', 'ล\ufffdาปาง', 'ลำปาง'],
    ['a tone mark typed before its vowel', 'ท\u0e48ุง', 'ท\u0e38\u0e48ง'],
    ['a vowel typed twice', 'ดีี', 'ดี'],
    ['บุฤๅษี and บุฤาษี', 'บุฤๅษี', 'บุฤาษี'],
    ['Thai digits', 'บ้านคลอง ๓๑', 'บ้านคลอง 31'],
    ['full-width digits', '５００７', '5007'],
    ['characters without width', 'เชียง\u200bใหม่', 'เชียงไหม่'],
    ['ริมใต้ and ริมไต้', 'ริมใต้', 'ริมไต้'],
    ['กรุงเทพฯ', 'กรุงเทพฯ', 'กรุงเทพ'],
    ['a hyphen inside a name', 'สุไหงโก-ลก', 'สุไหงโกลก'],
    ['capitals and an accent', 'Café  de PAI', 'cafe de pai'],
    ['brackets', 'ปอภาร (ปอพาน)', 'ปอภาร ปอพาน'],
  ])('%s', (_, typed, folded) => { expect(fold(typed)).toBe(folded) })

  test('Chiang Mai and chiangmai are one', () => { expect(squeeze('Chiang Mai')).toBe(squeeze('chiangmai')) })
  test('folding what is folded changes nothing', () => {
    const letter = (...ranges: [number, number][]) => fc.oneof(...ranges.map(([min, max]) => fc.integer({ min, max }))).map(n => String.fromCharCode(n))
    const syllable = fc.tuple(
      letter([0x0e40, 0x0e44], [0x20, 0x20]), letter([0x0e01, 0x0e2e]),
      fc.array(letter([0x0e34, 0x0e39], [0x0e47, 0x0e4c]), { maxLength: 3 }).map(marks => marks.join('')), fc.constantFrom('', 'า', 'ำ', '\u0e4d\u0e32', 'ๅ', '-', '่ำ'),
    ).map(parts => parts.join(''))
    fc.assert(fc.property(fc.array(syllable).map(all => all.join('')), text => { expect(fold(fold(text))).toBe(fold(text)) }), { numRuns: 2000 })
  })
})
