import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, DatasetId, RecordId } from '../base/ids.ts'
import { Text } from '../base/text.ts'
import { Check, CheckId, CheckSet, FlagLimits } from '../dataset/dataset.check.ts'
import { Flag, FlagKind, Quality } from './check.ts'

const OfDataset = z.object({ id: DatasetId }), OfRecord = z.object({ id: RecordId })
const Where = z.object({ area: AreaCode.optional() })
const Counted = z.object({ area: AreaCode, areaName: Text, records: z.number().int() })

export const checkApi = {
  listChecks: {
    method: 'GET', path: '/datasets/:id/checks', cache: 'revalidate', params: OfDataset, query: Where,
    /** The dataset's own first; with a place, those that hold there. */
    reply: z.object({ home: AreaCode, sets: z.array(CheckSet.extend({ areaName: Text })) }),
    summary: { th: 'กฎตรวจของชุดข้อมูล', en: 'The checks of a dataset, its own and those that places add' },
  },
  countChecks: {
    method: 'GET', path: '/datasets/:id/checks/counts', cache: 'none', who: 'see-records', params: OfDataset, query: Where,
    reply: z.object({
      records: z.number().int(),
      checks: z.array(z.object({ check: CheckId, records: z.number().int(), /** One level below. */ places: z.array(Counted) })),
      flags: z.array(z.object({ kind: FlagKind, open: z.number().int(), aside: z.number().int() })),
      /** Records that were not judged by the newest checks yet. */
      waiting: z.boolean(),
    }),
    summary: { th: 'จำนวนรายการที่ไม่ผ่านกฎตรวจแต่ละข้อ ตามพื้นที่', en: 'How many records fail each check, by place' },
  },
  tryCheck: {
    method: 'POST', path: '/datasets/:id/checks/trial', cache: 'none', who: 'define-datasets', params: OfDataset, body: z.object({ area: AreaCode, check: Check }),
    /** Only records whose answers the author may see are tried, the newest first. */
    reply: z.object({ judged: z.number().int(), fails: z.number().int(), more: z.boolean() }),
    summary: { th: 'ลองกฎตรวจกับรายการที่มีอยู่ โดยยังไม่เผยแพร่', en: 'Try a check on the records that are there; nothing is kept' },
  },
  publishChecks: {
    method: 'POST', path: '/datasets/:id/checks', cache: 'none', who: 'define-datasets', params: OfDataset,
    /** `seen`: the version that this changes; 0: there was none. */
    body: z.object({ area: AreaCode, seen: z.number().int().min(0), checks: z.array(Check).max(300), limits: FlagLimits }),
    reply: z.object({ version: z.number().int() }),
    summary: { th: 'เผยแพร่กฎตรวจรุ่นใหม่ แล้วตรวจรายการทั้งหมดอีกครั้ง', en: 'Publish a new version of the checks; all records are judged again' },
  },
  listFlags: {
    method: 'GET', path: '/records/:id/flags', cache: 'none', who: 'see-records', witnessed: true, params: OfRecord,
    reply: z.object({ flags: z.array(Flag), /** Whether who asks may set one aside. */ may: z.boolean() }),
    summary: { th: 'ธงเตือนค่าผิดปกติของรายการ', en: 'What is out of the ordinary in a record' },
  },
  setAside: {
    method: 'POST', path: '/records/:id/flags', cache: 'none', who: 'review-records', params: OfRecord,
    body: z.object({ kind: FlagKind, key: z.string().max(300), why: z.string().trim().max(500).regex(/^[^\0]*$/, 'text without NUL'), aside: z.boolean() }), reply: OfRecord,
    summary: { th: 'บอกว่าดูธงเตือนแล้วและถูกต้อง หรือเปิดธงอีกครั้ง', en: 'Say that a flag was looked at and is right, or open it again' },
  },
  listQuality: {
    method: 'GET', path: '/quality', cache: 'revalidate', query: z.object({ area: AreaCode, dataset: DatasetId.optional() }), reply: z.object({ items: z.array(Quality) }),
    summary: { th: 'คะแนนคุณภาพข้อมูลของพื้นที่ ตามชุดข้อมูล', en: 'How good the records of a place are, by dataset' },
  },
} as const satisfies Api
