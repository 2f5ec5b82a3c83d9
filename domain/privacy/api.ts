import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, DatasetId, RecordId } from '../base/ids.ts'
import { PageQuery, pageOf } from '../base/page.ts'
import { Text } from '../base/text.ts'
import { ExportEntry, ExportKind } from '../audit/audit.export.ts'
import { Activity, Erasure, FoundSpot, Goes, Holding, MOST_SPOTS, Proposal } from './privacy.ts'

const Line = z.string().trim().regex(/^[^\0]*$/, 'text without NUL')
/** For what: it stands in the audit. */
const Purpose = Line.min(5).max(300)
/** As `textOf` in rules.ts writes them, with commas. */
const Spots = z.string().min(1).max(MOST_SPOTS * 300)
const Chosen = z.object({ spots: Spots, purpose: Purpose })
/** The `next` of the page before. */
const AfterRow = z.string().regex(/^\d{4}-\d\d-\d\d(T[0-9:.]+Z)?_[0-9a-f-]{36}$/, 'next of the page before').optional()

/** `whole`: of these records all goes, not the person alone. `also`: other words that tell of the person: a nickname, a telephone. */
export const EraseBody = z.object({
  spots: Spots, whole: z.array(RecordId).max(MOST_SPOTS).default([]), also: Line.max(200).default(''), request: Line.max(60).default(''), reason: Line.max(300).default(''), preview: z.boolean().default(false),
})
export type EraseBody = z.infer<typeof EraseBody>

/** Proposals one by one, or all of a dataset and place. */
export const SettleBody = z.object({
  act: z.enum(['erase', 'keep']), records: z.array(RecordId).max(1000).optional(), all: z.object({ area: AreaCode, dataset: DatasetId }).optional(), reason: Line.max(300).default(''), until: z.iso.date().optional(),
})
export type SettleBody = z.infer<typeof SettleBody>

export const privacyApi = {
  listProposals: {
    method: 'GET', path: '/privacy/proposals', cache: 'none', who: 'erase-persons', witnessed: true,
    query: PageQuery.extend({ area: AreaCode.optional(), dataset: DatasetId.optional(), kept: z.enum(['yes']).optional(), after: AfterRow }),
    reply: pageOf(Proposal).extend({ groups: z.array(z.object({ dataset: DatasetId, datasetName: Text, area: AreaCode, areaName: Text, retention: z.number().int(), consent: z.number().int() })) }),
    summary: { th: 'รายการที่ครบกำหนดเก็บหรือถอนความยินยอม ตามชุดข้อมูลและพื้นที่', en: 'Records whose time has passed or whose consent was withdrawn, by dataset and place' },
  },
  settleProposals: {
    method: 'POST', path: '/privacy/proposals', cache: 'none', who: 'erase-persons', body: SettleBody, reply: z.object({ done: z.number().int(), left: z.number().int() }),
    summary: { th: 'ลบรายการที่ครบกำหนด หรือเก็บไว้ต่อพร้อมเหตุผลและวันใหม่', en: 'Erase what is proposed, or keep it with a reason and a new day' },
  },
  findPerson: {
    method: 'POST', path: '/privacy/find', cache: 'none', who: 'erase-persons', perMinute: 30,
    body: z.object({ number: Line.max(30).default(''), name: Line.max(120).default(''), area: AreaCode.optional(), purpose: Purpose }), reply: z.object({ items: z.array(FoundSpot), /** There are more. */ more: z.boolean() }),
    summary: { th: 'ค้นหาคนหนึ่งด้วยเลขประจำตัวประชาชนหรือชื่อ ในทุกชุดข้อมูลของพื้นที่', en: 'Look for a person by citizen’s number or name in all datasets of one’s places' },
  },
  getPerson: {
    method: 'GET', path: '/privacy/person', cache: 'none', who: 'erase-persons', witnessed: true, query: Chosen, reply: z.object({ items: z.array(Holding) }),
    summary: { th: 'ข้อมูลทั้งหมดที่เก็บไว้ของคนหนึ่ง', en: 'All that is held of one person' },
  },
  exportPerson: {
    method: 'GET', path: '/privacy/person/file', cache: 'none', who: 'erase-persons', witnessed: true, exports: true, perMinute: 30, query: Chosen.extend({ /** The language of what is read in it; else that of the request. */ lang: z.enum(['th', 'en']).optional() }), reply: { file: 'application/zip' },
    summary: { th: 'ข้อมูลทั้งหมดของคนหนึ่งเป็นไฟล์ ZIP: หน้าเว็บอ่านได้ CSV JSON และภาพ', en: 'All that is held of one person as a ZIP: a page, CSV, JSON and photographs' },
  },
  erasePerson: {
    method: 'POST', path: '/privacy/erase', cache: 'none', who: 'erase-persons', perMinute: 60, body: EraseBody, reply: z.object({ erasure: z.uuid().nullable(), goes: z.array(Goes) }),
    summary: { th: 'ลบข้อมูลของคนหนึ่ง หรือดูก่อนว่าอะไรจะหายไป', en: 'Erase one person’s data, or see first what would go' },
  },
  listErasures: {
    method: 'GET', path: '/privacy/erasures', cache: 'none', who: 'erase-persons', query: PageQuery.extend({ area: AreaCode.optional(), after: AfterRow }), reply: pageOf(Erasure),
    summary: { th: 'การลบข้อมูลที่ทำไปแล้ว', en: 'What was erased, when, by whom and why' },
  },
  listExports: {
    method: 'GET', path: '/audit/exports', cache: 'none', who: 'read-audit', witnessed: true,
    query: PageQuery.extend({ area: AreaCode.optional(), what: ExportKind.optional(), from: z.iso.date().optional(), until: z.iso.date().optional(), after: AfterRow }), reply: pageOf(ExportEntry),
    summary: { th: 'ทะเบียนการส่งออกข้อมูลที่มีรายการของพื้นที่', en: 'The register of exports that held records of one’s places' },
  },
  exportExports: {
    method: 'GET', path: '/audit/exports.csv', cache: 'none', who: 'read-audit', witnessed: true, perMinute: 30,
    query: z.object({ area: AreaCode.optional(), what: ExportKind.optional(), from: z.iso.date().optional(), until: z.iso.date().optional() }), reply: { file: 'text/csv; charset=utf-8' },
    summary: { th: 'ทะเบียนการส่งออกข้อมูลเป็น CSV', en: 'The register of exports as CSV' },
  },
  listActivities: {
    method: 'GET', path: '/privacy/activities', cache: 'revalidate', reply: z.object({ items: z.array(Activity) }),
    summary: { th: 'บันทึกรายการกิจกรรมการประมวลผล (พ.ร.บ.คุ้มครองข้อมูลส่วนบุคคล มาตรา 39)', en: 'The register of processing of each dataset (PDPA section 39)' },
  },
  downloadActivities: {
    method: 'GET', path: '/privacy/activities.csv', cache: 'revalidate', query: z.object({ lang: z.enum(['th', 'en']).default('th') }), reply: { file: 'text/csv; charset=utf-8' },
    summary: { th: 'บันทึกรายการกิจกรรมการประมวลผลเป็น CSV', en: 'The register of processing as CSV' },
  },
} as const satisfies Api
