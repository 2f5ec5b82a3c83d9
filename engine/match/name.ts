import { distance } from 'fastest-levenshtein'
import { fold } from '../text/fold.ts'

/** What stands before a person's name, and what kind of place or shop a name begins with: `fold` has been over both. */
const TITLES = ['ว่าที่ร้อยตรีหญิง', 'ว่าที่ร้อยตรี', 'ว่าที่ร้อยโท', 'ว่าที่ร้อยเอก', 'ว่าที่ ร.ต.หญิง', 'ว่าที่ ร.ต.', 'ว่าที่', 'เด็กหญิง', 'เด็กชาย', 'นางสาว', 'ด.ญ.', 'ด.ช.', 'น.ส.', 'นาย', 'นาง', 'คุณ', 'พระครู', 'พ่อ', 'แม่เฒ่า', 'ลุง', 'ป้า', 'mrs', 'miss', 'mr', 'ms']
const KINDS = [
  'วิสาหกิจชุมชน', 'อ่างเก็บน้ำ', 'สำนักสงฆ์', 'แหล่งน้ำ', 'บ่อน้ำ', 'จุดชมวิว', 'ร้านอาหาร', 'โฮมสเตย์', 'รีสอร์ท', 'รีสอร์ต', 'โรงเรียน', 'โรงแรม', 'บ้านพัก', 'หมู่บ้าน', 'น้ำตก', 'น้ำพุร้อน', 'ชุมชน', 'พระธาตุ',
  'ตลาด', 'กลุ่ม', 'ศูนย์', 'แม่น้ำ', 'ห้วย', 'หนอง', 'บ้าน', 'ร้าน', 'สวน', 'ไร่', 'วัด', 'ถ้ำ', 'ดอย', 'บึง', 'ฝาย', 'homestay', 'resort', 'hotel', 'cave', 'wat', 'baan', 'ban', 'the',
]
const beginOf = (words: readonly string[]) => new RegExp(`^(?:${words.map(fold).sort((a, b) => b.length - a.length).map(word => word.replaceAll(' ', ' ?')).join('|')})(?=[^a-z]) ?`)
const TITLE = beginOf(TITLES), KIND = beginOf(KINDS)
/** Consonants that many write one for the other, each as the commonest of its sound. */
const SOUNDS: Record<string, string> = { ศ: 'ส', ษ: 'ส', ซ: 'ส', ธ: 'ท', ฑ: 'ท', ฒ: 'ท', ณ: 'น', ฬ: 'ล', ร: 'ล', ญ: 'ย', ภ: 'พ', ผ: 'พ', ฟ: 'พ', ฝ: 'พ', ฆ: 'ค', ข: 'ค', ฎ: 'ด', ฏ: 'ต', ฐ: 'ถ', ฌ: 'ช', ฉ: 'ช' }
const LEAST_LETTERS = 2, OTHER_NUMBER = 0.6, OTHER_KIND = 0.9

/** A name taken apart: `kind` is what sort of place it says it is; `core` the rest, without titles and spaces; `whole` both; `words` in the order of the alphabet; `numbers` in it. */
export type Name = { kind: string; core: string; whole: string; words: string; numbers: string; skeleton: string }

/** What stands in brackets explains a name. @example parseName('น.ส. สมหญิง  ใจดี (พี่)').core // => 'สมหญิงไจดี' */
export function parseName(text: string): Name {
  const plain = (fold(text.replace(/\([^)]*\)/g, ' ')) || fold(text)).replace(TITLE, ''), [found = ''] = KIND.exec(plain) ?? [], rest = plain.slice(found.length)
  const kind = skeletonOf(rest).length < LEAST_LETTERS ? '' : found.trim(), named = kind === '' ? plain : rest
  const words = named.split(' '), core = words.join('')
  return { kind, core, whole: kind + core, words: [...words].sort().join(''), numbers: (named.match(/\d+/g) ?? []).join(' '), skeleton: skeletonOf(named) }
}

/** Consonants and digits alone, those that sound alike written alike: what is left where vowels and tones were written otherwise. @example skeletonOf('แม่สะงา') // => 'มสง' */
export function skeletonOf(text: string): string {
  return [...text.replace(/[^\u0e01-\u0e2ea-z0-9]|[aeiouy]/g, '')].map(letter => SOUNDS[letter] ?? letter).join('')
}

/**
 * How alike two names are: 1 less the share of letters that must change (Levenshtein), of the cores or of their words in order, whichever is
 * more. Where they do not say the same kind of place it is part of the name: a temple that is called after a cave is nearly that name and never
 * quite. Names with other numbers are never nearly the same.
 */
export function similarityOf(a: Name, b: Name): number {
  const alike = a.kind === b.kind ? coresOf(a, b) : a.kind === '' || b.kind === '' ? Math.max(coresOf(a, b), ratio(a.whole, b.whole))
    : Math.max(ratio(a.whole, b.whole), OTHER_KIND * ratio(a.whole, b.core), OTHER_KIND * ratio(a.core, b.whole))
  return a.numbers === b.numbers ? alike : Math.min(alike, OTHER_NUMBER)
}

const coresOf = (a: Name, b: Name) => Math.max(ratio(a.core, b.core), a.words === a.core && b.words === b.core ? 0 : ratio(a.words, b.words))

function ratio(a: string, b: string): number {
  const longest = Math.max(a.length, b.length)
  return longest === 0 ? 0 : 1 - distance(a, b) / longest
}
