import { feature } from 'topojson-client'
import type { Geometry } from 'geojson'
import type { Topology, GeometryCollection } from 'topojson-specification'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { ShapeProperties } from '../../domain/area/area.ts'

/** Longitudes and latitudes in turn, the first point repeated at the end. */
export type Ring = Float64Array
/** The ground of an area: all rings of all its polygons; a hole is a ring like the others (even–odd rule). */
export type Outline = ShapeProperties & { rings: Ring[]; box: [west: number, south: number, east: number, north: number] }

/** The shapes of a topology whose geometries carry an area code. */
export function outlinesOf(topology: Topology): Outline[] {
  return Object.values(topology.objects).flatMap(object =>
    feature(topology, object as GeometryCollection<ShapeProperties>).features.map(({ geometry, properties }) => outlineOf(geometry, properties)))
}

export function outlineOf(geometry: Geometry, properties: ShapeProperties): Outline {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.type === 'MultiPolygon' ? geometry.coordinates : []
  const rings = polygons.flat().map(ring => Float64Array.from(ring.flatMap(([lon, lat]) => [lon as number, lat as number])))
  return { ...properties, rings, box: boxOf(rings) }
}

function boxOf(rings: readonly Ring[]): Outline['box'] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      west = Math.min(west, ring[i]!)
      east = Math.max(east, ring[i]!)
      south = Math.min(south, ring[i + 1]!)
      north = Math.max(north, ring[i + 1]!)
    }
  }
  return [west, south, east, north]
}

/**
 * Whether a point lies in a shape: even–odd rule on a ray to the east, each edge taken from its lower end upwards and without its upper end.
 * Both neighbours of a shared border compute the same sign, so a point on it belongs to exactly one of them.
 */
export function holds(shape: Outline, lon: number, lat: number): boolean {
  return shape.rings.reduce((inside, ring) => inside !== crossesOdd(ring, lon, lat), false)
}

function crossesOdd(ring: Ring, lon: number, lat: number): boolean {
  let odd = false
  for (let i = 3; i < ring.length; i += 2) {
    const before = ring[i - 2]!
    const after = ring[i]!
    if (before <= lat === after <= lat) continue
    odd = odd !== (before < after ? isWest(ring[i - 3]!, before, ring[i - 1]!, after, lon, lat) : isWest(ring[i - 1]!, after, ring[i - 3]!, before, lon, lat))
  }
  return odd
}

/** Whether the point lies west of the edge that rises from (x0, y0) to (x1, y1). */
function isWest(x0: number, y0: number, x1: number, y1: number, x: number, y: number): boolean {
  return (x1 - x0) * (y - y0) > (x - x0) * (y1 - y0)
}

/** Square kilometres on a sphere flattened at the shape's middle latitude: good to a per mille for a district. */
export function areaKm2(shape: Outline): number {
  const KM_PER_DEGREE = 111.195
  const squareDegrees = shape.rings.reduce((sum, ring) => sum + signedArea(ring), 0)
  const middle = (shape.box[1] + shape.box[3]) / 2 * Math.PI / 180
  return Math.abs(squareDegrees) * KM_PER_DEGREE ** 2 * Math.cos(middle)
}

function signedArea(ring: Ring): number {
  let twice = 0
  for (let i = 3; i < ring.length; i += 2) twice += ring[i - 3]! * ring[i]! - ring[i - 1]! * ring[i - 2]!
  return twice / 2
}
