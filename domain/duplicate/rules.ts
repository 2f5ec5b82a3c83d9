import type { Text } from '../base/text.ts'
import type { AreaCode } from '../base/ids.ts'
import { commonOf } from '../area/rules.ts'
import type { Reason } from './duplicate.ts'

/** Where a pair is kept: the smallest place that holds both. Who does not have all of it does not see the pair, so nobody learns of a record elsewhere. */
export const placeOfPair = (one: AreaCode, other: AreaCode): AreaCode => commonOf([one, other])

const METRES_PER_KILOMETRE = 1000
const distanceIn = (metres: number, unit: { m: string; km: string }) => metres < METRES_PER_KILOMETRE ? `${Math.round(metres)} ${unit.m}` : `${(metres / METRES_PER_KILOMETRE).toFixed(1)} ${unit.km}`

/** What the two were compared by, in words. */
export function sayReason({ kind, value }: Pick<Reason, 'kind' | 'value'>): Text {
  const number = value ?? 0, percent = Math.round(number * 100)
  switch (kind) {
    case 'name': return percent === 100 ? { th: 'ชื่อเดียวกัน', en: 'the same name' } : { th: `ชื่อคล้ายกัน ${percent}%`, en: `names ${percent}% alike` }
    case 'distance': return { th: `ห่าง ${distanceIn(number, { m: 'ม.', km: 'กม.' })}`, en: `${distanceIn(number, { m: 'm', km: 'km' })} apart` }
    case 'type': return number === 1 ? { th: 'ประเภทเดียวกัน', en: 'the same type' } : { th: 'คนละประเภท', en: 'different types' }
    case 'number': return number === 1 ? { th: 'เลขประจำตัวประชาชนเดียวกัน', en: 'the same citizen’s number' } : { th: 'คนละเลขประจำตัวประชาชน', en: 'different citizen’s numbers' }
    case 'birth': return sayBirth(number)
    case 'village': return number === 1 ? { th: 'หมู่บ้านเดียวกัน', en: 'the same village' } : { th: 'คนละหมู่บ้าน', en: 'different villages' }
    case 'house': return number === 1 ? { th: 'บ้านเลขที่เดียวกัน', en: 'the same house number' } : { th: 'คนละบ้านเลขที่', en: 'different house numbers' }
    case 'member': return number === 1 ? { th: 'มีสมาชิกคนเดียวกัน', en: 'a member in common' } : { th: 'ไม่มีสมาชิกคนเดียวกัน', en: 'no member in common' }
    default: return kind satisfies never
  }
}

function sayBirth(value: number): Text {
  if (value >= 1) return { th: 'เกิดวันเดียวกัน', en: 'born on the same day' }
  return value === 0 ? { th: 'เกิดปีเดียวกัน', en: 'born in the same year' } : { th: `ปีเกิดห่างกัน ${-value} ปี`, en: `born ${-value} years apart` }
}
