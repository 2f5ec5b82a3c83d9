import { createTransport } from 'nodemailer'
import type { DoorSettings } from '../base/environment.door.ts'

export type Letter = { to: string; subject: string; text: string }
export type SendMail = (letter: Letter) => Promise<void>

const PATIENCE_MS = 10_000

/** Sends by the server of RAKKAEO_SMTP_URL; null: this installation sends no e-mail. */
export function makeMail(settings: DoorSettings['mail']): SendMail | null {
  if (!settings) return null
  const transport = createTransport(settings.url, {
    connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS, disableFileAccess: true, disableUrlAccess: true,
  } as never)
  return async letter => { await transport.sendMail({ ...letter, from: settings.from }) }
}

/** Both languages in one letter: nobody has to choose one first. */
export function resetLetter(to: string, url: string, minutes: number): Letter {
  return {
    to, subject: 'รากแก้ว: ตั้งรหัสผ่านใหม่ · Rakkaeo: a new password',
    text: `มีผู้ขอตั้งรหัสผ่านใหม่ให้บัญชีนี้ เปิดลิงก์นี้ภายใน ${minutes} นาที ใช้ได้ครั้งเดียว
${url}
ถ้าคุณไม่ได้ขอ ไม่ต้องทำอะไร รหัสผ่านเดิมยังใช้ได้

Somebody asked for a new password for this account. Open this link within ${minutes} minutes; it works once.
${url}
If it was not you, do nothing: your password stays as it is.
`,
  }
}
