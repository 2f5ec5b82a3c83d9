import { problem } from '../base/problem.ts'
import type { Text } from '../base/text.ts'

type Nothing = Record<string, never>

export const roundProblems = {
  notFound: problem('round/not-found', {
    th: (_: Nothing) => 'ไม่พบรอบนี้ เลือกจากรายการรอบของชุดข้อมูล',
    en: () => 'There is no such round. Choose one of the rounds of the dataset.',
  }),
  dates: problem('round/dates', {
    th: (_: Nothing) => 'วันสุดท้ายของรอบต้องไม่ก่อนวันแรก',
    en: () => 'The last day of a round is not before its first.',
  }),
  overlaps: problem('round/overlaps', {
    th: (d: { name: Text }) => `วันซ้อนกับ “${d.name.th}” ของผู้ดูแลเดียวกัน เปลี่ยนวันของรอบใดรอบหนึ่ง`,
    en: d => `Its days overlap with “${d.name.en}”, run by the same. Change the days of one of them.`,
  }),
  level: problem('round/level', {
    th: (_: Nothing) => 'ผู้จัดรอบคือประเทศหรือจังหวัด เลือกพื้นที่ระดับนั้น',
    en: () => 'A round is run by the nation or by a province. Choose one of these.',
  }),
  isLocked: problem('round/is-locked', {
    th: (_: Nothing) => 'รอบนี้ล็อกอยู่ในพื้นที่นี้แล้ว',
    en: () => 'This round is locked there already.',
  }),
  notLocked: problem('round/not-locked', {
    th: (_: Nothing) => 'รอบนี้ไม่ได้ล็อกอยู่ในพื้นที่นี้',
    en: () => 'This round is not locked there.',
  }),
  remaining: problem('round/remaining', {
    th: (d: { count: number }) => `ยังมี ${d.count} รายการที่ล็อกไม่ได้ ดูเหตุผลก่อน แล้วแก้ หรือยืนยันว่าจะล็อกเฉพาะรายการที่พร้อม`,
    en: d => `${d.count} records cannot be locked yet. See why and mend them, or say that only those that are ready be locked.`,
  }),
}
