import { problem } from '../base/problem.ts'

type Nothing = Record<string, never>

export const privacyProblems = {
  notThere: problem('privacy/not-there', {
    th: (_: Nothing) => 'มีรายการที่เลือกซึ่งไม่อยู่ในพื้นที่ของคุณ หรือลบไปแล้ว ค้นหาใหม่แล้วเลือกอีกครั้ง',
    en: () => 'One of the chosen entries is not in your places, or is gone already. Search again and choose anew.',
  }),
  nothingChosen: problem('privacy/nothing-chosen', {
    th: (_: Nothing) => 'ยังไม่ได้เลือกรายการของคนนี้ เลือกอย่างน้อยหนึ่งรายการ',
    en: () => 'Nothing of the person was chosen. Choose at least one entry.',
  }),
  asksForWhom: problem('privacy/asks-for-whom', {
    th: (_: Nothing) => 'ใส่เลขประจำตัวประชาชน 13 หลัก หรือชื่อของคนที่ค้นหา',
    en: () => 'Give the 13 digits of the citizen’s number, or the name.',
  }),
  tooWide: problem('privacy/too-wide', {
    th: (_: Nothing) => 'ค้นหาด้วยชื่อได้ครั้งละหนึ่งอำเภอหรือหนึ่งตำบล เลือกพื้นที่ก่อน หรือค้นหาด้วยเลขประจำตัวประชาชน',
    en: () => 'A name is looked for in one district or tambon at a time. Choose the place, or search by the citizen’s number.',
  }),
  needsReason: problem('privacy/needs-reason', {
    th: (_: Nothing) => 'บอกเหตุผลและเลขที่คำขอ สองอย่างนี้จะเหลืออยู่แทนข้อมูลที่ลบ',
    en: () => 'Give the reason and the number of the request: these two are what remains.',
  }),
  tellsName: problem('privacy/tells-name', {
    th: (_: Nothing) => 'เหตุผลหรือเลขที่คำขอมีชื่อหรือเลขประจำตัวของคนนั้น ซึ่งจะค้างอยู่หลังลบ เขียนใหม่โดยไม่ระบุตัวคน',
    en: () => 'The reason or the request’s number tells the person’s name or number, which would remain. Write it without saying who.',
  }),
  byHand: problem('privacy/by-hand', {
    th: (_: Nothing) => 'โปรแกรมลบข้อมูลไม่ได้ เพราะเอาคืนไม่ได้ เข้าสู่ระบบด้วยตนเองแล้วลบที่หน้าข้อมูลส่วนบุคคล',
    en: () => 'A program cannot erase, since there is no way back. Sign in yourself and do it on the page of personal data.',
  }),
  notListed: problem('privacy/not-listed', {
    th: (d: { file: string; reason: string }) => `ยังไม่ได้ลบ เพราะเขียนรายการการลบไม่ได้ (${d.file}: ${d.reason}) ถ้าลบโดยไม่มีรายการนี้ การกู้คืนชุดสำรองเก่าจะนำข้อมูลกลับมา แจ้งผู้ดูแลเครื่อง`,
    en: d => `Nothing was erased, since the list of erasures cannot be written (${d.file}: ${d.reason}); without it an older backup would bring back what was erased. Tell the operator of the machine.`,
  }),
  badUntil: problem('privacy/bad-until', {
    th: (_: Nothing) => 'บอกวันใหม่ที่จะกลับมาดู โดยเป็นวันหลังจากวันนี้ และไม่เกิน 5 ปี',
    en: () => 'Say until when it is kept: a day after today, and at most five years away.',
  }),
}
