/** Vowels above and below, tone marks: what stands on one consonant. */
const MARKS = /[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]{2,}/g
/** How each spelling of the same letters is written once; order matters. */
const SAME: [RegExp, string | ((run: string) => string)][] = [
  [/[\u200b-\u200f\u2060\ufeff\u00ad]/g, ''], // characters without width
  [/[\u0300-\u036f]/g, ''], // accents of Latin letters
  [/[\u0e2f\u0e46]/g, ''], // ฯ and ๆ
  [/['’`´\-‐-―]/g, ''], // Su-ngai and Sungai
  [/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, '$1\u0e33'], // ํ + า is ำ, also with a tone mark between
  [/\u0e33\u0e32|\ufffd\u0e32/g, '\u0e33'], // ำา and a broken ำ, as text copied from PDF has them
  [/\u0e33([\u0e48-\u0e4b])/g, '$1\u0e33'], // the tone mark stands before ำ
  [/\u0e40\u0e40/g, '\u0e41'], // เเ is แ
  [/\u0e45/g, '\u0e32'], // ฤๅ is typed ฤา
  [/\u0e43/g, '\u0e44'], // ใ and ไ sound the same, and many write one for the other
  [MARKS, run => [...new Set(run)].sort().join('')], // vowels before tone marks, each once
  [/[^\p{L}\p{M}\p{N}]+/gu, ' '],
]
const THAI_ZERO = 0x0e50

/**
 * The same letters however they were typed: case, Thai digits, ำ and แ typed in pieces, ใ for ไ, order of marks, punctuation.
 * @example fold('เเม่ริม ๓') // => 'แม่ริม 3'
 */
export function fold(text: string): string {
  const plain = text.normalize('NFKC').normalize('NFD').toLowerCase().replace(/[๐-๙]/g, digit => String(digit.charCodeAt(0) - THAI_ZERO))
  return SAME.reduce((folded, [from, to]) => folded.replace(from, to as string), plain).trim()
}

/** Folded and without spaces, so that “Chiang Mai” and “chiangmai” are one. */
export function squeeze(text: string): string {
  return fold(text).replaceAll(' ', '')
}
