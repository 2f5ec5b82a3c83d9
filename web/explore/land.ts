import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import type { Feature, FeatureCollection, Geometry, Point } from 'geojson'
import { areaApi } from '../../domain/area/api.ts'
import type { AreaLevel, ShapeProperties } from '../../domain/area/area.ts'
import { NATION } from '../../domain/area/rules.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import { today } from '../area/boundaries.ts'
import { call } from '../base/api.ts'
import { lang } from '../base/link.ts'

/** The ground below the points, from our own boundaries: the shapes of a level inside a place, and where their names stand. */
export type Land = { shapes: Feature<Geometry, { code: string }>[]; names: Feature<Point, { name: string }>[] }

const kept = new Map<string, Promise<Land>>()
const MOST_NAMES = 1000

/** The provinces of the nation, or the tambons of a province. Each is fetched once. */
export function landOf(fetch: typeof globalThis.fetch, code: AreaCode): Promise<Land> {
  const known = kept.get(code) ?? loadLand(fetch, code, code === NATION ? 'province' : 'tambon')
  kept.set(code, known)
  known.catch(() => kept.delete(code))
  return known
}

async function loadLand(fetch: typeof globalThis.fetch, code: AreaCode, level: AreaLevel): Promise<Land> {
  const [place, { items }] = await Promise.all([call(fetch, areaApi.getArea, { params: { code } }), call(fetch, areaApi.listAreas, { query: { parent: code, level, limit: MOST_NAMES } })])
  const href = place.boundaries.find(each => each.level === level)?.href
  const names = items.flatMap(area => area.point ? [{ type: 'Feature' as const, properties: { name: area.name[lang()] || area.name.th }, geometry: { type: 'Point' as const, coordinates: [area.point.lon, area.point.lat] } }] : [])
  return { names, shapes: href ? shapesOf(await fetch(href).then(reply => reply.json()) as Topology) : [] }
}

/** The shapes as they are today; an outline older than a division is still the only one of what it covers. */
function shapesOf(topology: Topology): Land['shapes'] {
  const day = today()
  return Object.values(topology.objects).flatMap(object => feature(topology, object as GeometryCollection<ShapeProperties>).features)
    .filter(({ properties: { from, until, covers } }) => (!from || from <= day) && (!until || until > day || covers)).map(({ geometry, properties: { code } }) => ({ type: 'Feature', geometry, properties: { code } }))
}

export const collect = <F extends Feature>(features: F[]): FeatureCollection => ({ type: 'FeatureCollection', features })
