import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, DatasetId, PersonId, RecordId } from '../base/ids.ts'
import { PageQuery, pageOf } from '../base/page.ts'
import { Text } from '../base/text.ts'
import { CheckId } from '../dataset/dataset.check.ts'
import { Dataset, FormVersion } from '../dataset/dataset.ts'
import { Answers, OpenCard, RecordAct, RecordCard, RecordEntry, RecordFault, RecordFile, RecordRow, RecordState, Withheld } from './record.ts'

/** A database keeps every sign but this one. */
const Line = z.string().trim().regex(/^[^\0]*$/, 'text without NUL')
/** What personal fields are looked at for, where a role sees them only for a purpose. It stands in the audit. */
const Purpose = Line.min(5).max(300)
const FileName = Line.max(255)
/** The `next` of the page before: when its last record changed, and which it is. */
const After = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[0-9a-f-]{36}$/, 'next of the page before').optional()

/** Which records: of one dataset, in the places of who asks or one of them. */
export const RecordFilter = z.object({
  area: AreaCode.optional(), from: z.iso.date().optional(), until: z.iso.date().optional(),
  /**
   * `faults`: with something to look at; `own`: written down by who asks; `affirmed`: approved or further; `conflicts`: two changed it at once, or
   * something came while it was locked; `late`: to review, or returned, for longer than the ladder of the dataset allows.
   */
  only: z.enum(['faults', 'own', 'affirmed', 'conflicts', 'late']).optional(),
  /** Written down by this person. */
  maker: PersonId.optional(),
  /** Without it, all but the rejected and the withdrawn: these are there for who asks for them by name. */
  state: RecordState.optional(),
  /** Part of the title. */
  q: Line.max(100).optional(), purpose: Purpose.optional(),
  /** Failing this check (domain/dataset/dataset.check.ts). */
  check: CheckId.optional(),
  /** Codes of types, with commas: of one of these (`typeQuestionOf` in rules.explore.ts). */
  type: Line.max(300).optional(),
  /** Degrees, west, south, east and north: with a position in there. */
  box: z.string().max(100).regex(/^(-?\d{1,3}(\.\d{1,8})?)(,(?!$)-?\d{1,3}(\.\d{1,8})?){3}$/, 'west,south,east,north').optional(),
})
export type RecordFilter = z.infer<typeof RecordFilter>

/** The same of several datasets at once; without `datasets`, of all. */
export const ExploreFilter = RecordFilter.extend({ datasets: z.string().max(1000).regex(/^[a-z0-9_-]+(,[a-z0-9_-]+)*$/, 'ids of datasets, with commas').optional() })
export type ExploreFilter = z.infer<typeof ExploreFilter>
/** What anyone may choose by. */
export const OpenFilter = ExploreFilter.omit({ only: true, maker: true, state: true, check: true, purpose: true })
export type OpenFilter = z.infer<typeof OpenFilter>
const Start = z.object({ start: z.string().regex(/^[0-9a-f]{16}$/, 'the first half of an id') })

/** There are more than `count`: they were not counted further. */
const More = z.boolean()
const Of = z.object({ id: RecordId })
const OfDataset = z.object({ id: DatasetId })
const THUMB = 320

