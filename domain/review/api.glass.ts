import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, GlassId, RecordId } from '../base/ids.ts'
import { recordApi } from '../record/api.ts'
import { Glass } from './review.glass.ts'

const Many = z.object({ items: z.array(Glass) })

export const glassApi = {
  breakGlass: {
    method: 'POST', path: '/glass', cache: 'none', who: 'break-glass', perMinute: 10, body: z.object({ record: RecordId, reason: z.string().trim().min(10).max(500).regex(/^[^\0]*$/, 'text without NUL') }),
    /** The same whether or not there is such a record: looking through it tells. */
    reply: z.object({ minutes: z.number().int() }),
    summary: { th: 'ขอเปิดดูรายการหนึ่งนอกพื้นที่ของตน พร้อมเหตุผล ในเวลาจำกัด', en: 'Ask to open one record outside one’s own places, with a reason, for a limited time' },
  },
  lookThrough: {
    method: 'GET', path: '/glass/records/:id', cache: 'none', who: 'break-glass', witnessed: true, params: z.object({ id: RecordId }),
    reply: recordApi.getRecord.reply.extend({ glass: Glass }),
    summary: { th: 'รายการที่เปิดดูนอกพื้นที่ เท่าที่บทบาทของตนเห็นได้', en: 'The record that one opened elsewhere, as far as one’s own role may see such records' },
  },
  listOwnGlass: {
    method: 'GET', path: '/glass/mine', cache: 'none', who: 'break-glass', reply: Many,
    summary: { th: 'รายการนอกพื้นที่ที่ฉันเปิดดู', en: 'What I opened elsewhere' },
  },
  listGlass: {
    method: 'GET', path: '/glass', cache: 'none', who: 'review-records', query: z.object({ area: AreaCode.optional() }), reply: Many,
    summary: { th: 'ใครเปิดดูรายการในพื้นที่ของฉันจากที่อื่น เมื่อใด เพราะอะไร', en: 'Who opened records of my places from elsewhere, when and why' },
  },
  endGlass: {
    method: 'POST', path: '/glass/:id/end', cache: 'none', who: 'see-records', params: z.object({ id: GlassId }), reply: z.object({ id: GlassId }),
    summary: { th: 'ปิดการเปิดดูจากนอกพื้นที่', en: 'End it: whoever reviews in the place, or whoever opened it' },
  },
} as const satisfies Api
