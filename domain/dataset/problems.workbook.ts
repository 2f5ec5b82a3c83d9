import { problem } from '../base/problem.ts'

type File = { file: string }

/** Why a file cannot be read as a workbook at all. */
export const workbookProblems = {
  empty: problem('form/empty-file', {
    th: (d: File) => `ไฟล์ ${d.file} ว่าง ดาวน์โหลดหรือบันทึกใหม่อีกครั้ง`,
    en: d => `The file ${d.file} is empty. Download or save it again.`,
  }),
  oldExcel: problem('form/old-excel', {
    th: (d: File) => `${d.file} เป็นไฟล์ Excel รุ่นเก่า (.xls) เปิดใน Excel หรือ LibreOffice แล้วสั่ง “บันทึกเป็น” เลือก Excel Workbook (.xlsx)`,
    en: d => `${d.file} is a workbook of old Excel (.xls). Open it in Excel or LibreOffice, choose “Save as” and Excel Workbook (.xlsx).`,
  }),
  locked: problem('form/locked-file', {
    th: (d: File) => `ไฟล์ ${d.file} มีรหัสผ่าน เปิดแล้วบันทึกใหม่โดยไม่ใส่รหัสผ่าน`,
    en: d => `The file ${d.file} is locked with a password. Open it and save it without one.`,
  }),
  notWorkbook: problem('form/not-a-workbook', {
    th: (d: File) => `อ่านไฟล์ ${d.file} เป็นสมุดงานไม่ได้ ใช้ไฟล์ .xlsx หรือตาราง Markdown (.md)`,
    en: d => `The file ${d.file} cannot be read as a workbook. Use an .xlsx file, or Markdown tables (.md).`,
  }),
  tooLarge: problem('form/too-large', {
    th: (d: File & { limitMegabytes: number }) => `ไฟล์ ${d.file} ใหญ่เกิน ${d.limitMegabytes} เมกะไบต์เมื่อคลายออก ลบรูปและแผ่นงานที่ไม่ใช้`,
    en: d => `The file ${d.file} is larger than ${d.limitMegabytes} megabytes when unpacked. Remove pictures and sheets that are not used.`,
  }),
  tooManyColumns: problem('form/too-many-columns', {
    th: (d: File & { sheet: string; limit: number }) => `แผ่นงาน “${d.sheet}” ของ ${d.file} มีเกิน ${d.limit} คอลัมน์ที่มีหัว ลบคอลัมน์ที่ไม่ใช้`,
    en: d => `The sheet “${d.sheet}” of ${d.file} has more than ${d.limit} columns with a header. Remove those that are not used.`,
  }),
  tooManyRows: problem('form/too-many-rows', {
    th: (d: File & { sheet: string; limit: number }) => `แผ่นงาน “${d.sheet}” ของ ${d.file} มีเกิน ${d.limit} แถว ใช้ไฟล์ CSV (select_one_from_file) สำหรับรายการยาว`,
    en: d => `The sheet “${d.sheet}” of ${d.file} has more than ${d.limit} rows. Use a CSV file (select_one_from_file) for long lists.`,
  }),
  headerTwice: problem('form/header-twice', {
    th: (d: File & { sheet: string; column: string }) => `แผ่นงาน “${d.sheet}” ของ ${d.file} มีคอลัมน์ “${d.column}” สองคอลัมน์ ลบออกหนึ่งคอลัมน์`,
    en: d => `The sheet “${d.sheet}” of ${d.file} has two columns “${d.column}”. Remove one of them.`,
  }),
}
