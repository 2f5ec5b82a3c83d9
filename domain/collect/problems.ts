import { problem } from '../base/problem.ts'

type Nothing = Record<string, never>
const MANY_BYTES = 1_073_741_824

/** What can go wrong with the backup of a telephone. Each says what to do, and that nothing is lost by it. */
export const collectProblems = {
  notBackup: problem('collect/not-a-backup', {
    th: (_: Nothing) => 'ไฟล์นี้ไม่ใช่ไฟล์สำรองของแอปเก็บข้อมูล หรือตอนต้นของไฟล์เสียหาย โปรดเลือกไฟล์ที่ชื่อลงท้ายด้วย .rakkaeo ที่บันทึกจากโทรศัพท์ หรือบันทึกใหม่จากโทรศัพท์ถ้าข้อมูลยังอยู่ในเครื่อง',
    en: () => 'This is not the backup file of a collector’s telephone, or its beginning is damaged. Choose the file ending in .rakkaeo that the telephone saved, or save it anew if the telephone still holds the data.',
  }),
  otherKeys: problem('collect/other-keys', {
    th: (_: Nothing) => 'ไฟล์สำรองนี้ปิดผนึกไว้สำหรับเครื่องแม่ข่ายอื่น หรือด้วยกุญแจที่เครื่องนี้ไม่มีแล้ว โปรดนำเข้าที่เว็บไซต์ที่บันทึกไฟล์ หรือให้ผู้ดูแลระบบใส่กุญแจเดิมคืนในไฟล์กุญแจ',
    en: () => 'This backup was sealed for another server, or with a key that this one has no more. Take it in at the site where it was saved, or ask the administrator to put the former key back into the keys file.',
  }),
  notYours: problem('collect/not-yours', {
    th: (_: Nothing) => 'ไฟล์สำรองนี้เป็นของคนอื่น เจ้าของไฟล์เป็นผู้นำเข้าเอง หรือให้ผู้ประสานของพื้นที่ที่เขาเก็บข้อมูลนำเข้าให้',
    en: () => 'This backup is somebody else’s. They can take it in themselves, or the integrator of the places where they collect.',
  }),
  noPlaces: problem('collect/no-places', {
    th: (_: Nothing) => 'เจ้าของไฟล์สำรองนี้ไม่มีสิทธิเก็บข้อมูลที่ใดแล้ว โปรดให้ผู้ประสานมอบสิทธิอีกครั้งก่อนนำเข้า ไฟล์ยังใช้ได้',
    en: () => 'The owner of this backup does not collect anywhere any more. Ask the integrator to give the role again first; the file stays good.',
  }),
  tooLarge: problem('collect/too-large', {
    th: (_: Nothing) => `ไฟล์สำรองใหญ่เกิน ${MANY_BYTES} ไบต์ โปรดบันทึกจากโทรศัพท์เป็นหลายไฟล์`,
    en: () => `The backup is larger than ${MANY_BYTES} bytes. Save it from the telephone as several files.`,
  }),
  otherInstance: problem('collect/other-instance', {
    th: (_: Nothing) => 'แบบฟอร์มในไฟล์สำรองไม่ตรงกับชื่อที่กำกับไว้ จึงไม่นำเข้า โปรดแจ้งผู้ประสาน',
    en: () => 'The form in the backup is not the one that its label names, so it was not taken. Tell your integrator.',
  }),
  incomplete: problem('collect/incomplete', {
    th: (d: { name: string }) => `ไฟล์ ${d.name} ของแบบฟอร์มนี้ขาดหรือเสียหายในไฟล์สำรอง จึงยังไม่นำแบบฟอร์มนี้เข้า โปรดบันทึกไฟล์สำรองใหม่จากโทรศัพท์`,
    en: d => `The file ${d.name} of this form is missing or damaged in the backup, so the form was not taken. Save a new backup from the telephone.`,
  }),
  /** Not thrown: told beside what was taken. */
  damaged: problem('collect/damaged', {
    th: (d: { line: number; missing: number }) => `ไฟล์สำรองเสียหายหรือถูกแก้ไขที่บรรทัด ${d.line} และขาดไป ${d.missing} แบบฟอร์ม ส่วนที่สมบูรณ์นำเข้าแล้ว โปรดบันทึกไฟล์สำรองใหม่จากโทรศัพท์แล้วนำเข้าอีกครั้ง ส่วนที่เข้าแล้วจะไม่ซ้ำ`,
    en: d => `The backup is damaged or was altered at line ${d.line}, and ${d.missing} forms are missing. What is whole was taken. Save a new backup from the telephone and take it in again; nothing is taken twice.`,
  }),
  cutShort: problem('collect/cut-short', {
    th: (d: { missing: number }) => `ไฟล์สำรองขาดตอนท้าย ขาดไป ${d.missing} แบบฟอร์ม ส่วนที่สมบูรณ์นำเข้าแล้ว โปรดส่งไฟล์ใหม่ หรือบันทึกใหม่จากโทรศัพท์ ส่วนที่เข้าแล้วจะไม่ซ้ำ`,
    en: d => `The backup ends early: ${d.missing} forms are missing. What is whole was taken. Send the file again, or save it anew from the telephone; nothing is taken twice.`,
  }),
}
