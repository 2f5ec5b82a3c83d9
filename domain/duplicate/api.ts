import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, DatasetId, RecordId } from '../base/ids.ts'
import { PageQuery, pageOf } from '../base/page.ts'
import { RecordState } from '../record/record.ts'
import { Pair, PairState, Search, SPLIT_WAYS } from './duplicate.ts'

const PairId = z.object({ pair: z.uuid() })
const Reason = z.string().trim().max(1000).regex(/^[^\0]*$/, 'text without NUL').optional()
/** How many acts each record had when it was looked at: whatever changed since is refused. */
const Seen = z.record(z.string(), z.number().int()).optional()
const MOST_AT_ONCE = 20
const Named = z.object({ id: RecordId, dataset: DatasetId, title: z.string().nullable(), state: RecordState })

/** `from` goes into `keep`; `choices`: whose answer is taken, by the key of its question, and whose rows, by the path of their repeat. */
export const MergeBody = z.object({ keep: RecordId, from: z.array(RecordId).min(1).max(MOST_AT_ONCE), choices: z.record(z.string(), z.union([z.literal('both'), RecordId])).default({}), seen: Seen, reason: Reason })
export type MergeBody = z.infer<typeof MergeBody>
/** Of a merged record nothing more is said; of one that is two things, which answers and repeats stay, go or are of both. */
export const SplitBody = z.object({ ways: z.record(z.string(), z.enum(SPLIT_WAYS)).default({}), seen: Seen, reason: Reason })
export type SplitBody = z.infer<typeof SplitBody>
/** The two records that a split leaves. */
export const SplitReply = z.object({ stays: RecordId, goes: RecordId })

export const duplicateApi = {
  listPairs: {
    method: 'GET', path: '/duplicates', cache: 'none', who: 'see-records', witnessed: true,
    query: PageQuery.extend({ area: AreaCode.optional(), dataset: DatasetId.optional(), state: PairState.optional(), after: z.string().regex(/^[0-9.e-]+_[0-9a-f-]{36}$/, 'next of the page before').optional() }),
    reply: pageOf(Pair).extend({ count: z.number().int() }),
    summary: { th: 'รายการที่อาจซ้ำกันในพื้นที่ของฉัน', en: 'Records of my places that could be the same, the surest first' },
  },
  countPairs: {
    method: 'GET', path: '/duplicates/counts', cache: 'none', who: 'see-records', query: z.object({ area: AreaCode.optional() }),
    reply: z.object({ items: z.array(z.object({ dataset: DatasetId, open: z.number().int(), different: z.number().int(), merged: z.number().int() })) }),
    summary: { th: 'จำนวนคู่ที่อาจซ้ำกันของแต่ละชุดข้อมูล', en: 'How many pairs of each dataset could be the same' },
  },
  getPair: {
    method: 'GET', path: '/duplicates/pairs/:pair', cache: 'none', who: 'see-records', witnessed: true, params: PairId, reply: Pair,
    summary: { th: 'คู่ที่อาจซ้ำกันหนึ่งคู่', en: 'Two records that could be the same' },
  },
  judgePair: {
    method: 'POST', path: '/duplicates/pairs/:pair', cache: 'none', who: 'see-records', params: PairId, body: z.object({ say: z.enum(['different', 'open']) }), reply: z.object({ state: PairState }),
    summary: { th: 'บอกว่าเป็นคนละรายการกัน หรือถอนคำนั้น', en: 'Say that two records are not the same, or take that back' },
  },
  listTwins: {
    method: 'GET', path: '/records/:id/twins', cache: 'none', who: 'see-records', witnessed: true, params: z.object({ id: RecordId }),
    reply: z.object({ twins: z.array(Named.extend({ pair: z.uuid(), score: z.number() })), /** The record that it went into. */ into: Named.nullable(), from: z.array(Named) }),
    summary: { th: 'รายการที่อาจเป็นรายการเดียวกัน และรายการที่รวมเข้ามา', en: 'What a record could be the same as, what it went into, and what went into it' },
  },
  merge: {
    method: 'POST', path: '/datasets/:id/merges', cache: 'none', who: 'see-records', params: z.object({ id: DatasetId }), body: MergeBody, reply: z.object({ batch: z.uuid(), keep: RecordId }),
    summary: { th: 'รวมรายการที่เป็นสิ่งเดียวกัน เลือกคำตอบทีละข้อ', en: 'Merge records of one thing, answer by answer' },
  },
  undoMerge: {
    method: 'POST', path: '/datasets/:id/merges/:batch/undo', cache: 'none', who: 'see-records', params: z.object({ id: DatasetId, batch: z.uuid() }), reply: z.object({ records: z.array(RecordId) }),
    summary: { th: 'ย้อนการรวม ถ้ายังไม่มีอะไรเกิดขึ้นหลังจากนั้น', en: 'Take back a merging where nothing else happened since' },
  },
  split: {
    method: 'POST', path: '/records/:id/split', cache: 'none', who: 'see-records', params: z.object({ id: RecordId }), body: SplitBody, reply: SplitReply,
    summary: { th: 'แยกรายการที่รวมแล้วออก หรือแยกรายการเดียวที่เป็นสองสิ่ง', en: 'Take a merged record out again, or make two of one that is two things' },
  },
  search: {
    method: 'POST', path: '/duplicates/searches', cache: 'none', who: 'review-records', perMinute: 10, body: z.object({ area: AreaCode }), reply: z.object({ id: z.uuid() }),
    summary: { th: 'หารายการที่ซ้ำกันทั้งพื้นที่', en: 'Look for duplicates in a whole place' },
  },
  listSearches: {
    method: 'GET', path: '/duplicates/searches', cache: 'none', who: 'see-records', query: z.object({ area: AreaCode.optional() }), reply: z.object({ items: z.array(Search) }),
    summary: { th: 'การค้นหารายการซ้ำล่าสุด และความคืบหน้า', en: 'The latest searches for duplicates, and how far they are' },
  },
} as const satisfies Api
