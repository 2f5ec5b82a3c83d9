import { problem } from './problem.ts'

export const baseProblems = {
  badRequest: problem('base/bad-request', {
    th: (d: { field: string; expected: string }) => `ค่า “${d.field}” ไม่ถูกต้อง: ต้องเป็น ${d.expected}`,
    en: d => `The value of “${d.field}” is not valid: expected ${d.expected}.`,
  }),
  noSuchRoute: problem('base/no-such-route', {
    th: (d: { path: string }) => `ไม่มีหน้า ${d.path} ใน API นี้ ดูรายการทั้งหมดที่ /api`,
    en: d => `There is no ${d.path} in this API. See the list at /api.`,
  }),
  tooMany: problem('base/too-many-requests', {
    th: (d: { waitSeconds: number }) => `เรียกถี่เกินไป โปรดรอ ${d.waitSeconds} วินาทีแล้วลองอีกครั้ง`,
    en: d => `Too many requests. Wait ${d.waitSeconds} seconds and try again.`,
  }),
  fault: problem('base/fault', {
    th: (d: { id: string }) => `ระบบขัดข้อง โปรดลองอีกครั้ง หากยังไม่ได้ ให้แจ้งผู้ดูแลพร้อมรหัส ${d.id}`,
    en: d => `Something broke on our side. Try again; if it stays, tell the administrator the number ${d.id}.`,
  }),
}
