import { problem } from '../base/problem.ts'
import type { Text } from '../base/text.ts'

export const checkProblems = {
  unknownQuestion: problem('check/unknown-question', {
    th: (d: { id: string; name: string }) => `กฎตรวจ “${d.id}” เรียกคำถาม ${d.name} ซึ่งไม่มีในแบบฟอร์มรุ่นที่เปิดใช้ ตรวจตัวสะกดกับชื่อข้อในแบบฟอร์ม`,
    en: d => `The check “${d.id}” names the question ${d.name}, which the open form does not have. Compare the spelling with the names in the form.`,
  }),
  unknownRepeat: problem('check/unknown-repeat', {
    th: (d: { id: string; name: string }) => `กฎตรวจ “${d.id}” ให้ตรวจทีละแถวของ ${d.name} แต่แบบฟอร์มไม่มีชุดคำถามซ้ำชื่อนี้`,
    en: d => `The check “${d.id}” judges each row of ${d.name}, and the form has no repeat of that name.`,
  }),
  unreadable: problem('check/unreadable', {
    th: (d: { id: string; say: Text }) => `อ่านสูตรของกฎตรวจ “${d.id}” ไม่ได้: ${d.say.th}`,
    en: d => `The expression of the check “${d.id}” cannot be read: ${d.say.en}`,
  }),
  twice: problem('check/twice', {
    th: (d: { id: string }) => `มีกฎตรวจชื่อ “${d.id}” อยู่แล้ว ใช้ชื่ออื่น`,
    en: d => `There is a check “${d.id}” already: give it another id.`,
  }),
  changed: problem('check/changed', {
    th: (d: { by: string }) => `${d.by} เผยแพร่กฎตรวจรุ่นใหม่หลังจากที่คุณเปิดหน้านี้ โปรดเปิดหน้าใหม่แล้วทำอีกครั้ง`,
    en: d => `${d.by} published the checks anew after you opened this page. Open it again, then make your change.`,
  }),
}
