import { holds, type Outline } from './outline.ts'

const METRES_PER_DEGREE = 111_195, RADIANS = Math.PI / 180

/** Metres from a point to a shape, 0 inside: on the flat around the point, right to a per mille within some kilometres. */
export function metresTo(shape: Outline, { lat, lon }: { lat: number; lon: number }): number {
  if (holds(shape, lon, lat)) return 0
  const across = METRES_PER_DEGREE * Math.cos(lat * RADIANS)
  let nearest = Infinity
  for (const ring of shape.rings) {
    for (let i = 3; i < ring.length; i += 2) {
      const [x0, y0, x1, y1] = [ring[i - 3]!, ring[i - 2]!, ring[i - 1]!, ring[i]!]
      nearest = Math.min(nearest, toEdge((x0 - lon) * across, (y0 - lat) * METRES_PER_DEGREE, (x1 - lon) * across, (y1 - lat) * METRES_PER_DEGREE))
    }
  }
  return nearest
}

/** From the origin to the edge between two points. */
function toEdge(x0: number, y0: number, x1: number, y1: number): number {
  const dx = x1 - x0, dy = y1 - y0, length = dx * dx + dy * dy
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, -(x0 * dx + y0 * dy) / length))
  return Math.hypot(x0 + along * dx, y0 + along * dy)
}
