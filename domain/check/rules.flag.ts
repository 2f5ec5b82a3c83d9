import type { Text } from '../base/text.ts'
import type { FlagKind, FlagReason } from './check.ts'

/** Fewer values than this say nothing of what is usual; and of a province, fewer than that. */
export const LEAST_VALUES = 20, LEAST_OF_PROVINCE = 30
/** A telephone that was without a network sends all at once: when things arrived says when they were made only after a pause. */
export const LEAST_PAUSE_MINUTES = 10
/** Within so many kilometres a position is no way at all. */
export const LEAST_KM = 1

const round = (value: number | undefined, digits = 1) => Number((value ?? NaN).toPrecision(digits + 2)).toLocaleString('en')

/** Why it was flagged, with the numbers. `label`: what the question asks for; `place`: where the others are that it was compared with. */
export function sayFlag(kind: FlagKind, { value, median, score, n, minutes, km, kmPerHour }: FlagReason, label: Text, place: Text): Text {
  switch (kind) {
    case 'outlier': return {
      th: `“${label.th}” เป็น ${round(value, 3)} ห่างจากค่าปกติมาก: ค่ากลางของ ${round(n, 3)} รายการใน${place.th} คือ ${round(median)} (คะแนน ${round(score)}) ถ้าถูกต้องแล้วให้บอกว่าดูแล้ว`,
      en: `“${label.en}” is ${round(value, 3)}, far from what is usual: the median of ${round(n, 3)} records of ${place.en} is ${round(median)} (score ${round(score)}). If it is right, say that you looked at it.`,
    }
    case 'short': return {
      th: `ใช้เวลา ${round(minutes)} นาที เร็วกว่าปกติมาก: ปกติ ${round(median)} นาที (${round(n, 3)} รายการ) ถามคนเก็บข้อมูลว่าสัมภาษณ์ครบหรือไม่`,
      en: `It took ${round(minutes)} minutes, much less than the usual ${round(median)} (of ${round(n, 3)} records). Ask the collector whether all of it was asked.`,
    }
    case 'overlap': return {
      th: `คนเก็บคนเดียวกันกำลังเก็บอีกรายการหนึ่งในเวลาเดียวกันอยู่ ${round(minutes)} นาที ถามว่าใครเป็นคนเก็บจริง`,
      en: `The same collector was at another record for ${round(minutes)} of the same minutes. Ask who really collected it.`,
    }
    case 'far': return {
      th: `ห่างจากรายการก่อนของคนเก็บคนเดียวกัน ${round(km)} กิโลเมตร ใน ${round(minutes)} นาที (${round(kmPerHour)} กม./ชม.) ตรวจพิกัดและเวลา`,
      en: `It lies ${round(km)} kilometres from the record before by the same collector, ${round(minutes)} minutes later (${round(kmPerHour)} km/h). Check the points and the times.`,
    }
    default: return kind satisfies never
  }
}
