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

/** One side of a place from its records: as far as whoever asks may see them there, and for everybody else what would stand here. */
export async function loadSide(fetch: Fetch, me: Me | null, code: AreaCode, side: Side) {
  const area = await call(fetch, areaApi.getArea, { params: { code } }), sees = may(me, 'see-records', area.code)
  const [{ items }, seen, why] = await Promise.all([
    call(fetch, datasetApi.listDatasets), sees ? loadSeen(fetch, area.code, side) : null, sees ? null : findExplanation(fetch, me, area.code, 'see-records'),
  ])
  const datasets = SIDES[side].flatMap(id => items.filter(({ dataset }) => dataset.id === id).map(({ dataset }) => dataset))
  return { area, side, datasets, seen, why, drawing: seen && seen.map.points.length > 0 ? await drawPlace(fetch, area) : null }
}
export type SidePage = Awaited<ReturnType<typeof loadSide>>

async function loadSeen(fetch: Fetch, area: AreaCode, side: Side) {
  const [counts, pictures, map] = await Promise.all([
    call(fetch, recordApi.countRecords, { query: { area } }), call(fetch, seenApi.listPictures, { query: { area, side, limit: LATEST } }), call(fetch, seenApi.mapSide, { params: { side }, query: { area } }),
  ])
  return { counts: new Map(counts.items.map(({ dataset, records }) => [dataset, records])), pictures, map }
}
