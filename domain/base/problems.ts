import { problem } from './problem.ts'
import type { Lang, Text } from './text.ts'

const said = (expected: string | Text, lang: Lang) => typeof expected === 'string' ? expected : expected[lang]

export const baseProblems = {
  badRequest: problem('base/bad-request', {
    th: (d: { field: string; expected: string | Text }) => `ค่า “${d.field}” ไม่ถูกต้อง: ${said(d.expected, 'th')}`,
    en: d => `The value of “${d.field}” is not valid: ${said(d.expected, 'en')}.`,
  }),
  noSuchRoute: problem('base/no-such-route', {
    th: (d: { path: string }) => `ไม่มีหน้า ${d.path} ใน API นี้ ดูรายการทั้งหมดที่ /api`,
    en: d => `There is no ${d.path} in this API. See the list at /api.`,
  }),
  tooLarge: problem('base/too-large', {
    th: (d: { limitBytes: number }) => `ข้อมูลที่ส่งมาใหญ่เกิน ${d.limitBytes} ไบต์`,
    en: d => `What was sent is larger than ${d.limitBytes} bytes.`,
  }),
  notFiles: problem('base/not-files', {
    th: (_: Record<string, never>) => 'โปรดส่งเป็นไฟล์ในแบบฟอร์ม (multipart/form-data)',
    en: () => 'Send files in a form (multipart/form-data).',
  }),
  filesMissing: problem('base/files-missing', {
    th: (_: Record<string, never>) => 'ไม่มีไฟล์ส่งมา โปรดเลือกไฟล์ก่อน',
    en: () => 'No file was sent. Choose one first.',
  }),
  tooManyFiles: problem('base/too-many-files', {
    th: (d: { limit: number }) => `ส่งได้ครั้งละไม่เกิน ${d.limit} ไฟล์`,
    en: d => `At most ${d.limit} files can be sent at once.`,
  }),
  notReady: problem('base/not-ready', {
    th: (_: Record<string, never>) => 'ระบบยังไม่พร้อม โปรดลองใหม่ในอีกสักครู่',
    en: () => 'The system is not ready. Try again in a moment.',
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
