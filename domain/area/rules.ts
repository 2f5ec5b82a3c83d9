import type { AreaCode } from '../base/ids.ts'
import type { Lang, Text } from '../base/text.ts'
import type { AreaLevel, AreaType } from './area.ts'

const LEVEL_BY_LENGTH: Record<number, AreaLevel> = { 2: 'nation', 4: 'province', 6: 'district', 8: 'tambon', 10: 'village', 12: 'village-part' }
/** A "tambon" code that ends in 51 to 99 is a part of a municipality, not a tambon. */
const FIRST_MUNICIPAL_SUFFIX = 51

export const NATION = 'TH' as AreaCode

/** A code is its own path: TH50 (province) holds TH5007 (district) holds TH500701 (tambon). */
export function isWithin(area: AreaCode, container: AreaCode): boolean {
  return area.startsWith(container)
}

/** @example levelOf(AreaCode.parse('TH500751')) // => 'municipal-part' */
export function levelOf(code: AreaCode): AreaLevel {
  const level = LEVEL_BY_LENGTH[code.length] as AreaLevel
  return level === 'tambon' && Number(code.slice(6)) >= FIRST_MUNICIPAL_SUFFIX ? 'municipal-part' : level
}

/** Null for the nation. */
export function parentOf(code: AreaCode): AreaCode | null {
  return code.length === 2 ? null : code.slice(0, -2) as AreaCode
}

/** Nearest first, the nation last. */
export function ancestorsOf(code: AreaCode): AreaCode[] {
  const parent = parentOf(code)
  return parent === null ? [] : [parent, ...ancestorsOf(parent)]
}

/** The half-open range of codes of an area and all below it, in collation "C". @example rangeOf(AreaCode.parse('TH5007')) // => { from: 'TH5007', to: 'TH5008' } */
export function rangeOf(code: AreaCode): { from: string; to: string } {
  return { from: code, to: code.slice(0, -1) + String.fromCharCode(code.charCodeAt(code.length - 1) + 1) }
}

/** The smallest area that holds all of these; the nation for none. @example commonOf([TH5007, TH500701, TH5003]) // => 'TH50' */
export function commonOf(areas: Iterable<AreaCode>): AreaCode {
  let common: AreaCode | null = null
  for (const area of areas) {
    common ??= area
    while (!isWithin(area, common)) common = parentOf(common) as AreaCode
  }
  return common ?? NATION
}

/** In the order of their codes, without places that lie in another of the list. @example outermost([TH58, TH5801, TH50]) // => [TH50, TH58] */
export function outermost(areas: readonly AreaCode[]): AreaCode[] {
  const distinct = [...new Set(areas)].sort()
  // What lies inside a place follows it directly.
  return distinct.reduce<AreaCode[]>((kept, area) => kept.length > 0 && isWithin(area, kept.at(-1) as AreaCode) ? kept : [...kept, area], [])
}

const TITLES: Record<AreaType, Text> = {
  nation: { th: '', en: '' },
  changwat: { th: 'จังหวัด', en: 'Province' },
  bangkok: { th: '', en: '' },
  amphoe: { th: 'อำเภอ', en: 'District' },
  khet: { th: 'เขต', en: 'District' },
  tambon: { th: 'ตำบล', en: 'Tambon' },
  khwaeng: { th: 'แขวง', en: 'Khwaeng' },
  'municipal-part': { th: '', en: '' },
  muban: { th: 'หมู่ที่', en: 'Village' },
  'muban-part': { th: '', en: '' },
}

/** The name as people write it: `อำเภอแม่ริม`, `Mae Rim District`, `เขตพระนคร`, `หมู่ที่ 3 บ้านแม่ริม`; the code where no list gives a name. */
export function fullName(area: { code: AreaCode; type: AreaType; name: Text }, lang: Lang): string {
  const name = area.name[lang] || area.name.th || area.name.en
  const title = TITLES[area.type][lang]
  if (area.type === 'muban') return [title, mooOf(area.code), name].filter(Boolean).join(' ')
  if (!name) return [title, area.code].filter(Boolean).join(' ')
  return lang === 'th' ? title + name : title ? `${name} ${title}` : name
}

/** The number of a village in its tambon, without leading zeros. */
export function mooOf(code: AreaCode): string {
  return code.slice(8, 10).replace(/^0/, '')
}

const CHILD_WORDS: Partial<Record<AreaLevel, { bangkok: Text; elsewhere: Text }>> = {
  province: { bangkok: { th: 'จังหวัด', en: 'provinces' }, elsewhere: { th: 'จังหวัด', en: 'provinces' } },
  district: { bangkok: { th: 'เขต', en: 'districts (khet)' }, elsewhere: { th: 'อำเภอ', en: 'districts' } },
  tambon: { bangkok: { th: 'แขวง', en: 'khwaeng' }, elsewhere: { th: 'ตำบล', en: 'tambons' } },
  'municipal-part': { bangkok: { th: 'ส่วนในเขตเทศบาล', en: 'municipal parts' }, elsewhere: { th: 'ส่วนในเขตเทศบาล', en: 'municipal parts' } },
  village: { bangkok: { th: 'หมู่บ้าน', en: 'villages' }, elsewhere: { th: 'หมู่บ้าน', en: 'villages' } },
}

/** What areas of a level are called inside a place: Bangkok has เขต and แขวง, everyone else อำเภอ and ตำบล. */
export function levelWord(level: AreaLevel, inside: AreaCode, lang: Lang): string {
  const words = CHILD_WORDS[level]
  return words ? (isWithin(inside, 'TH10' as AreaCode) ? words.bangkok : words.elsewhere)[lang] : level
}
