import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, DatasetId, RecordId } from '../base/ids.ts'
import { RecordFilter } from '../record/api.ts'
import { FieldReason } from '../record/record.ts'
import { Outcome, ReviewAct, Standing, StateCounts } from './review.ts'

/** So many at once: a tambon's household survey. */
export const MOST_AT_ONCE = 20_000
const Reason = z.string().trim().max(1000).regex(/^[^\0]*$/, 'text without NUL')

/** Chosen one by one, or all that a list shows. */
export const ActBody = z.object({
  act: ReviewAct,
  ids: z.array(RecordId).max(MOST_AT_ONCE).optional(), filter: RecordFilter.optional(),
  reason: Reason.optional(), fields: z.array(FieldReason).max(200).optional(),
  /** How many acts each record had when it was looked at; or when the list was. Whatever changed since is refused. */
  seen: z.record(z.string(), z.number().int()).optional(), seenAt: z.iso.datetime().optional(),
  /** `all`: nothing is done where one is refused; `good`: the others are. */
  mode: z.enum(['all', 'good']).default('all'),
  /** Says what would become of it, and does nothing. */
  preview: z.boolean().default(false),
})
export type ActBody = z.infer<typeof ActBody>

export const reviewApi = {
  act: {
    method: 'POST', path: '/datasets/:id/acts', cache: 'none', who: 'see-records', params: z.object({ id: DatasetId }), body: ActBody, reply: Outcome,
    summary: { th: 'ส่งกลับ รับรอง ยืนยัน ล็อก เปิดใหม่ ไม่รับ หรือถอนรายการ ทีละรายการหรือทั้งชุด', en: 'Return, approve, verify, lock, reopen, reject or withdraw records, one or many' },
  },
  undo: {
    method: 'POST', path: '/datasets/:id/acts/:batch/undo', cache: 'none', who: 'see-records', params: z.object({ id: DatasetId, batch: z.uuid() }), reply: Outcome,
    summary: { th: 'ย้อนการทำครั้งก่อนของตนเอง ถ้ายังไม่มีอะไรเกิดขึ้นหลังจากนั้น', en: 'Take back an act of one’s own, where nothing else happened since' },
  },
  settleHeld: {
    method: 'POST', path: '/records/:id/held', cache: 'none', who: 'see-records', params: z.object({ id: RecordId }),
    body: z.object({ /** The visit, as the standing of the record names it. */ instance: z.string().max(200), act: z.enum(['take', 'leave']), reason: Reason.optional(), seen: z.number().int() }), reply: z.object({ id: RecordId }),
    summary: { th: 'รับข้อมูลที่ส่งมาขณะล็อกเข้ามาในรายการ หรือไม่ใช้', en: 'Take in what was sent while a record was locked, or set it aside' },
  },
  countReview: {
    method: 'GET', path: '/review/counts', cache: 'none', who: 'see-records', query: z.object({ area: AreaCode.optional() }),
    reply: z.object({ items: z.array(z.object({ dataset: DatasetId, states: StateCounts, /** Of those to review. */ faults: z.number().int(), /** Returned to who asks. */ mine: z.number().int(), /** In conflict, or held while they were locked. */ conflicts: z.number().int(), /** To review, or returned, for longer than the ladder allows. */ late: z.number().int() })) }),
    summary: { th: 'จำนวนรายการตามสถานะของแต่ละชุดข้อมูลในพื้นที่ของฉัน', en: 'How many records of each dataset are in which state' },
  },
  getStanding: {
    method: 'GET', path: '/records/:id/standing', cache: 'none', who: 'see-records', params: z.object({ id: RecordId }), reply: Standing,
    summary: { th: 'สถานะของรายการ และสิ่งที่ฉันทำกับรายการนี้ได้', en: 'How a record stands, and what I may do to it' },
  },
} as const satisfies Api
