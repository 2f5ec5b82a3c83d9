import { problem } from '../base/problem.ts'

/** What can keep a backup from being made, or from being taken back: one line each, for the person at the command line. */
export const backupProblems = {
  nothingThere: problem('backup/nothing-there', {
    th: (d: { place: string }) => `ยังไม่มีข้อมูลให้สำรองที่ ${d.place} โปรดตรวจ RAKKAEO_DATA หรือ DATABASE_URL`,
    en: d => `There is nothing to back up at ${d.place}. Check RAKKAEO_DATA or DATABASE_URL.`,
  }),
  fileThere: problem('backup/file-there', {
    th: (d: { file: string }) => `มีไฟล์ ${d.file} อยู่แล้ว จึงไม่เขียนทับ โปรดใช้ชื่ออื่น หรือเติม --force`,
    en: d => `The file ${d.file} is there already and was left as it is. Use another name, or add --force.`,
  }),
  noRoom: problem('backup/no-room', {
    th: (d: { file: string }) => `ที่ว่างไม่พอสำหรับ ${d.file} จึงลบส่วนที่เขียนไปแล้ว โปรดเพิ่มที่ว่าง หรือเลือกที่เก็บอื่น`,
    en: d => `There is no room for ${d.file}; what was written of it was removed. Make room, or choose another place.`,
  }),
  cannotWrite: problem('backup/cannot-write', {
    th: (d: { file: string; reason: string }) => `เขียน ${d.file} ไม่ได้ (${d.reason})`,
    en: d => `Cannot write ${d.file} (${d.reason}).`,
  }),
  cannotRead: problem('backup/cannot-read', {
    th: (d: { file: string; reason: string }) => `อ่าน ${d.file} ไม่ได้ (${d.reason})`,
    en: d => `Cannot read ${d.file} (${d.reason}).`,
  }),
  notBackup: problem('backup/not-backup', {
    th: (d: { file: string }) => `${d.file} ไม่ใช่ชุดสำรองของรากแก้ว`,
    en: d => `${d.file} is not a backup of Rakkaeo.`,
  }),
  formatNewer: problem('backup/format-newer', {
    th: (d: { file: string; format: number }) => `${d.file} เป็นชุดสำรองรูปแบบที่ ${d.format} ซึ่งใหม่กว่าโปรแกรมนี้ โปรดใช้รากแก้วรุ่นที่ใหม่กว่า`,
    en: d => `${d.file} is a backup of format ${d.format}, which is newer than this program. Use a newer Rakkaeo.`,
  }),
  damaged: problem('backup/damaged', {
    th: (d: { file: string; part: string }) => `${d.file} เสียหาย (ที่ ${d.part}) ไม่ได้นำสิ่งใดกลับมา โปรดใช้ชุดสำรองอื่น`,
    en: d => `${d.file} is damaged (at ${d.part}). Nothing of it was taken back. Use another backup.`,
  }),
  cutShort: problem('backup/cut-short', {
    th: (d: { file: string }) => `${d.file} ไม่ครบ ขาดตอนท้าย ไม่ได้นำสิ่งใดกลับมา โปรดใช้ชุดสำรองอื่น`,
    en: d => `${d.file} is cut short: its end is missing. Nothing of it was taken back. Use another backup.`,
  }),
  notEmpty: problem('backup/not-empty', {
    th: (d: { place: string; table: string }) => `ที่ ${d.place} มีข้อมูลอยู่แล้ว (${d.table}) ชุดสำรองกู้คืนได้เฉพาะในที่ว่าง โปรดกำหนด RAKKAEO_DATA เป็นโฟลเดอร์ใหม่ หรือ DATABASE_URL เป็นฐานข้อมูลว่าง`,
    en: d => `There is data at ${d.place} already (${d.table}). A backup goes into an empty place only: set RAKKAEO_DATA to a new folder, or DATABASE_URL to an empty database.`,
  }),
  otherKeys: problem('backup/other-keys', {
    th: (d: { file: string; keys: string }) => `ชุดสำรองนี้ทำไว้กับไฟล์กุญแจ ${d.keys} แต่ ${d.file} เป็นกุญแจอื่นหรือไม่มีอยู่ โปรดนำไฟล์กุญแจเดิมมาไว้ที่นั่น หากหายไปแล้วให้เติม --other-keys เลขประจำตัวประชาชนที่ปิดไว้ การยืนยันสองขั้น และไฟล์สำรองของโทรศัพท์จะเปิดไม่ได้อีก`,
    en: d => `This backup belongs to the keys file ${d.keys}, and ${d.file} is another one or is not there. Put the keys file that belongs to it there. If it is lost, add --other-keys: sealed citizens' numbers, second factors and backups of telephones can then never be opened again.`,
  }),
  noCopy: problem('backup/no-copy', {
    th: (d: { user: string }) => `ผู้ใช้ ${d.user} ของฐานข้อมูลสร้างสำเนาเพื่อซ้อมไม่ได้ โปรดสั่ง: alter role ${d.user} createdb`,
    en: d => `The database user ${d.user} may not make a copy for the rehearsal. Run: alter role ${d.user} createdb`,
  }),
}
