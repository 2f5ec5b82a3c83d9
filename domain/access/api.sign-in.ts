import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { PersonId } from '../base/ids.ts'

/** What a person may call themselves when they sign in. */
export const UserName = z.string().trim().toLowerCase().regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, 'user name: 3 to 40 of a-z, 0-9, dot, hyphen, underscore')
export const PASSWORD_LEAST = 10, PASSWORD_MOST = 128
export const Password = z.string().min(PASSWORD_LEAST).max(PASSWORD_MOST)
/** What was typed, right or wrong: only its size is judged. */
const Typed = z.string().min(1).max(PASSWORD_MOST)
const Secret = z.string().min(20).max(200)
/** Where to go on in this site: a path, never another host. */
export const NextPath = z.string().max(300).regex(/^\/(?![/\\])[^\s\\]*$/, 'path in this site')

/** One place where the person is signed in. */
export const Session = z.object({
  id: z.uuid(), current: z.boolean(), startedAt: z.iso.datetime(), expiresAt: z.iso.datetime(), address: z.string().nullable(), program: z.string().nullable(),
})
export type Session = z.infer<typeof Session>

const Done = z.object({ done: z.literal(true) })
const Away = z.object({ url: z.string() })
const open = { cache: 'none' } as const
const own = { cache: 'none', who: 'signed-in' } as const

/** How a person comes in, and keeps their account. Answered by server/auth, with its cookies; the other routes by their rooms. */
export const signInApi = {
  listWays: {
    ...open, method: 'GET', path: '/auth/ways', reply: z.object({ thaid: z.boolean(), mail: z.boolean() }),
    summary: { th: 'เข้าสู่ระบบได้ทางใดบ้าง', en: 'The ways to sign in here' },
  },
  signIn: {
    ...open, method: 'POST', path: '/auth/sign-in', body: z.object({ name: z.string().trim().min(1).max(254), password: Typed }),
    /** True: a code of the second factor is wanted next. */
    reply: z.object({ secondFactor: z.boolean() }),
    summary: { th: 'เข้าสู่ระบบด้วยชื่อผู้ใช้หรืออีเมล และรหัสผ่าน', en: 'Sign in with user name or e-mail and password' },
  },
  signInSecond: {
    ...open, method: 'POST', path: '/auth/sign-in/second', body: z.object({ kind: z.enum(['app', 'recovery']), code: z.string().trim().min(1).max(40) }), reply: Done,
    summary: { th: 'รหัสจากแอปยืนยันตัวตน หรือรหัสกู้คืน', en: 'The code of the second factor, or a recovery code' },
  },
  signInThaid: {
    ...open, method: 'POST', path: '/auth/sign-in/thaid', body: z.object({ next: NextPath.default('/desk') }), reply: Away,
    summary: { th: 'เข้าสู่ระบบด้วย ThaID', en: 'Sign in with ThaID: where to go' },
  },
  signUp: {
    ...open, method: 'POST', path: '/auth/sign-up',
    body: z.object({ invite: Secret, name: z.string().trim().min(1).max(120), userName: UserName, email: z.email().max(254).optional(), password: Password }),
    reply: z.object({ person: PersonId }),
    summary: { th: 'เปิดบัญชีด้วยคำเชิญ', en: 'Make an account with an invitation' },
  },
  signOut: {
    ...open, method: 'POST', path: '/auth/sign-out', reply: Done,
    summary: { th: 'ออกจากระบบ', en: 'Sign out' },
  },
  askReset: {
    ...open, method: 'POST', path: '/auth/reset/ask', body: z.object({ email: z.email().max(254) }), reply: Done,
    summary: { th: 'ลืมรหัสผ่าน: ขอลิงก์ทางอีเมล', en: 'Forgotten password: ask for a link by e-mail' },
  },
  reset: {
    ...open, method: 'POST', path: '/auth/reset', body: z.object({ token: Secret, password: Password }), reply: Done,
    summary: { th: 'ตั้งรหัสผ่านใหม่ด้วยลิงก์ใช้ครั้งเดียว', en: 'Set a new password with a one-time link' },
  },
  getAccount: {
    ...own, method: 'GET', path: '/auth/account', reply: z.object({ userName: z.string().nullable(), email: z.string().nullable(), secondFactor: z.boolean(), thaid: z.boolean() }),
    summary: { th: 'บัญชีของฉัน', en: 'My account' },
  },
  changePassword: {
    ...own, method: 'POST', path: '/auth/password', body: z.object({ current: Typed, password: Password }), reply: Done,
    summary: { th: 'เปลี่ยนรหัสผ่าน และออกจากระบบที่อื่นทั้งหมด', en: 'Change my password, and sign out everywhere else' },
  },
  startSecondFactor: {
    ...own, method: 'POST', path: '/auth/second-factor', body: z.object({ password: Typed }),
    /** An `otpauth:` address for a QR, and recovery codes; both are shown once. */
    reply: z.object({ uri: z.string(), codes: z.array(z.string()) }),
    summary: { th: 'เริ่มใช้การยืนยันสองขั้น', en: 'Begin a second factor' },
  },
  confirmSecondFactor: {
    ...own, method: 'POST', path: '/auth/second-factor/confirm', body: z.object({ code: z.string().trim().min(1).max(10) }), reply: Done,
    summary: { th: 'ยืนยันรหัสแรกจากแอป', en: 'Confirm it with a first code' },
  },
  makeRecoveryCodes: {
    ...own, method: 'POST', path: '/auth/second-factor/codes', body: z.object({ password: Typed }), reply: z.object({ codes: z.array(z.string()) }),
    summary: { th: 'ทำรหัสกู้คืนชุดใหม่', en: 'Make new recovery codes' },
  },
  endSecondFactor: {
    ...own, method: 'POST', path: '/auth/second-factor/end', body: z.object({ password: Typed }), reply: Done,
    summary: { th: 'เลิกใช้การยืนยันสองขั้น', en: 'End the second factor' },
  },
  linkThaid: {
    ...own, method: 'POST', path: '/auth/thaid', body: z.object({ next: NextPath.default('/account') }), reply: Away,
    summary: { th: 'ผูกบัญชีกับ ThaID', en: 'Link my account with ThaID: where to go' },
  },
  unlinkThaid: {
    ...own, method: 'DELETE', path: '/auth/thaid', reply: Done,
    summary: { th: 'เลิกผูกกับ ThaID', en: 'Unlink ThaID' },
  },
  listSessions: {
    ...own, method: 'GET', path: '/auth/sessions', reply: z.object({ items: z.array(Session) }),
    summary: { th: 'ฉันเข้าสู่ระบบไว้ที่ใดบ้าง', en: 'Where I am signed in' },
  },
  endSession: {
    ...own, method: 'DELETE', path: '/auth/sessions/:id', params: z.object({ id: z.uuid() }), reply: Done,
    summary: { th: 'ออกจากระบบที่เครื่องหนึ่ง', en: 'Sign out in one place' },
  },
  endOtherSessions: {
    ...own, method: 'POST', path: '/auth/sessions/end-others', reply: Done,
    summary: { th: 'ออกจากระบบที่อื่นทั้งหมด', en: 'Sign out everywhere else' },
  },
} as const satisfies Api
