import type { TableCell } from '../../domain/table/table.ts'
import { fold, squeeze } from '../text/fold.ts'
import { latinDigits } from './cell.result.ts'

/** A place as a row writes it, in one cell or in several. */
export type WrittenPlace = { code?: TableCell; province?: TableCell; district?: TableCell; tambon?: TableCell; village?: TableCell }
/**
 * The same, ready to be looked up: names folded and without what they are called before; `moo` the number of a village. `authority`: a local
 * government that stands where a tambon should. Its borders are not those of the tambon that it is named after.
 */
export type PlaceNames = { province: string; district: string; tambon: string; authority: string; village: string; moo: number | null }
export const NAMED_LEVELS = ['province', 'district', 'tambon'] as const
export type NamedLevel = typeof NAMED_LEVELS[number]

/** As a report shows it, and as a mapping remembers what somebody chose for it. @example writtenPlace({ tambon: 'ถ้ำลอด', district: 'ปางมะผ้า' }) // => 'ปางมะผ้า › ถ้ำลอด' */
export function writtenPlace({ code, province, district, tambon, village }: WrittenPlace): string {
  return [code, province, district, tambon, village].map(textOf).filter(Boolean).join(' › ')
}

/** No place is called so, and a report holds a thousand of them. */
export const LONGEST_PLACE = 300
const textOf = (cell: TableCell | undefined) => cell === null || cell === undefined ? '' : String(cell).slice(0, LONGEST_PLACE).replace(/\s+/g, ' ').trim()

/** What a name is called before it, or behind it in English. */
const TITLES: Record<NamedLevel, RegExp> = {
  province: /^(?:จังหวัด|จ\.|จ\s|changwat\s)\s*|\s+province$/gi,
  district: /^(?:กิ่ง\s*อำเภอ|กิ่ง\s*อ\.|อำเภอ|อ\.|อ\s|เขต|amphoe\s|amphur\s|khet\s)\s*|\s+district$/gi,
  tambon: /^(?:ตำบล|ต\.|ต\s|แขวง|tambon\s|tambol\s|khwaeng\s)\s*|\s+sub-?district$/gi,
}
const AUTHORITY = /^(?:องค์การบริหารส่วน(?:ตำบล|จังหวัด)|อบต\.?|อบจ\.?|เทศบาล(?:ตำบล|เมือง|นคร)?|ท[ตมน]\.)\s*/
const OTHER_NAMES: Partial<Record<string, string>> = { กทม: 'กรุงเทพมหานคร', กรุงเทพ: 'กรุงเทพมหานคร', กรุงเทพมหานค: 'กรุงเทพมหานคร', อยุธยา: 'พระนครศรีอยุธยา', โคราช: 'นครราชสีมา' }

/** Where one part of an address ends and the next begins: whole words and abbreviations anywhere, short words only where a word may begin. */
const PART = /(จังหวัด|จ\.|กิ่งอำเภอ|อำเภอ|อ\.|ตำบล|ต\.|(?<![^\s,\d])(?:เขต|แขวง|หมู่ที่|หมู่|ม\.|บ้าน))/g
const LEVELS: Record<string, keyof PlaceNames> = { จังหวัด: 'province', 'จ.': 'province', กิ่งอำเภอ: 'district', อำเภอ: 'district', 'อ.': 'district', เขต: 'district', ตำบล: 'tambon', 'ต.': 'tambon', แขวง: 'tambon', หมู่ที่: 'moo', หมู่: 'moo', 'ม.': 'moo', บ้าน: 'village' }
const MOO = /(?:^|หมู่(?:บ้าน)?(?:ที่)?|ม\.|moo|mu|m\.)\s*(\d{1,3})(?!\d)/i, WITHOUT = /^[-–—.*]+$|^(?:null|ไม่มีข้อมูล|ไม่ระบุ)$/

export function placeNames(written: WrittenPlace): PlaceNames {
  const cells = { province: textOf(written.province), district: textOf(written.district), tambon: textOf(written.tambon), village: textOf(written.village) }
  const address = Object.values(cells).map(addressOf).find(parts => parts !== null) ?? {}
  const name = (level: NamedLevel) => plainName(level, addressOf(cells[level]) === null ? cells[level] : '') || plainName(level, address[level] ?? '')
  const village = latinDigits(addressOf(cells.village) === null ? cells.village : `${address.moo ? `หมู่ ${address.moo}` : ''} ${address.village ?? ''}`)
  const moo = MOO.exec(village)?.[1] ?? MOO.exec(latinDigits(address.moo ?? ''))?.[1]
  const authority = AUTHORITY.test(cells.tambon) ? plainName('tambon', cells.tambon.replace(AUTHORITY, '')) : ''
  return { province: name('province'), district: name('district'), tambon: authority === '' ? name('tambon') : '', authority, village: villageName(village), moo: moo === undefined ? null : Number(moo) }
}

function plainName(level: NamedLevel, text: string): string {
  const name = WITHOUT.test(text) ? '' : squeeze(text.replace(/\([^)]*\)/g, '').trim().replace(TITLES[level], ''))
  return (level === 'province' && OTHER_NAMES[name]) || name
}

/** @example villageName('หมู่ที่ 3 บ้านไหนหนัง') // => 'ไหนหนัง', folded */
export function villageName(text: string): string {
  return squeeze(WITHOUT.test(text) ? '' : text.replace(MOO, ' ').trim().replace(/^(?:หมู่บ้าน|บ้าน|บ\.|ชุมชน|ban\s|baan\s)\s*/i, ''))
}

/** The parts of a text that names places of two levels at least; null where it does not. */
function addressOf(text: string): Partial<Record<keyof PlaceNames, string>> | null {
  const parts: Partial<Record<keyof PlaceNames, string>> = {}, pieces = text.split(PART)
  for (let i = 1; i < pieces.length; i += 2) {
    const level = LEVELS[pieces[i] as string] as keyof PlaceNames, name = (pieces[i + 1] ?? '').replace(/[,\s]+/g, ' ').trim()
    if (name !== '' && parts[level] === undefined) parts[level] = level === 'province' ? name.replace(/\s*\d{5}$/, '') : name
  }
  if (parts.province === undefined && /กรุงเทพ|กทม/.test(fold(text))) parts.province = 'กรุงเทพมหานคร'
  return NAMED_LEVELS.filter(level => parts[level] !== undefined).length >= 2 ? parts : null
}
