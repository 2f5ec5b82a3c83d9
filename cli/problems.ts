import { problem } from '../domain/base/problem.ts'

/** What can go wrong at the command line only. */
export const cliProblems = {
  siteFailed: problem('start/site-failed', {
    th: (d: { log: string }) => `สร้างเว็บไซต์ไม่สำเร็จ\n${d.log}`,
    en: d => `The site could not be built.\n${d.log}`,
  }),
  siteNotWritable: problem('start/site-not-writable', {
    th: (d: { folder: string; reason: string }) => `สร้างเว็บไซต์ลงใน ${d.folder} ไม่ได้ (${d.reason}) โปรดสั่ง npm run build ด้วยบัญชีที่เขียนได้`,
    en: d => `The site cannot be built into ${d.folder} (${d.reason}). Run npm run build as a user who can write there.`,
  }),
  cannotRead: problem('command/cannot-read', {
    th: (d: { file: string; reason: string }) => `อ่านไฟล์ ${d.file} ไม่ได้ (${d.reason})`,
    en: d => `Cannot read the file ${d.file} (${d.reason}).`,
  }),
  cannotWrite: problem('command/cannot-write', {
    th: (d: { file: string; reason: string }) => `เขียนไฟล์ ${d.file} ไม่ได้ (${d.reason})`,
    en: d => `Cannot write the file ${d.file} (${d.reason}).`,
  }),
  badUserName: problem('command/bad-user-name', {
    th: (d: { name: string }) => `ชื่อผู้ใช้ “${d.name}” ใช้ไม่ได้ ใช้ a-z 0-9 จุด ขีด 3 ถึง 40 ตัว`,
    en: d => `The user name “${d.name}” cannot be used: 3 to 40 of a-z, 0-9, dot, hyphen, underscore.`,
  }),
  datasetOrSource: problem('command/dataset-or-source', {
    th: (_: Record<string, never>) => 'บอกหนึ่งอย่าง: --dataset ID เมื่อแถวเป็นรายการของชุดข้อมูล หรือ --source ID เมื่อแถวเป็นตัวเลขของพื้นที่',
    en: () => 'Say one of the two: --dataset ID if the rows are records, or --source ID if they are figures of places.',
  }),
  noSuchPerson: problem('start/no-such-person', {
    th: (d: { name: string }) => `ไม่มีผู้ใช้ชื่อ ${d.name}`,
    en: d => `There is no person with the user name ${d.name}.`,
  }),
}
