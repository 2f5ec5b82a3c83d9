import { problem } from '../base/problem.ts'
import type { Text } from '../base/text.ts'

type Nothing = Record<string, never>
type Code = { code: string }

export const changeProblems = {
  notFound: problem('change/not-found', {
    th: (_: Nothing) => 'ไม่พบการเปลี่ยนแปลงเขตนี้ในพื้นที่ของคุณ ดูจากรายการ',
    en: () => 'There is no such change in your places. See the list.',
  }),
  notThere: problem('change/not-there', {
    th: (d: Code) => `พื้นที่ ${d.code} ไม่มีหรือสิ้นสุดไปแล้ว เลือกพื้นที่ที่ใช้อยู่วันนี้`,
    en: d => `The place ${d.code} is not there or has ended. Choose one that is there today.`,
  }),
  future: problem('change/future', {
    th: (_: Nothing) => 'วันที่มีผลยังมาไม่ถึง บันทึกได้ตั้งแต่วันนั้นเป็นต้นไป',
    en: () => 'That day is yet to come. Come back on the day from which it holds.',
  }),
  early: problem('change/early', {
    th: (d: Code & { day: string }) => `พื้นที่ ${d.code} มีการเปลี่ยนแปลงเมื่อ ${d.day} แล้ว วันที่มีผลต้องหลังจากนั้น`,
    en: d => `The place ${d.code} changed on ${d.day} already. The day must be a later one.`,
  }),
  taken: problem('change/taken', {
    th: (d: Code) => `รหัส ${d.code} ใช้แล้วหรือเคยใช้ เลือกรหัสที่ยังไม่เคยใช้`,
    en: d => `The code ${d.code} is or was in use. Choose one that never was.`,
  }),
  level: problem('change/level', {
    th: (d: Code) => `รหัส ${d.code} ไม่ใช่ระดับเดียวกับพื้นที่เดิม จำนวนตัวอักษรต้องเท่ากัน และตำบลห้ามลงท้าย 51 ถึง 99`,
    en: d => `The code ${d.code} is of another level than the place. It has as many characters, and a tambon's does not end in 51 to 99.`,
  }),
  nation: problem('change/nation', {
    th: (_: Nothing) => 'เปลี่ยนได้ตั้งแต่ระดับอำเภอลงไป จังหวัดใหม่ตั้งโดยพระราชบัญญัติ และมากับรายชื่อพื้นที่ของรากแก้วรุ่นถัดไป',
    en: () => 'Districts and what lies below them can be changed. A new province is made by an Act, and comes with the list of places of the next version.',
  }),
  twice: problem('change/twice', {
    th: (d: Code) => `${d.code} อยู่ในรายการมากกว่าหนึ่งครั้ง เลือกให้อยู่ที่เดียว`,
    en: d => `${d.code} is there more than once. Choose one place for it.`,
  }),
  unplaced: problem('change/unplaced', {
    th: (d: { names: Text; count: number }) => `ยังไม่ได้เลือกว่า ${d.names.th} ไปอยู่ส่วนใด (${d.count} แห่ง)`,
    en: d => `It is not said to which part ${d.names.en} goes (${d.count} in all).`,
  }),
  foreign: problem('change/foreign', {
    th: (d: Code) => `${d.code} ไม่ได้อยู่ใต้พื้นที่ที่จะแยก`,
    en: d => `${d.code} does not lie in the place that is split.`,
  }),
  heir: problem('change/heir', {
    th: (_: Nothing) => 'เลือกส่วนหนึ่งเป็นผู้รับช่วงสิ่งที่เป็นของทั้งพื้นที่',
    en: () => 'Choose one of the parts as the one where what belongs to the whole goes on.',
  }),
  shares: problem('change/shares', {
    th: (d: { sum: number }) => `สัดส่วนของทุกส่วนรวมกันได้ ${d.sum} % ต้องรวมเป็น 100 %`,
    en: d => `The shares of the parts add up to ${d.sum} %. They must add up to 100 %.`,
  }),
  full: problem('change/full', {
    th: (d: Code) => `ใต้ ${d.code} ไม่มีเลขว่างพอให้พื้นที่ที่มารวม`,
    en: d => `There are not enough free numbers in ${d.code} for what comes to it.`,
  }),
  otherwise: problem('change/otherwise', {
    th: (_: Nothing) => 'ข้อมูลเปลี่ยนไปจากที่คุณดู ดูผลที่จะตามมาอีกครั้งแล้วยืนยัน',
    en: () => 'What would follow is not what you saw any more. Look at it again, then confirm.',
  }),
  undone: problem('change/undone', {
    th: (_: Nothing) => 'การเปลี่ยนแปลงนี้ย้อนไปแล้ว',
    en: () => 'This change was taken back already.',
  }),
  hindered: problem('change/hindered', {
    th: (d: { why: Text }) => `ย้อนไม่ได้ เพราะ${d.why.th}`,
    en: d => `It cannot be taken back: ${d.why.en}.`,
  }),
}
