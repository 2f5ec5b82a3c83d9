import { problem } from '../base/problem.ts'

type Nothing = Record<string, never>

/** What can go wrong at the door. No sentence says whether an account exists. */
export const signInProblems = {
  wrong: problem('sign-in/wrong', {
    th: (_: Nothing) => 'ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง ลองอีกครั้ง หรือกด “ลืมรหัสผ่าน”',
    en: () => 'The user name or the password is not right. Try again, or choose “forgotten password”.',
  }),
  locked: problem('sign-in/locked', {
    th: (d: { waitSeconds: number }) => `ลองผิดหลายครั้งแล้ว โปรดรอ ${d.waitSeconds} วินาทีแล้วลองอีกครั้ง`,
    en: d => `Too many wrong tries. Wait ${d.waitSeconds} seconds and try again.`,
  }),
  wrongCode: problem('sign-in/wrong-code', {
    th: (_: Nothing) => 'รหัสไม่ถูกต้องหรือหมดอายุแล้ว ดูรหัสใหม่ในแอป และตรวจว่าโทรศัพท์ตั้งเวลาอัตโนมัติ',
    en: () => 'The code is not right or has expired. Look for a new one in the app, and see that the phone sets its clock by itself.',
  }),
  secondExpired: problem('sign-in/second-expired', {
    th: (_: Nothing) => 'ขั้นตอนนี้หมดเวลาแล้ว โปรดเข้าสู่ระบบด้วยรหัสผ่านอีกครั้ง',
    en: () => 'This step has expired. Sign in with your password again.',
  }),
  linkExpired: problem('sign-in/link-expired', {
    th: (_: Nothing) => 'ลิงก์นี้ใช้ไปแล้วหรือหมดอายุ โปรดขอลิงก์ใหม่จากหน้าเข้าสู่ระบบ หรือจากผู้ประสานของทีม',
    en: () => 'This link was used or has expired. Ask for a new one on the sign-in page, or your team’s integrator.',
  }),
  inviteEnded: problem('sign-in/invite-ended', {
    th: (_: Nothing) => 'คำเชิญนี้ใช้ครบแล้วหรือหมดอายุ โปรดขอคำเชิญใหม่จากผู้ที่เชิญคุณ',
    en: () => 'This invitation is used up or has expired. Ask whoever invited you for a new one.',
  }),
  nameTaken: problem('sign-in/name-taken', {
    th: (_: Nothing) => 'ใช้ชื่อผู้ใช้หรืออีเมลนี้ไม่ได้ โปรดเลือกชื่ออื่น',
    en: () => 'This user name or e-mail cannot be used. Choose another one.',
  }),
  weakPassword: problem('sign-in/weak-password', {
    th: (_: Nothing) => 'รหัสผ่านนี้เดาง่ายเกินไป โปรดใช้วลียาว ๆ ที่คนอื่นไม่รู้',
    en: () => 'This password is too easy to guess. Use a long phrase that nobody else knows.',
  }),
  noThaid: problem('sign-in/no-thaid', {
    th: (_: Nothing) => 'ระบบนี้ยังไม่เปิดให้เข้าด้วย ThaID โปรดใช้รหัสผ่าน',
    en: () => 'ThaID is not set up here. Use your password.',
  }),
  noMail: problem('sign-in/no-mail', {
    th: (_: Nothing) => 'ระบบนี้ส่งอีเมลไม่ได้ โปรดขอลิงก์ตั้งรหัสผ่านใหม่จากผู้ประสานของทีม',
    en: () => 'This installation sends no e-mail. Ask your team’s integrator for a link to set a new password.',
  }),
  secondState: problem('sign-in/second-state', {
    th: (_: Nothing) => 'การยืนยันสองขั้นเปิดใช้อยู่แล้ว หรือยังไม่ได้เริ่ม โปรดดูสถานะในหน้าบัญชีของฉัน',
    en: () => 'The second factor is already on, or was not begun. See its state in your account.',
  }),
  foreign: problem('sign-in/foreign', {
    th: (_: Nothing) => 'คำขอนี้มาจากเว็บอื่น จึงไม่ทำให้ โปรดทำจากหน้าเว็บของรากแก้วเอง (โปรแกรมให้ใช้โทเค็น)',
    en: () => 'This request came from another site and was not carried out. Do it from the pages of Rakkaeo itself (programs use a token).',
  }),
}
