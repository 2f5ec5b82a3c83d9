import { problem } from '../base/problem.ts'
import type { Text } from '../base/text.ts'

type Nothing = Record<string, never>

export const reviewProblems = {
  notYours: problem('review/not-yours', {
    th: (_: Nothing) => 'ไม่มีรายการนี้ในพื้นที่ของคุณ หรือบทบาทของคุณทำเรื่องนี้กับรายการนี้ไม่ได้ ติดต่อผู้ประสานของพื้นที่',
    en: () => 'There is no such record in your places, or your role may not do this to it. Ask the integrator of the place.',
  }),
  changed: problem('review/changed', {
    th: (_: Nothing) => 'รายการนี้เปลี่ยนไปหลังจากที่คุณเปิดดู โปรดดูรุ่นล่าสุดก่อน',
    en: () => 'This record changed after you looked at it. Look at it as it is now, then decide.',
  }),
  locked: problem('review/locked', {
    th: (_: Nothing) => 'รายการนี้ล็อกอยู่ ให้ผู้ประสานระดับจังหวัดเปิดก่อน',
    en: () => 'This record is locked. Its provincial integrator can open it again.',
  }),
  notNow: problem('review/not-now', {
    th: (d: { state: Text }) => `ทำเรื่องนี้กับรายการที่${d.state.th}ไม่ได้`,
    en: d => `This cannot be done to a record that is ${d.state.en}.`,
  }),
  notVerified: problem('review/not-verified', {
    th: (_: Nothing) => 'ชุดข้อมูลนี้ต้องให้จังหวัดยืนยันก่อนจึงจะล็อกได้',
    en: () => 'The province must verify records of this dataset before they are locked.',
  }),
  hasErrors: problem('review/has-errors', {
    th: (_: Nothing) => 'ยังมีคำตอบที่ผิดกฎของแบบฟอร์ม แก้ไขหรือส่งกลับก่อน',
    en: () => 'It has answers that break a rule of the form. Have them corrected first, or return the record.',
  }),
  needsReason: problem('review/needs-reason', {
    th: (_: Nothing) => 'โปรดบอกเหตุผล คนที่บันทึกจะได้รู้ว่าต้องทำอะไร',
    en: () => 'Say why, so that whoever recorded it knows what to do.',
  }),
  nothingChosen: problem('review/nothing-chosen', {
    th: (_: Nothing) => 'ยังไม่ได้เลือกรายการ โปรดเลือกอย่างน้อยหนึ่งรายการ',
    en: () => 'No record was chosen. Choose at least one.',
  }),
  tooMany: problem('review/too-many', {
    th: (d: { most: number }) => `เลือกได้ครั้งละไม่เกิน ${d.most} รายการ โปรดแบ่งตามหมู่บ้านหรือช่วงวันที่`,
    en: d => `At most ${d.most} records at once: choose fewer, by village or by days.`,
  }),
  glassByHand: problem('review/glass-by-hand', {
    th: (_: Nothing) => 'โปรแกรมเปิดดูรายการนอกพื้นที่ไม่ได้ เข้าสู่ระบบด้วยตนเองแล้วเปิดที่หน้าเปิดดูนอกพื้นที่',
    en: () => 'A program cannot open records elsewhere. Sign in yourself and do it on the page for it.',
  }),
  glassOwn: problem('review/glass-own', {
    th: (_: Nothing) => 'รายการนี้อยู่ในพื้นที่ของคุณแล้ว เปิดดูได้ตามปกติ',
    en: () => 'This record lies in your own places: open it as any other.',
  }),
  noHeld: problem('review/no-held', {
    th: (_: Nothing) => 'ไม่มีข้อมูลที่พักไว้นี้แล้ว หรือมีคนตัดสินไปแล้ว โปรดดูประวัติล่าสุด',
    en: () => 'This held visit is not there, or somebody has decided on it. Look at the history as it is now.',
  }),
  notLast: problem('review/not-last', {
    th: (_: Nothing) => 'มีการทำอย่างอื่นกับรายการนี้ไปแล้ว จึงย้อนไม่ได้',
    en: () => 'Something else was done to this record since: it cannot be taken back any more.',
  }),
}
