import { feature } from 'topojson-client'
import type { Topology } from 'topojson-specification'
import type { Geometry, MultiPolygon, Polygon } from 'geojson'

type Ground = Polygon | MultiPolygon
type Given = { type?: string; geometry?: Given; features?: Given[]; objects?: Record<string, never> }

/** The ground that a GeoJSON or TopoJSON text draws: its one polygon, or all of them together. Null: it draws none. */
export function readOutline(text: string): Ground | null {
  try {
    return join(polygonsOf(JSON.parse(text) as Given))
  } catch {
    return null
  }
}

function polygonsOf(given: Given | null | undefined): Polygon['coordinates'][] {
  switch (given?.type) {
    case 'Polygon': return [(given as unknown as Polygon).coordinates]
    case 'MultiPolygon': return (given as unknown as MultiPolygon).coordinates
    case 'Feature': return polygonsOf(given.geometry)
    case 'FeatureCollection': return (given.features ?? []).flatMap(polygonsOf)
    case 'GeometryCollection': return (given as unknown as { geometries: Geometry[] }).geometries.flatMap(one => polygonsOf(one as unknown as Given))
    case 'Topology': return Object.values(given.objects ?? {}).flatMap(object => polygonsOf(feature(given as unknown as Topology, object) as unknown as Given))
    default: return []
  }
}

function join(polygons: Polygon['coordinates'][]): Ground | null {
  const [only, ...more] = polygons
  if (!only) return null
  return more.length === 0 ? { type: 'Polygon', coordinates: only } : { type: 'MultiPolygon', coordinates: polygons }
}
