import type { Topology } from 'topojson-specification'
import type { ShapeProperties } from '../../domain/area/area.ts'

export type Geometry = { type: 'Polygon' | 'MultiPolygon'; arcs: never; properties: ShapeProperties }
/** A topology whose geometries are named by area codes. */
export type Named = Topology<{ areas: { type: 'GeometryCollection'; geometries: Geometry[] } }>
