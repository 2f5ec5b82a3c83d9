import { feature } from 'topojson-client'
import type { GeometryObject, Objects, Topology } from 'topojson-specification'
import type { MultiPolygon, Polygon, Position } from 'geojson'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { ShapeProperties } from '../../domain/area/area.ts'

type Ground = Polygon | MultiPolygon
type Shapes = Topology<Objects<ShapeProperties>>
type Shape = GeometryObject<ShapeProperties> & { properties?: ShapeProperties }
/** What a shape became on a day: other codes with their outlines, as far as they are known; `stays`: its own code goes on. */
export type Became = { code: AreaCode; day: string; stays: boolean; parts: readonly { code: AreaCode; outline: Ground | null }[] }

/**
 * The shapes of a file after a place changed. The old outline stays for the days before; where every part has an outline, these are added for
 * the days since; else the old one is drawn on, and says what it covers.
 */
export function changeShapes(all: Shapes, { code, day, stays, parts }: Became): Shapes {
  const shapes = structuredClone(all), geometries = geometriesOf(shapes)
  const old = geometries.find(({ properties }) => properties?.code === code && !properties.until)
  const outlines = parts.flatMap(({ code, outline }) => outline ? [{ code, outline }] : [])
  if (old) {
    if (outlines.length < parts.length) old.properties = { ...old.properties as ShapeProperties, ...!stays && { until: day }, covers: parts.map(part => part.code) }
    else old.properties = { ...old.properties as ShapeProperties, until: day }
  }
  if (outlines.length === parts.length) for (const part of outlines) geometries.push(geometryOf(shapes, part.outline, { code: part.code, from: day }))
  return shapes
}

/** The outline of a place, in degrees, whichever file it is to go into. */
export function outlineIn(shapes: Shapes, code: AreaCode): Ground | null {
  const found = geometriesOf(shapes).find(({ properties }) => properties?.code === code && !properties.until && !properties.covers)
  return found ? (feature(shapes, found as never) as unknown as { geometry: Ground }).geometry : null
}

function geometriesOf({ objects }: Shapes): Shape[] {
  return (Object.values(objects)[0] as unknown as { geometries: Shape[] }).geometries
}

/** A geometry with arcs of its own: borders that it shares with others are drawn twice, and lie on each other to a metre. */
function geometryOf(shapes: Shapes, outline: Ground, properties: ShapeProperties): Shape {
  const arcOf = (ring: Position[]) => [shapes.arcs.push(ring.map(makeStep(shapes))) - 1]
  return outline.type === 'Polygon' ? { type: 'Polygon', arcs: outline.coordinates.map(arcOf), properties } : { type: 'MultiPolygon', arcs: outline.coordinates.map(rings => rings.map(arcOf)), properties }
}

/** Positions as the file writes them: in its own units, each as the step from the one before. */
function makeStep({ transform }: Shapes): (position: Position) => Position {
  let x = 0, y = 0
  return ([lon, lat]) => {
    if (!transform) return [lon as number, lat as number]
    const { scale: [sx, sy], translate: [tx, ty] } = transform, [nx, ny] = [Math.round(((lon as number) - tx) / sx), Math.round(((lat as number) - ty) / sy)]
    const step = [nx - x, ny - y]
    x = nx; y = ny
    return step
  }
}
