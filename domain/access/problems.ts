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
  ownRole: problem('access/own-role', {
    th: (_: Record<string, never>) => 'มอบสิทธิให้ตนเองไม่ได้ ให้ผู้ประสานระดับสูงกว่าหรือผู้ดูแลระบบเป็นผู้มอบ',
    en: () => 'Nobody gives themselves a role. Ask the integrator above you or an administrator.',
  }),
  lastAdministrator: problem('access/last-administrator', {
    th: (_: Record<string, never>) => 'ยุติสิทธินี้ไม่ได้ เพราะจะไม่เหลือผู้ดูแลระบบ มอบสิทธิผู้ดูแลระบบให้คนอื่นก่อน',
    en: () => 'This is the last administrator. Make somebody else an administrator first.',
  }),
  endedArea: problem('access/ended-area', {
    th: (d: { area: string }) => `ไม่มีพื้นที่ ${d.area} ในวันนี้ ค้นหาพื้นที่ปัจจุบันจากชื่อ`,
    en: d => `There is no area ${d.area} today. Look for the present one by its name.`,
  }),
  badDates: problem('access/bad-dates', {
    th: (_: Record<string, never>) => 'วันสิ้นสุดต้องอยู่หลังวันเริ่ม และยังไม่ผ่านไป',
    en: () => 'The last day must be after the first, and not past.',
  }),
  resetBeyond: problem('access/reset-beyond', {
    th: (_: Record<string, never>) => 'ทำลิงก์ให้คนนี้ไม่ได้ เพราะบทบาทของเขาเกินกว่าที่คุณมอบได้ ให้ผู้ประสานระดับสูงกว่าหรือผู้ดูแลระบบทำให้',
    en: () => 'You cannot make a link for this person: their roles go beyond those you can give. Ask the integrator above you or an administrator.',
  }),
  tokenByToken: problem('access/token-by-token', {
    th: (_: Record<string, never>) => 'โทเค็นทำโทเค็นใหม่ไม่ได้ เข้าสู่ระบบด้วยตนเองแล้วทำในหน้าบัญชีของฉัน',
    en: () => 'A token cannot make another. Sign in yourself and make it in your account.',
  }),
}