export const recordApi = {
  listRecords: {
    method: 'GET', path: '/datasets/:id/records', cache: 'none', who: 'see-records', witnessed: true, params: OfDataset, query: PageQuery.extend({ ...RecordFilter.shape, after: After }),
    reply: pageOf(RecordEntry).extend({ count: z.number().int(), more: More, withheld: z.array(Withheld) }),
    summary: { th: 'รายการของชุดข้อมูลในพื้นที่ของฉัน', en: 'Records of a dataset in my places' },
  },
  mapRecords: {
    method: 'GET', path: '/datasets/:id/points', cache: 'none', who: 'see-records', witnessed: true, params: OfDataset, query: RecordFilter,
    reply: z.object({ points: z.array(z.object({ id: RecordId, lat: z.number(), lon: z.number(), title: z.string().nullable() })), more: z.number().int() }),
    summary: { th: 'ตำแหน่งของรายการในพื้นที่ของฉัน', en: 'Where the records of a dataset are' },
  },
  getRecord: {
    method: 'GET', path: '/records/:id', cache: 'none', who: 'see-records', witnessed: true, params: Of, query: z.object({ purpose: Purpose.optional() }),
    reply: z.object({
      record: RecordEntry, form: FormVersion, datasetName: Text, rows: z.array(RecordRow), faults: z.array(RecordFault), files: z.array(RecordFile),
      withheld: z.array(Withheld), history: z.array(RecordAct), about: z.object({ id: RecordId, title: z.string().nullable() }).nullable(),
    }),
    summary: { th: 'รายการหนึ่งรายการ พร้อมประวัติ', en: 'One record with its history' },
  },
  getRecordFile: {
    method: 'GET', path: '/records/:id/files/:name', cache: 'none', who: 'see-records', witnessed: true, params: z.object({ id: RecordId, name: FileName }),
    query: z.object({ /** Longest side of a picture in pixels; without it the file as it came. */ size: z.coerce.number().int().min(THUMB).max(1600).optional(), purpose: Purpose.optional() }),
    reply: { file: 'application/octet-stream' },
    summary: { th: 'ไฟล์ของรายการ เช่น ภาพถ่าย', en: 'A file of a record, such as a photograph' },
  },
  exportRecords: {
    method: 'GET', path: '/datasets/:id/records/file/:as', cache: 'none', who: 'see-records', witnessed: true, exports: true, perMinute: 30,
    params: z.object({ id: DatasetId, as: z.enum(['csv', 'xlsx', 'geojson', 'json']) }),
    query: RecordFilter.extend({ /** Of XLSX: the repeat whose rows are wanted instead of the records. */ table: z.string().max(100).optional() }), reply: { file: 'application/octet-stream' },
    summary: { th: 'ดาวน์โหลดรายการ: CSV (zip), XLSX, GeoJSON, JSON', en: 'Records as a file: CSV (zip, a table for each repeat), XLSX, GeoJSON, JSON' },
  },
  unsealNumber: {
    method: 'POST', path: '/records/:id/number', cache: 'none', who: 'see-records', params: Of, perMinute: 30,
    body: z.object({ key: z.string().max(300), row: z.number().int().nullable(), reason: Line.max(300) }), reply: z.object({ number: z.string() }),
    summary: { th: 'เปิดดูเลขประจำตัวประชาชนเต็ม พร้อมเหตุผล', en: 'See a citizen’s number in full, with a reason' },
  },
  findNumber: {
    method: 'POST', path: '/datasets/:id/number', cache: 'none', who: 'see-records', params: OfDataset, perMinute: 30,
    body: z.object({ number: z.string().max(30), purpose: Purpose }), reply: z.object({ records: z.array(RecordId) }),
    summary: { th: 'หารายการจากเลขประจำตัวประชาชน', en: 'Find records by a citizen’s number' },
  },
  mapPoints: {
    method: 'GET', path: '/explore/points', cache: 'none', who: 'see-records', witnessed: true, query: ExploreFilter, reply: { file: 'application/json' },
    summary: { th: 'ตำแหน่งของรายการหลายชุดข้อมูล แบบย่อ ครั้งละไม่เกินหนึ่งแสนจุด', en: 'Where the records of several datasets are: a list of `PointSheet`, a line each, at most a hundred thousand points' },
  },
  listCards: {
    method: 'GET', path: '/explore/records', cache: 'none', who: 'see-records', witnessed: true, perMinute: 300, query: PageQuery.extend({ ...ExploreFilter.shape, after: After }),
    reply: pageOf(RecordCard).extend({ count: z.number().int(), more: More }),
    summary: { th: 'รายการหลายชุดข้อมูลในพื้นที่ของฉัน', en: 'Records of several datasets in my places' },
  },
  getCard: {
    method: 'GET', path: '/explore/records/:start', cache: 'none', who: 'see-records', witnessed: true, params: Start, query: z.object({ purpose: Purpose.optional() }),
    reply: RecordCard,
    summary: { th: 'รายการหนึ่งจากจุดบนแผนที่', en: 'The record behind a point: by the first 16 digits of its id' },
  },
  mapOpenPoints: {
    method: 'GET', path: '/explore/open/points', cache: 'revalidate', query: OpenFilter, reply: { file: 'application/json' },
    summary: { th: 'ตำแหน่งของรายการที่รับรองให้ทุกคนเห็น', en: 'Where the records are that were approved for everyone to see: a list of `PointSheet`' },
  },
  listOpenCards: {
    method: 'GET', path: '/explore/open/records', cache: 'revalidate', perMinute: 300, query: PageQuery.extend({ ...OpenFilter.shape, after: After }),
    reply: pageOf(OpenCard).extend({ count: z.number().int(), counts: z.array(z.object({ dataset: DatasetId, records: z.number().int() })) }),
    summary: { th: 'รายการที่รับรองให้ทุกคนเห็น', en: 'Records that were approved for everyone to see' },
  },
  getOpenCard: {
    method: 'GET', path: '/explore/open/records/:start', cache: 'revalidate', params: Start, reply: OpenCard,
    summary: { th: 'รายการหนึ่งที่รับรองให้ทุกคนเห็น จากจุดบนแผนที่', en: 'The record behind a point that everyone may see' },
  },
  exportOpen: {
    method: 'GET', path: '/explore/open/file/:as', cache: 'revalidate', perMinute: 30, params: z.object({ as: z.enum(['csv', 'geojson']) }), query: OpenFilter, reply: { file: 'application/octet-stream' },
    summary: { th: 'ดาวน์โหลดรายการที่รับรองให้ทุกคนเห็น: CSV, GeoJSON', en: 'Records that were approved for everyone to see, as a file: CSV, GeoJSON' },
  },
  getThing: {
    method: 'GET', path: '/things/:id', cache: 'revalidate', params: Of,
    reply: z.object({
      card: OpenCard, answers: Answers, form: FormVersion, dataset: Dataset, /** By the keys of their questions. */ pictures: z.array(z.object({ key: z.string(), label: Text })),
      /** What else anyone may see within two kilometres, nearest first. */
      near: z.array(z.object({ id: RecordId, dataset: DatasetId, datasetName: Text, title: z.string().nullable(), metres: z.number().int() })),
    }),
    summary: { th: 'รายการหนึ่งอย่างที่ทุกคนเห็นได้: คำตอบที่เปิดเผย ภาพ และสิ่งที่อยู่ใกล้', en: 'One record as everyone may see it: open answers, photographs, and what lies near' },
  },
  getThingPicture: {
    method: 'GET', path: '/things/:id/pictures/:key', cache: 'revalidate', perMinute: 1200, params: z.object({ id: RecordId, key: z.string().max(300) }),
    query: z.object({ /** Longest side in pixels. */ size: z.coerce.number().int().min(THUMB).max(1600).default(1600) }), reply: { file: 'image/webp' },
    summary: { th: 'ภาพของรายการที่รับรองให้ทุกคนเห็น', en: 'A photograph of a record that was approved for everyone to see, drawn anew without what the camera wrote into it' },
  },
  countRecords: {
    method: 'GET', path: '/records/counts', cache: 'none', who: 'see-records', query: z.object({ area: AreaCode.optional() }),
    reply: z.object({ items: z.array(z.object({ dataset: DatasetId, records: z.number().int(), faults: z.number().int() })) }),
    summary: { th: 'จำนวนรายการของแต่ละชุดข้อมูลในพื้นที่ของฉัน', en: 'How many records each dataset has in my places' },
  },
  listWaiting: {
    method: 'GET', path: '/waiting', cache: 'none', who: 'see-records', query: z.object({ area: AreaCode.optional() }),
    reply: z.object({
      waiting: z.number().int(),
      stuck: z.array(z.object({ instanceId: z.string(), dataset: DatasetId, area: AreaCode, receivedAt: z.iso.datetime(), say: Text, /** As the program said it, for who looks after the server. */ fault: z.string() })),
      filesMissing: z.number().int(),
    }),
    summary: { th: 'ข้อมูลที่ได้รับแล้วแต่ยังไม่เข้ารายการ', en: 'What has arrived and is not among the records yet' },
  },
} as const satisfies Api
