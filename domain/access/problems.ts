import type { Text } from '../base/text.ts'
import { problem } from '../base/problem.ts'

export const accessProblems = {
  signIn: problem('access/sign-in', {
    th: (_: Record<string, never>) => 'ต้องเข้าสู่ระบบก่อน',
    en: () => 'Sign in first.',
  }),
  noRight: problem('access/no-right', {
    th: (d: { right: string; ask: Text }) => `บทบาทของคุณไม่รวมเรื่องนี้ ติดต่อ${d.ask.th}`,
    en: d => `Your roles do not include this. Ask ${d.ask.en}.`,
  }),
  notThere: problem('access/not-there', {
    th: (_: Record<string, never>) => 'ไม่มีรายการนี้ หรืออยู่นอกพื้นที่ของคุณ สอบถามผู้ประสานของพื้นที่ที่คุณต้องการดู',
    en: () => 'Not there, or not in your places. Ask the integrator of the place you want to see.',
  }),
  exceeds: problem('access/exceeds', {
    th: (d: { role: string; area: string }) => `มอบสิทธินี้ไม่ได้ เพราะเกินกว่าสิทธิที่คุณมีใน ${d.area}`,
    en: d => `You cannot give this role: it goes beyond what you hold in ${d.area}.`,
  }),
}
