import Flatbush from 'flatbush'
import { holds, type Outline } from './outline.ts'

export type Locate = (lon: number, lat: number) => Outline | null

/**
 * An indexed lookup of the shape that holds a point (WGS84 degrees): bounding boxes first, then exactly on the polygons.
 * Where shapes overlap, the first in the list is the answer.
 */
export function makeLocator(shapes: readonly Outline[]): Locate {
  if (!shapes.length) return () => null
  const boxes = new Flatbush(shapes.length)
  for (const shape of shapes) boxes.add(...shape.box)
  boxes.finish()
  return (lon, lat) => boxes.search(lon, lat, lon, lat)
    .sort((a, b) => a - b)
    .map(i => shapes[i]!)
    .find(shape => holds(shape, lon, lat)) ?? null
}
