import { problem } from '../base/problem.ts'

type Nothing = Record<string, never>

export const duplicateProblems = {
  notTwo: problem('duplicate/not-two', {
    th: (_: Nothing) => 'รวมได้เมื่อมีสองรายการขึ้นไปของชุดข้อมูลเดียวกัน และรวมรายการเข้ากับตัวเองไม่ได้ โปรดเลือกใหม่',
    en: () => 'To be merged there must be two records or more of one dataset, and none with itself. Choose again.',
  }),
  notMerged: problem('duplicate/not-merged', {
    th: (_: Nothing) => 'ไม่มีรายการที่รวมแล้วรายการนี้ในพื้นที่ของคุณ อาจถูกแยกไปแล้ว โปรดเปิดหน้ารายการเพื่อดูล่าสุด',
    en: () => 'No such merged record is in your places; it may have been split since. Open its page to see how it stands.',
  }),
  oneSided: problem('duplicate/one-sided', {
    th: (_: Nothing) => 'รายการที่แยกออกมาต้องมีคำตอบอย่างน้อยหนึ่งข้อ โปรดเลือกคำตอบที่จะย้ายหรือให้มีทั้งสองรายการ',
    en: () => 'What is split off must have at least one answer. Choose the answers that go with it or that both have.',
  }),
}
