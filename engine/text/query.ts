import type { AreaLevel } from '../../domain/area/area.ts'
import { fold, squeeze } from './fold.ts'
import { withoutBan } from './terms.ts'

/** One word of a search; a title before it says which level is meant. */
export type QueryWord = { text: string; level: AreaLevel | null }
export type PlaceQuery = {
  /** All words but titles, folded, without spaces. */
  phrase: string
  /** The same as the names of villages are kept: without บ้าน before it. */
  villagePhrase: string
  /** The level that the only title names. */
  level: AreaLevel | null
  /** Without a บ้าน that stands alone. */
  words: QueryWord[]
}

/** Thai titles, long and short; they also stand without a space between two names. */
const TITLES: [RegExp, AreaLevel][] = [
  [/^(จังหวัด|จ\.(?!.\.))/, 'province'], [/^(อำเภอ|อ\.(?!.\.)|เขต)/, 'district'], [/^(ตำบล|ต\.(?!.\.)|แขวง)/, 'tambon'], [/^(หมู่บ้าน|ม\.\s*\d+|หมู่ที่\s*\d+)/, 'village'],
]
const BEFORE_TITLE = /(?<!เทศบาล)(?=จังหวัด|อำเภอ|ตำบล|(?<!\.)[จอต]\.(?!.\.))/
const ENGLISH_TITLES = new Set(['changwat', 'province', 'amphoe', 'district', 'khet', 'tambon', 'subdistrict', 'khwaeng', 'muban', 'village'])
/** Before the name of nearly every village. */
const TELLS_NOTHING = new Set(['บ้าน', 'ban'])
const CODE = /^th(?=\d)/

/** Reads what a person typed into a search box. @example parseQuery('ริมใต้ อ.แม่ริม').words // => [{ text: 'ริมไต้', level: null }, { text: 'แม่ริม', level: 'district' }] */
export function parseQuery(typed: string): PlaceQuery {
  const parts = mendTitles(typed).split(BEFORE_TITLE).map(part => part.trim()).filter(Boolean)
  const words = parts.flatMap(part => readPart(part))
  const phrase = words.map(word => word.text).join('')
  const telling = words.filter(word => !TELLS_NOTHING.has(word.text))
  const titled = words.filter(word => word.level)
  return {
    phrase: phrase.replace(CODE, ''), words: telling.length ? telling : words,
    villagePhrase: squeeze(withoutBan(words.map(word => word.text).join(' '))),
    level: titled.length === 1 && words.length === 1 ? titled[0]!.level : null,
  }
}

/** Titles are looked for after ำ and the like are whole again, but while full stops still stand. */
function mendTitles(typed: string): string {
  return typed.normalize('NFKC').replace(/\u0e4d\u0e32/g, '\u0e33').replace(/[๐-๙]/g, digit => String(digit.charCodeAt(0) - 0x0e50))
}

function readPart(part: string): QueryWord[] {
  const title = TITLES.find(([pattern]) => pattern.test(part))
  const rest = title ? part.replace(title[0], '') : part
  const words = fold(rest).split(' ').filter(word => word && !ENGLISH_TITLES.has(word))
  // A title alone (“อำเภอ”) is a word like any other.
  if (!words.length) return fold(part).split(' ').filter(Boolean).map(text => ({ text, level: null }))
  return words.map((text, i) => ({ text, level: i === 0 ? title?.[1] ?? null : null }))
}
