import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, DatasetId, RoundId } from '../base/ids.ts'
import { Board, BoardQuery, RoundOutcome } from './board.ts'

const People = BoardQuery.omit({ by: true })
const As = z.object({ as: z.enum(['csv', 'xlsx']) })
const Reason = z.string().trim().min(5).max(500).regex(/^[^\0]*$/, 'text without NUL')

export const boardApi = {
  getBoard: {
    method: 'GET', path: '/board', cache: 'none', who: 'see-records', query: BoardQuery, reply: Board,
    summary: { th: 'ความก้าวหน้าของการเก็บข้อมูลในพื้นที่ของฉัน', en: 'How far collecting has come in my places' },
  },
  getCollectors: {
    method: 'GET', path: '/board/people', cache: 'none', who: 'manage-people', witnessed: true, query: People, reply: Board,
    summary: { th: 'ความก้าวหน้ารายคนของผู้เก็บข้อมูลในพื้นที่ของฉัน', en: 'The same by the people who collect' },
  },
  exportBoard: {
    method: 'GET', path: '/board/file/:as', cache: 'none', who: 'see-records', params: As, query: BoardQuery, reply: { file: 'application/octet-stream' }, perMinute: 60,
    summary: { th: 'ดาวน์โหลดความก้าวหน้าที่แสดงอยู่: CSV, XLSX', en: 'The board that is shown as a file: CSV, XLSX' },
  },
  exportCollectors: {
    method: 'GET', path: '/board/people/file/:as', cache: 'none', who: 'manage-people', witnessed: true, exports: true, params: As, query: People, reply: { file: 'application/octet-stream' }, perMinute: 60,
    summary: { th: 'ดาวน์โหลดความก้าวหน้ารายคน: CSV, XLSX', en: 'The board of people as a file: CSV, XLSX' },
  },
  setTargets: {
    method: 'PUT', path: '/board/targets', cache: 'none', who: 'run-rounds',
    body: z.object({ dataset: DatasetId, round: RoundId.nullable(), targets: z.array(z.object({ area: AreaCode, /** Null: none was set. */ expected: z.number().int().min(0).max(10_000_000).nullable() })).min(1).max(2000) }),
    reply: z.object({ set: z.number().int() }),
    summary: { th: 'ตั้งเป้าหมายจำนวนรายการของพื้นที่', en: 'Set how many records are expected of places' },
  },
  lockRound: {
    method: 'POST', path: '/rounds/:id/lock', cache: 'none', who: 'see-records', params: z.object({ id: RoundId }),
    body: z.object({ area: AreaCode, /** `all`: nothing is locked where one cannot be. */ mode: z.enum(['all', 'good']).default('all'), preview: z.boolean().default(false) }), reply: RoundOutcome,
    summary: { th: 'ล็อกรายการของรอบในพื้นที่ หรือดูก่อนว่ารายการใดยังล็อกไม่ได้', en: 'Lock the records of a round in a place, or see first which cannot be' },
  },
  openRound: {
    method: 'POST', path: '/rounds/:id/open', cache: 'none', who: 'see-records', params: z.object({ id: RoundId }), body: z.object({ area: AreaCode, reason: Reason }), reply: RoundOutcome,
    summary: { th: 'เปิดรอบที่ล็อกไว้อีกครั้ง พร้อมเหตุผล', en: 'Open a locked round again, with a reason' },
  },
} as const satisfies Api
