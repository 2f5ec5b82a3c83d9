import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, GroupId } from '../base/ids.ts'
import { PageQuery, pageOf } from '../base/page.ts'
import { Area, AreaChange, AreaDetail, AreaGroup, AreaHit, AreaLevel } from './area.ts'

export const AreaQuery = PageQuery.extend({
  /** Any part of a Thai or English name or of a code. */
  q: z.string().trim().min(1).max(100).optional(),
  parent: AreaCode.optional(),
  level: AreaLevel.optional(),
  group: GroupId.optional(),
  /** Only areas that exist on this day; without it, those that exist today. `all` includes those that ended. */
  asOf: z.union([z.iso.date(), z.literal('all')]).optional(),
})

export const areaApi = {
  listAreas: {
    method: 'GET', path: '/areas', cache: 'revalidate', perMinute: 400, query: AreaQuery, reply: pageOf(AreaHit),
    summary: { th: 'ค้นหาและเปิดดูพื้นที่', en: 'Search and list areas' },
  },
  locate: {
    method: 'GET', path: '/areas/at', cache: 'revalidate',
    query: z.object({ lat: z.coerce.number().min(-90).max(90), lon: z.coerce.number().min(-180).max(180) }),
    reply: z.object({ items: z.array(Area) }),
    summary: { th: 'พื้นที่ใดอยู่ ณ พิกัดนี้', en: 'Which areas hold a point' },
  },
  getArea: {
    method: 'GET', path: '/areas/:code', cache: 'revalidate', params: z.object({ code: AreaCode }), reply: AreaDetail,
    summary: { th: 'พื้นที่หนึ่งแห่ง พร้อมพื้นที่เหนือขึ้นไป กลุ่ม และประวัติการเปลี่ยนแปลง', en: 'One area with its parents, groups and changes' },
  },
  getBoundaries: {
    method: 'GET', path: '/boundaries/:version/:code/:level', cache: 'immutable',
    params: z.object({ version: z.string().max(64), code: AreaCode, level: AreaLevel }), reply: { file: 'application/topo+json' },
    summary: { th: 'เส้นเขตของพื้นที่ย่อย (TopoJSON)', en: 'Boundaries of the areas inside (TopoJSON)' },
  },
  listAreaChanges: {
    method: 'GET', path: '/area-changes', cache: 'revalidate', query: PageQuery.extend({ within: AreaCode.optional() }), reply: pageOf(AreaChange),
    summary: { th: 'ทะเบียนการเปลี่ยนแปลงพื้นที่', en: 'The ledger of area changes' },
  },
  listAreaGroups: {
    method: 'GET', path: '/area-groups', cache: 'revalidate', query: z.object({ scheme: GroupId.optional() }), reply: z.object({ items: z.array(AreaGroup) }),
    summary: { th: 'กลุ่มพื้นที่ เช่น ภาค', en: 'Groups of areas such as regions' },
  },
} as const satisfies Api
