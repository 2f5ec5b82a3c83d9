import { feature } from 'topojson-client'
import { presimplify, simplify } from 'topojson-simplify'
import type { GeometryCollection, Objects, Topology } from 'topojson-specification'
import type { Polygon, MultiPolygon, Position } from 'geojson'
import type { ShapeProperties } from '../../domain/area/area.ts'

/** Boundaries as they are served: each shape carries the code of its area, and from and until when it is valid. */
export type Boundaries = Topology<Objects<Properties>>
type Properties = Pick<ShapeProperties, 'from' | 'until'> & { code: string; covers?: readonly string[] }

/** Where the map lies: degrees to whole units of a drawing, north up, east–west shortened by the cosine of the middle latitude. */
export type Frame = { west: number; north: number; eastScale: number; northScale: number; width: number; height: number }

/** A shape as an SVG path, the box of its largest part, and the middle of that part, where its name may stand. */
export type Shape = { code: string; path: string; middle: { x: number; y: number }; box: { x: number; y: number; width: number; height: number } }

type Ring = [number, number][]

/** Shapes below this many square units are islands and slivers that nobody could see, unless they are all that a place has. */
const SMALLEST_PART = 12
/** A corner goes when the triangle it makes is smaller than this many square units. */
const SMALLEST_CORNER = 3

/** Draws the shapes whose code begins with `within`, as they were on a day, into a box, simplified together so that neighbours keep a common border. */
export function draw(all: Boundaries, box: { width: number; height: number }, within = '', day: string | null = null): { frame: Frame; shapes: Shape[] } {
  const boundaries = only(all, within, day)
  if (features(boundaries).length === 0) return { frame: { west: 0, north: 0, eastScale: 1, northScale: 1, width: 0, height: 0 }, shapes: [] }
  const frame = frameOf(boundaries, box)
  const least = SMALLEST_CORNER / Math.abs(frame.eastScale * frame.northScale)
  // presimplify types forget that properties stay.
  const simple = simplify(presimplify(boundaries as unknown as Topology<Objects<object>>), least) as unknown as Boundaries
  return { frame, shapes: features(simple).flatMap(({ code, geometry }) => shapeOf(code, geometry, frame)) }
}

/** The same topology with fewer shapes. */
function only(boundaries: Boundaries, within: string, day: string | null): Boundaries {
  const objects = Object.entries(boundaries.objects).map(([name, object]) => {
    const { geometries, ...rest } = object as GeometryCollection<Properties>
    const isWanted = (properties: Properties) => properties.code.startsWith(within) && (day === null || isDrawnOn(properties, day))
    return [name, { ...rest, geometries: geometries.filter(each => isWanted(each.properties as Properties)) }]
  })
  return { ...boundaries, objects: Object.fromEntries(objects) as Boundaries['objects'] }
}

/** An outline that ended is still the only one of the areas that it covers. */
function isDrawnOn({ from, until, covers }: Properties, day: string): boolean {
  return (!from || from <= day) && (!until || until > day || Boolean(covers))
}

/** The point of a drawing where a place on earth lies. */
export function project(frame: Frame, point: { lat: number; lon: number }): { x: number; y: number } {
  return { x: Math.round((point.lon - frame.west) * frame.eastScale), y: Math.round((frame.north - point.lat) * frame.northScale) }
}

/** The place on earth that a point of a drawing stands for. */
export function unproject(frame: Frame, at: { x: number; y: number }): { lat: number; lon: number } {
  return { lat: frame.north - at.y / frame.northScale, lon: frame.west + at.x / frame.eastScale }
}

function frameOf(boundaries: Boundaries, box: { width: number; height: number }): Frame {
  const [west, south, east, north] = extentOf(features(boundaries).flatMap(each => polygonsOf(each.geometry).flat(2)))
  const shrink = Math.cos((south + north) / 2 * Math.PI / 180)
  const scale = Math.min(box.width / ((east - west) * shrink), box.height / (north - south))
  return {
    west, north, eastScale: scale * shrink, northScale: scale,
    width: Math.ceil((east - west) * scale * shrink), height: Math.ceil((north - south) * scale),
  }
}

function extentOf(points: readonly Position[]): [number, number, number, number] {
  return points.reduce<[number, number, number, number]>(
    ([w, s, e, n], [x = 0, y = 0]) => [Math.min(w, x), Math.min(s, y), Math.max(e, x), Math.max(n, y)],
    [Infinity, Infinity, -Infinity, -Infinity])
}

function features(boundaries: Boundaries): { code: string; geometry: Polygon | MultiPolygon }[] {
  return Object.values(boundaries.objects).flatMap(object =>
    feature(boundaries, object as GeometryCollection<Properties>).features
      .map(each => ({ code: each.properties.code, geometry: each.geometry as Polygon | MultiPolygon })))
}

function polygonsOf(geometry: Polygon | MultiPolygon): Position[][][] {
  return geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
}

function shapeOf(code: string, geometry: Polygon | MultiPolygon, frame: Frame): Shape[] {
  const rings = polygonsOf(geometry).flat().map(ring => ringOf(ring, frame)).filter(ring => ring.length > 2)
    .map(ring => ({ ring, size: Math.abs(sizeOf(ring)) })).toSorted((a, b) => b.size - a.size)
  const largest = rings[0]?.ring
  if (!largest) return []
  const kept = rings.filter(({ size }, i) => i === 0 || size >= SMALLEST_PART)
  const [west, north, east, south] = extentOf(largest)
  return [{ code, path: kept.map(each => pathOf(each.ring)).join(''), middle: middleOf(largest), box: { x: west, y: north, width: east - west, height: south - north } }]
}

/** A ring in whole units, without its closing point and without points that fall together. */
function ringOf(ring: readonly Position[], frame: Frame): Ring {
  const points = ring.slice(0, -1).map(([lon = 0, lat = 0]) => project(frame, { lat, lon }))
  return points.filter((p, i) => i === 0 || p.x !== points[i - 1]!.x || p.y !== points[i - 1]!.y).map(p => [p.x, p.y])
}

/** Relative steps of whole numbers: the shortest form of a path. @example pathOf([[0, 0], [4, 0], [4, -3]]) // => 'M0,0l4,0 0,-3z' */
export function pathOf(ring: Ring): string {
  const steps = ring.slice(1).map(([x, y], i) => `${x - ring[i]![0]},${y - ring[i]![1]}`)
  return `M${ring[0]!.join(',')}l${steps.join(' ')}z`
}

/** Signed area, by the shoelace formula. */
function sizeOf(ring: Ring): number {
  return ring.reduce((sum, [x, y], i) => { const [u, v] = ring[(i + 1) % ring.length]!; return sum + x * v - u * y }, 0) / 2
}

/** The centre of gravity of a ring, in whole units. */
function middleOf(ring: Ring): { x: number; y: number } {
  const [sx, sy] = ring.reduce(([a, b], [x, y], i) => {
    const [u, v] = ring[(i + 1) % ring.length]!
    const cross = x * v - u * y
    return [a + (x + u) * cross, b + (y + v) * cross]
  }, [0, 0])
  const size = sizeOf(ring) * 6 || 1
  return { x: Math.round(sx / size), y: Math.round(sy / size) }
}
