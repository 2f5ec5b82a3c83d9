import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, DatasetId, PersonId, PhoneId } from '../base/ids.ts'
import { PageQuery, pageOf } from '../base/page.ts'
import { BackupTaken, Kit, Phone, PhoneName, Sent } from './collect.ts'

/** A database keeps every sign but NUL. */
const Line = z.string().trim().regex(/^[^\0]*$/, 'text without NUL')
const Of = z.object({ phone: PhoneId })

export const collectApi = {
  getKit: {
    method: 'GET', path: '/collect/kit', cache: 'none', who: 'collect', perMinute: 60,
    query: z.object({ /** The `tag` of the kit that the telephone has. */ have: z.string().max(100).optional() }),
    /** `kit` is null where the telephone has it already. */
    reply: z.object({ tag: z.string(), kit: Kit.nullable() }),
    summary: { th: 'สิ่งที่โทรศัพท์ต้องมีเพื่อเก็บข้อมูลโดยไม่มีเครือข่าย', en: 'What a telephone carries to collect without a network' },
  },
  getSent: {
    method: 'GET', path: '/collect/sent/:instanceId', cache: 'none', who: 'collect', witnessed: true, perMinute: 600,
    params: z.object({ instanceId: Line.min(1).max(200) }), query: z.object({ dataset: DatasetId }), reply: Sent,
    summary: { th: 'แม่ข่ายมีอะไรของแบบฟอร์มที่ส่งแล้วบ้าง ไฟล์ต่อไฟล์', en: 'What the server has of a submission, file by file' },
  },
  reportPhone: {
    method: 'PUT', path: '/collect/phones/:phone', cache: 'none', who: 'collect', perMinute: 60, params: Of,
    body: z.object({ name: PhoneName, unsent: z.number().int().min(0).max(100_000), oldest: z.iso.datetime().nullable(), version: Line.max(60) }),
    /** `revoked`: what this person has on the telephone must be wiped. */
    reply: z.object({ revoked: z.boolean() }),
    summary: { th: 'โทรศัพท์บอกว่ามีข้อมูลที่ยังไม่ส่งเท่าใด', en: 'A telephone tells how much it has not sent yet' },
  },
  listPhones: {
    method: 'GET', path: '/collect/phones', cache: 'none', who: 'manage-people', witnessed: true, perMinute: 120,
    query: PageQuery.extend({ area: AreaCode.optional() }), reply: pageOf(Phone),
    summary: { th: 'โทรศัพท์ที่เก็บข้อมูลในพื้นที่ของฉัน และข้อมูลที่ยังไม่ส่ง', en: 'Telephones that collect in my places, and what they have not sent' },
  },
  revokePhone: {
    method: 'POST', path: '/collect/phones/:phone/revoke', cache: 'none', who: 'manage-people', params: Of,
    body: z.object({ person: PersonId, reason: Line.min(5).max(300) }), reply: z.object({ phone: PhoneId }),
    summary: { th: 'ยกเลิกโทรศัพท์เครื่องหนึ่ง: ออกจากระบบและล้างข้อมูลเมื่อเชื่อมต่อครั้งหน้า', en: 'Revoke a telephone: it is signed out, and wiped when it next connects' },
  },
  takeBackup: {
    method: 'POST', path: '/collect/backup', cache: 'none', who: 'signed-in', perMinute: 30, reply: BackupTaken,
    summary: { th: 'รับไฟล์สำรองของโทรศัพท์ (ส่งเป็น application/octet-stream หรือไฟล์เดียวในแบบฟอร์ม)', en: 'Take in the backup file of a telephone (as application/octet-stream, or the one file of a form)' },
  },
} as const satisfies Api
