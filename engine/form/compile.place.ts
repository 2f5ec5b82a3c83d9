import type { Point } from '../../domain/record/record.ts'
import { readPoint } from './answers.value.ts'
import { known, type Functions } from './compile.known.ts'
import { spread, type Given, type Value } from './compile.values.ts'

/** Of the equator, in metres: the number that the specification's authors use. */
const EARTH_RADIUS = 6_378_100
const radians = (degrees: number) => degrees * Math.PI / 180
const toCentimetres = (metres: number) => Math.round(metres * 100) / 100
const area = known(1, 1, ({ given }, value = '') => areaOf(pointsOf([value], given) ?? []))

export const PLACE_FUNCTIONS: Functions = {
  area, 'enclosed-area': area,
  distance: known(1, Infinity, ({ given }, ...values) => { const points = pointsOf(values, given); return points === null ? NaN : distanceOf(points) }),
  geofence: known(2, 2, ({ given }, place = '', fence = '') => {
    const [point] = pointsOf([place], given) ?? [], around = pointsOf([fence], given)
    return point !== undefined && around !== null && isInside(point, around)
  }),
}

/** The points of a trace or shape, or of several nodes; null where one of them is none. */
function pointsOf(values: readonly Value[], given: Given): Point[] | null {
  const texts = spread(values, given)
  const parts = (texts.length === 1 ? (texts[0] ?? '').split(';') : texts).map(part => part.trim())
  while (texts.length === 1 && parts.length > 1 && parts.at(-1) === '') parts.pop()
  const points = parts.map(readPoint)
  return points.some(point => point === undefined) ? null : points as Point[]
}

/** Square metres on the sphere, to two decimals; the last point is joined to the first. */
function areaOf(points: Point[]): number {
  if (points.length < 3) return 0
  const sum = points.reduce((sum, from, i) => {
    const to = points[(i + 1) % points.length] as Point
    return sum + radians(to.lon - from.lon) * (2 + Math.sin(radians(from.lat)) + Math.sin(radians(to.lat)))
  }, 0)
  return toCentimetres(Math.abs(sum * EARTH_RADIUS ** 2 / 2))
}

/** Metres from point to point along great circles. */
function distanceOf(points: Point[]): number {
  const sum = points.slice(1).reduce((sum, to, i) => {
    const from = points[i] as Point, a = radians(from.lat), b = radians(to.lat)
    return sum + Math.acos(Math.min(1, Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(radians(from.lon - to.lon)))) * EARTH_RADIUS
  }, 0)
  return toCentimetres(sum)
}

/** By the number of edges east of the point; a fence that is not closed holds nothing. */
function isInside({ lat, lon }: Point, fence: Point[]): boolean {
  const first = fence[0], last = fence.at(-1)
  if (fence.length < 2 || first?.lat !== last?.lat || first?.lon !== last?.lon) return false
  const crossed = fence.slice(1).filter((to, i) => {
    const from = fence[i] as Point
    return (to.lat > lat) !== (from.lat > lat) && lon < (from.lon - to.lon) * (lat - to.lat) / (from.lat - to.lat) + to.lon
  })
  return crossed.length % 2 === 1
}
