import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, DatasetId, GrantId, PersonId, TokenId } from '../base/ids.ts'
import { PageQuery, pageOf } from '../base/page.ts'
import { Right } from '../base/right.ts'
import { Text } from '../base/text.ts'
import { Grant, Person, Role, Token } from './access.ts'

/** Why somebody sees or does not see something, in words, and whom to ask. */
export const Explanation = z.object({ may: z.boolean(), because: Text, ask: z.array(z.object({ role: Role, area: AreaCode, name: z.string().nullable() })) })
export type Explanation = z.infer<typeof Explanation>

export const GrantLine = Grant.extend({ personName: z.string(), areaName: Text, givenByName: z.string().nullable() })
export const PersonEntry = Person.extend({ grants: z.array(GrantLine) })
const Made = z.object({ id: GrantId })

export const accessApi = {
  getMe: {
    method: 'GET', path: '/me', cache: 'none', who: 'signed-in',
    reply: z.object({ person: Person, grants: z.array(GrantLine), rights: z.array(z.object({ right: Right, areas: z.array(AreaCode) })) }),
    summary: { th: 'ฉันเป็นใคร และมีสิทธิอะไร ที่ไหน', en: 'Who I am, and what I may do where' },
  },
  explain: {
    method: 'GET', path: '/access/explain', cache: 'none', who: 'signed-in', query: z.object({ area: AreaCode, right: Right }), reply: Explanation,
    summary: { th: 'ทำไมฉันจึงเห็นหรือไม่เห็น', en: 'Why I see or do not see something' },
  },
  listPeople: {
    method: 'GET', path: '/people', cache: 'none', who: 'manage-people', witnessed: true, perMinute: 120,
    query: PageQuery.extend({ q: z.string().trim().max(100).optional(), area: AreaCode.optional(), role: Role.optional() }), reply: pageOf(PersonEntry),
    summary: { th: 'คนที่มีสิทธิในพื้นที่ของฉัน', en: 'People who hold a role in my places' },
  },
  getPerson: {
    method: 'GET', path: '/people/:id', cache: 'none', who: 'manage-people', witnessed: true, params: z.object({ id: PersonId }), reply: PersonEntry,
    summary: { th: 'คนหนึ่งคน และสิทธิในพื้นที่ของฉัน', en: 'One person and their roles in my places' },
  },
  giveGrants: {
    method: 'POST', path: '/grants', cache: 'none', who: 'manage-people',
    body: z.object({ person: PersonId, role: Role, areas: z.array(AreaCode).min(1).max(1000), from: z.iso.date(), until: z.iso.date().nullable() }),
    reply: z.object({ grants: z.array(Made) }),
    summary: { th: 'มอบสิทธิ', en: 'Give a role in places' },
  },
  endGrant: {
    method: 'POST', path: '/grants/:id/end', cache: 'none', who: 'manage-people', params: z.object({ id: GrantId }), reply: Made,
    summary: { th: 'ยุติสิทธิ', en: 'End a grant' },
  },
  makeResetLink: {
    method: 'POST', path: '/people/:id/reset-link', cache: 'none', who: 'manage-people', params: z.object({ id: PersonId }), reply: z.object({ url: z.string(), expiresAt: z.iso.datetime() }),
    summary: { th: 'ทำลิงก์ตั้งรหัสผ่านใหม่ ใช้ได้ครั้งเดียว', en: 'Make a one-time link to set a new password' },
  },
  listTokens: {
    method: 'GET', path: '/tokens', cache: 'none', who: 'signed-in', reply: z.object({ items: z.array(Token) }),
    summary: { th: 'โทเค็นของฉัน', en: 'My tokens' },
  },
  makeToken: {
    method: 'POST', path: '/tokens', cache: 'none', who: 'signed-in',
    body: z.object({ name: z.string().trim().min(1).max(100), areas: z.array(AreaCode).min(1).max(1000), days: z.number().int().min(1).max(366) }),
    reply: z.object({ token: Token, secret: z.string() }),
    summary: { th: 'ทำโทเค็นสำหรับโปรแกรม', en: 'Make a token for a program' },
  },
  makeCollectorKey: {
    method: 'POST', path: '/tokens/collector', cache: 'none', who: 'collect',
    body: z.object({ name: z.string().trim().min(1).max(100), areas: z.array(AreaCode).min(1).max(1000), datasets: z.array(DatasetId).min(1).max(100).nullable(), days: z.number().int().min(1).max(366) }),
    /** `url`: the server's address for the telephone, with the key in it; `settings`: the same as ODK Collect reads it from a QR. */
    reply: z.object({ token: Token, url: z.string(), settings: z.string() }),
    summary: { th: 'ทำ QR สำหรับเก็บข้อมูลด้วย ODK Collect หรือ KoboCollect', en: 'Make the key (QR) of a telephone that collects with ODK Collect or KoboCollect' },
  },
  revokeToken: {
    method: 'DELETE', path: '/tokens/:id', cache: 'none', who: 'signed-in', params: z.object({ id: TokenId }), reply: z.object({ id: TokenId }),
    summary: { th: 'ยกเลิกโทเค็น', en: 'Revoke a token' },
  },
} as const satisfies Api
