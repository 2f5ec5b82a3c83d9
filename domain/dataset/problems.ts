import { problem } from '../base/problem.ts'

type Nothing = Record<string, never>

export const datasetProblems = {
  notFound: problem('dataset/not-found', {
    th: (d: { id: string }) => `ไม่มีชุดข้อมูล ${d.id} ดูรายการทั้งหมดที่หน้าชุดข้อมูล`,
    en: d => `There is no dataset ${d.id}. See the list of datasets.`,
  }),
  noForm: problem('dataset/no-form', {
    th: (d: { id: string; version: string }) => `ชุดข้อมูล ${d.id} ไม่มีแบบฟอร์มรุ่น ${d.version}`,
    en: d => `The dataset ${d.id} has no form of version ${d.version}.`,
  }),
  formFaulty: problem('dataset/form-faulty', {
    th: (d: { faults: unknown[] }) => `แบบฟอร์มยังมีที่ต้องแก้ ${d.faults.length} แห่ง จึงยังไม่เผยแพร่`,
    en: d => `The form has ${d.faults.length} faults to mend before it can be published.`,
  }),
  versionNotRaised: problem('dataset/version-not-raised', {
    th: (d: { version: string; last: string }) => `รุ่น ${d.version} ไม่ใหม่กว่ารุ่น ${d.last} ที่เผยแพร่แล้ว โปรดเพิ่มเลขรุ่นในแผ่น settings`,
    en: d => `Version ${d.version} is not later than ${d.last}, which is published. Raise the version on the sheet settings.`,
  }),
  otherFormId: problem('dataset/other-form-id', {
    th: (d: { id: string; found: string }) => `form_id ในแผ่น settings เป็น ${d.found} แต่ชุดข้อมูลคือ ${d.id} โปรดแก้ให้ตรงกัน`,
    en: d => `The form_id on the sheet settings is ${d.found}, the dataset is ${d.id}. Make them the same.`,
  }),
  idTaken: problem('dataset/id-taken', {
    th: (d: { id: string }) => `มีชุดข้อมูล ${d.id} แล้ว โปรดใช้ชื่ออื่น`,
    en: d => `There is a dataset ${d.id} already. Choose another id.`,
  }),
  idPrefix: problem('dataset/id-prefix', {
    th: (d: { prefix: string }) => `รหัสชุดข้อมูลของพื้นที่ต้องขึ้นต้นด้วย ${d.prefix}`,
    en: d => `The id of a place's own dataset begins with ${d.prefix}.`,
  }),
  fileKind: problem('dataset/file-kind', {
    th: (d: { name: string; kinds: string }) => `ใช้ไฟล์ ${d.name} กับแบบฟอร์มไม่ได้ ใช้ได้เฉพาะ ${d.kinds}`,
    en: d => `The file ${d.name} cannot go with a form. These can: ${d.kinds}.`,
  }),
  draftChanged: problem('dataset/draft-changed', {
    th: (d: { by: string }) => d.by ? `${d.by} แก้แบบฟอร์มนี้หลังจากที่เปิดดู จึงยังไม่เก็บทับ โปรดเปิดดูของล่าสุดก่อน` : 'มีคนทิ้งแบบฟอร์มที่กำลังแก้นี้แล้ว โปรดเปิดดูของล่าสุดก่อน',
    en: d => d.by ? `${d.by} changed this form after you opened it, so yours was not kept over it. Look at the latest first.` : 'Somebody threw this form in work away. Look at the latest first.',
  }),
  emptyAddition: problem('dataset/empty-addition', {
    th: (_: Nothing) => 'ส่วนเพิ่มของพื้นที่ยังไม่มีคำถาม โปรดเพิ่มอย่างน้อยหนึ่งข้อ',
    en: () => 'The addition of the place holds no question. Add at least one.',
  }),
}
