import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, DatasetId, RecordId } from '../base/ids.ts'
import { PageQuery, pageOf } from '../base/page.ts'
import { Text } from '../base/text.ts'
import { RecordFilter } from './api.ts'

/** The two sides of a place that are shown from its records, and the datasets of the nation that tell of each, in the order of the page. */
export const SIDES = {
  economy: ['otop-product', 'accommodation', 'restaurant', 'local-food', 'attraction', 'farmer'],
  nature: ['water-source', 'plant', 'animal', 'occurrence'],
} as const
export const Side = z.enum(['economy', 'nature'])
export type Side = z.infer<typeof Side>

const { purpose, from, until } = RecordFilter.shape
/** A record as it is named on a page of several datasets. */
const Named = z.object({ id: RecordId, dataset: DatasetId, datasetName: Text, title: z.string().nullable() })

/** A thing near another: how far, in metres along the ground. */
export const NearRecord = Named.extend({ metres: z.number().int() })
export type NearRecord = z.infer<typeof NearRecord>

/** A record with those of its photographs that may be seen, each with the question that asked for it. */
export const Pictured = Named.extend({
  area: AreaCode, areaName: Text, day: z.iso.date().nullable(), photos: z.array(z.object({ name: z.string(), label: Text })),
})
export type Pictured = z.infer<typeof Pictured>

export const LocatedRecord = z.object({ id: RecordId, dataset: DatasetId, lat: z.number(), lon: z.number(), title: z.string().nullable() })
export type LocatedRecord = z.infer<typeof LocatedRecord>

/** A record that anyone may see, as it is named to them. */
export const OpenRecord = Named.omit({ datasetName: true }).extend({ areaName: Text, day: z.iso.date().nullable(), /** The key of the question that its first photograph answers (`getThingPicture`). */ photo: z.string().nullable() })
export type OpenRecord = z.infer<typeof OpenRecord>

const Asked = z.object({ area: AreaCode.optional(), dataset: DatasetId.optional(), side: Side.optional(), from, until, purpose })
/** The `next` of the page before: when its last record changed, and which it is. */
const After = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_[0-9a-f-]{36}$/, 'next of the page before').optional()
const NEAR_METRES = 2000, FURTHEST_METRES = 5000

export const seenApi = {
  listNear: {
    method: 'GET', path: '/records/:id/near', cache: 'none', who: 'see-records', witnessed: true, params: z.object({ id: RecordId }),
    query: z.object({ metres: z.coerce.number().int().min(1).max(FURTHEST_METRES).default(NEAR_METRES), purpose }),
    /** Nearest first; `more` lie as near and are left out. */
    reply: z.object({ items: z.array(NearRecord), more: z.number().int() }),
    summary: { th: 'รายการที่อยู่ใกล้รายการหนึ่ง จากทุกชุดข้อมูล', en: 'Records near a record, of all datasets' },
  },
  listPictures: {
    method: 'GET', path: '/pictures', cache: 'none', who: 'see-records', witnessed: true, query: PageQuery.extend({ ...Asked.shape, after: After }),
    reply: pageOf(Pictured),
    summary: { th: 'รายการที่มีภาพถ่ายในพื้นที่ของฉัน', en: 'Records with photographs in my places' },
  },
  mapSide: {
    method: 'GET', path: '/sides/:side/points', cache: 'none', who: 'see-records', witnessed: true, params: z.object({ side: Side }), query: z.object({ area: AreaCode.optional(), purpose }),
    reply: z.object({ points: z.array(LocatedRecord), more: z.number().int() }),
    summary: { th: 'ตำแหน่งของรายการด้านเศรษฐกิจหรือธรรมชาติในพื้นที่ของฉัน', en: 'Where the records of the economy or of nature are in my places' },
  },
  getOpenSide: {
    method: 'GET', path: '/sides/:side/open', cache: 'revalidate', params: z.object({ side: Side }), query: z.object({ area: AreaCode.optional() }),
    reply: z.object({ counts: z.array(z.object({ dataset: DatasetId, records: z.number().int() })), latest: z.array(OpenRecord), points: z.array(LocatedRecord) }),
    summary: { th: 'รายการด้านเศรษฐกิจหรือธรรมชาติที่รับรองให้ทุกคนเห็น', en: 'Records of the economy or of nature that were approved for everyone to see' },
  },
} as const satisfies Api
