import { areaApi } from '../../domain/area/api.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import { datasetApi } from '../../domain/dataset/api.ts'
import { seenApi, SIDES, type Side } from '../../domain/record/api.seen.ts'
import { recordApi } from '../../domain/record/api.ts'
import { findExplanation, may, type Me } from '../access/data.ts'
import { call } from '../base/api.ts'
import { drawPlace } from '../record/data.outline.ts'

type Fetch = typeof globalThis.fetch
const LATEST = 6

/** One side of a place from its records: as far as whoever asks may see them there, and for everybody else what was approved. */
export async function loadSide(fetch: Fetch, me: Me | null, code: AreaCode, side: Side) {
  const area = await call(fetch, areaApi.getArea, { params: { code } }), sees = may(me, 'see-records', area.code)
  const [{ items }, seen, open, why] = await Promise.all([
    call(fetch, datasetApi.listDatasets), sees ? loadSeen(fetch, area.code, side) : null, sees ? null : call(fetch, seenApi.getOpenSide, { params: { side }, query: { area: area.code } }),
    sees ? null : findExplanation(fetch, me, area.code, 'see-records'),
  ])
  const datasets = SIDES[side].flatMap(id => items.filter(({ dataset }) => dataset.id === id).map(({ dataset }) => dataset))
  const points = seen?.map.points ?? open?.points ?? [], records = new Map((seen?.counts ?? open?.counts ?? []).map(each => [each.dataset, each.records]))
  return { area, side, datasets, seen, open, why, points, records, drawing: points.length > 0 ? await drawPlace(fetch, area) : null }
}
export type SidePage = Awaited<ReturnType<typeof loadSide>>

async function loadSeen(fetch: Fetch, area: AreaCode, side: Side) {
  const [counts, pictures, map] = await Promise.all([
    call(fetch, recordApi.countRecords, { query: { area } }), call(fetch, seenApi.listPictures, { query: { area, side, limit: LATEST } }), call(fetch, seenApi.mapSide, { params: { side }, query: { area } }),
  ])
  return { counts: counts.items, pictures, map }
}
