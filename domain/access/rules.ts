import type { Right } from '../base/right.ts'
import type { Text } from '../base/text.ts'
import { Role } from './access.ts'
import { ROLES } from './can.ts'

export const ROLE_NAMES: Record<Role, Text> = {
  collector: { th: 'ผู้เก็บข้อมูล', en: 'collector' },
  'tambon-integrator': { th: 'ผู้ประสานระดับตำบล', en: 'tambon integrator' },
  'provincial-integrator': { th: 'ผู้ประสานระดับจังหวัด', en: 'provincial integrator' },
  'national-integrator': { th: 'ผู้ประสานระดับประเทศ', en: 'national integrator' },
  analyst: { th: 'นักวิเคราะห์', en: 'analyst' },
  auditor: { th: 'ผู้ตรวจสอบ', en: 'auditor' },
  administrator: { th: 'ผู้ดูแลระบบ', en: 'administrator' },
}

export const RIGHT_NAMES: Record<Right, Text> = {
  'see-internal-figures': { th: 'ดูตัวเลขภายในพื้นที่', en: 'see the internal figures of a place' },
  'manage-people': { th: 'ดูแลคนและสิทธิ', en: 'manage people and their roles' },
  'read-audit': { th: 'อ่านบันทึกการใช้งาน', en: 'read the audit' },
  'import-files': { th: 'นำเข้าไฟล์', en: 'import files' },
  collect: { th: 'บันทึกและส่งข้อมูล', en: 'record and send data' },
  'see-records': { th: 'ดูรายการข้อมูล', en: 'see the records of a place' },
  'define-datasets': { th: 'กำหนดชุดข้อมูลและแบบฟอร์ม', en: 'define datasets and forms' },
  'review-records': { th: 'ตรวจ ส่งกลับ และรับรองรายการ', en: 'review, return and approve records' },
  'verify-records': { th: 'ยืนยันและล็อกรายการ', en: 'verify and lock records' },
  'change-places': { th: 'เปลี่ยนชื่อ ย้าย แยก และรวมพื้นที่', en: 'rename, move, split and merge places' },
  'run-rounds': { th: 'จัดรอบเก็บข้อมูลและตั้งเป้าหมาย', en: 'run rounds of collecting and set targets' },
  'erase-persons': { th: 'ดูแลคำขอของเจ้าของข้อมูล และลบข้อมูลส่วนบุคคล', en: 'answer requests of persons and erase their data' },
  'break-glass': { th: 'เปิดดูรายการนอกพื้นที่เมื่อจำเป็น', en: 'open a record elsewhere when it is needed' },
  'import-tables': { th: 'นำเข้าตารางเป็นรายการข้อมูล', en: 'import tables as records' },
}

/** The roles that can give somebody a role with this right. */
export function giversOf(right: Right): Role[] {
  const holders = Role.options.filter(role => ROLES[role].rights.includes(right))
  return Role.options.filter(role => holders.some(holder => ROLES[role].gives.includes(holder)))
}

/** Whom to ask for the right, in words. */
export function whoGives(right: Right): Text {
  const names = giversOf(right).map(role => ROLE_NAMES[role])
  return { th: names.map(name => name.th).join(' หรือ'), en: `your ${names.map(name => name.en).join(' or ')}` }
}
