import type { Text } from '../base/text.ts'
import type { Catalogue } from '../dataset/dataset.ts'
import type { Quality, QualityPart } from './check.ts'

/** What each part means; docs/quality.md says the same words. */
export const QUALITY: Record<QualityPart, { name: Text; definition: Text }> = {
  completeness: {
    name: { th: 'ครบถ้วน', en: 'Complete' },
    definition: { th: 'คำถามที่ต้องถามตามคำตอบอื่น มีคำตอบแล้วร้อยละเท่าใด รวมทุกรายการ', en: 'Of all questions that apply by the other answers, the share that has an answer, over all records.' },
  },
  timeliness: {
    name: { th: 'ทันสมัย', en: 'Timely' },
    definition: { th: 'รายการที่ปรับปรุงภายในรอบการปรับปรุงของชุดข้อมูล ไม่คิดกับชุดที่ไม่มีรอบ', en: 'The share of records that changed within the time after which the dataset is brought up to date; not judged where it has none.' },
  },
  consistency: {
    name: { th: 'สอดคล้อง', en: 'Consistent' },
    definition: { th: 'รายการที่ไม่มีข้อผิดตามกฎของแบบฟอร์มและกฎตรวจที่เป็นข้อผิด', en: 'The share of records without an error by the rules of the form or by a check that counts as an error.' },
  },
  plausibility: {
    name: { th: 'น่าเชื่อ', en: 'Plausible' },
    definition: { th: 'รายการที่ไม่มีธงเตือนค่าผิดปกติ หรือมีคนดูแล้วว่าถูกต้อง', en: 'The share of records without a flag for something out of the ordinary, or with flags that somebody looked at and found right.' },
  },
  approval: {
    name: { th: 'รับรองแล้ว', en: 'Approved' },
    definition: { th: 'รายการที่รับรอง ยืนยัน หรือล็อกแล้ว จากทุกรายการที่รอตรวจหรือใช้อยู่', en: 'The share that is approved, verified or locked, of all records that wait or count.' },
  },
}
export const TOTAL: Text = {
  th: 'ค่าเฉลี่ยธรรมดาของส่วนที่ตัดสินได้ ทุกส่วนหนักเท่ากัน', en: 'The plain mean of the parts that can be judged; each weighs the same.',
}

/** Fewer records than this are not told of: they could be known one by one. */
export const LEAST_RECORDS = 5

/** @example totalOf({ completeness: 1, timeliness: null, consistency: 0.5, plausibility: 1, approval: 0.5 }) // => 0.75 */
export function totalOf(parts: Quality['parts']): number | null {
  const known = Object.values(parts).filter(part => part !== null)
  return known.length === 0 ? null : known.reduce((sum, part) => sum + part, 0) / known.length
}

const DAYS: Partial<Record<Catalogue['update_frequency_unit'], number>> = { ปี: 365, ครึ่งปี: 183, ไตรมาส: 92, เดือน: 31, สัปดาห์: 7, วัน: 1, วันทำการ: 3, ชั่วโมง: 1, นาที: 1 }

/** After so many days a record is to be brought up to date; null: no such time is said. */
export function daysOf({ update_frequency_unit, update_frequency_interval }: Pick<Catalogue, 'update_frequency_unit' | 'update_frequency_interval'>): number | null {
  const days = DAYS[update_frequency_unit]
  return days === undefined ? null : days * (update_frequency_interval ?? 1)
}
