import type { Text } from '../domain/base/text.ts'

/** What the command line says. */
export const say = {
  description: { th: 'รากแก้ว: ข้อมูลชุมชนรายตำบล เพื่อตำบล จังหวัด และประเทศ', en: 'Rakkaeo: community data by tambon, for the tambon, the province and the nation' },
  lang: { th: 'ภาษา: th หรือ en (ปกติตามเครื่อง)', en: 'language: th or en (by your locale)' },
  help: { th: 'แสดงวิธีใช้', en: 'show how to use it' },
  version: { th: 'แสดงรุ่น', en: 'show the version' },
  start: { th: 'เริ่มฐานข้อมูลและเว็บ', en: 'start the database and the site' },
  migrate: { th: 'ปรับโครงสร้างฐานข้อมูลให้ตรงกับโปรแกรม', en: 'bring the database to the schema of this program' },
  startingDatabase: { th: 'เปิดฐานข้อมูล', en: 'Opening the database' },
  migrating: { th: 'ปรับโครงสร้างฐานข้อมูล', en: 'Migrating the database' },
  buildingSite: { th: 'สร้างเว็บไซต์', en: 'Building the site' },
  ready: { th: 'รากแก้วพร้อมแล้วที่', en: 'Rakkaeo is ready at' },
  stopHint: { th: 'กด Ctrl-C เพื่อหยุด', en: 'Press Ctrl-C to stop.' },
  stopping: { th: 'กำลังหยุด…', en: 'Stopping…' },
  stopped: { th: 'หยุดเรียบร้อย', en: 'Stopped.' },
  build: { th: 'สร้างเว็บไซต์ไว้ล่วงหน้า', en: 'build the site beforehand' },
  built: { th: 'เว็บไซต์เป็นปัจจุบันแล้ว', en: 'The site is up to date.' },
  upToDate: { th: 'โครงสร้างฐานข้อมูลเป็นปัจจุบันแล้ว', en: 'The schema is up to date.' },
} as const satisfies Record<string, Text>
