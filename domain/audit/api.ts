import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, PersonId } from '../base/ids.ts'
import { PageQuery, pageOf } from '../base/page.ts'
import { AuditLine } from './audit.ts'

export const auditApi = {
  listAudit: {
    method: 'GET', path: '/audit', cache: 'none', who: 'read-audit', witnessed: true,
    query: PageQuery.extend({ area: AreaCode.optional(), person: PersonId.optional(), target: z.string().max(200).optional(), action: z.string().max(60).optional() }),
    reply: pageOf(AuditLine),
    summary: { th: 'บันทึกการใช้งานของพื้นที่', en: 'The audit of a place, a person or a record' },
  },
  listMine: {
    method: 'GET', path: '/audit/mine', cache: 'none', who: 'signed-in', query: PageQuery, reply: pageOf(AuditLine),
    summary: { th: 'ใครดูหรือแก้ข้อมูลของฉัน และฉันทำอะไรไว้', en: 'Who looked at what is mine, and what I did' },
  },
} as const satisfies Api
