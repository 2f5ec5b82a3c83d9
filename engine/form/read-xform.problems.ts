import { problem } from '../../domain/base/problem.ts'

/** Why an XForm cannot be read as a form. Forms that were converted here have none of these. */
export const xformProblems = {
  notXForm: problem('form/not-an-xform', {
    th: (d: { missing: string }) => `ไฟล์นี้ไม่ใช่ XForm: ไม่มี ${d.missing} ใช้ไฟล์ที่แปลงจาก XLSForm`,
    en: d => `This is not an XForm: there is no ${d.missing}. Use a file that was converted from an XLSForm.`,
  }),
  noFormId: problem('form/no-form-id', {
    th: (d: { root: string }) => `<${d.root}> ไม่มีรหัสแบบฟอร์ม ใส่ form_id ในแผ่นงาน settings`,
    en: d => `<${d.root}> has no form id. Put form_id into the sheet settings.`,
  }),
  badValue: problem('form/bad-attribute-value', {
    th: (d: { path: string; name: string; value: string; allowed: string }) => `${d.path}: ${d.name} เป็น “${d.value}” ไม่ได้ ใช้ ${d.allowed}`,
    en: d => `${d.path}: ${d.name} cannot be “${d.value}”. Write one of ${d.allowed}.`,
  }),
}
