import { project, type Frame } from '../../engine/geo/draw.ts'

type Located = { id: string; lat: number; lon: number; title: string | null }
/** A point of a map: the newest of the records that lie there, and how many more. */
export type Spot = { id: string; title: string | null; x: number; y: number; isHere: boolean; more: number }

/** Records nearer to one another than this are one point, in units of the drawing: nobody could tell them apart. */
const SAME = 8
/** How far outside the outline a point is still shown. */
export const EDGE = 14

/** Where records lie on a drawing, those of the page last and so on top; and how many lie outside of it. */
export function spotsOf(frame: Frame, points: readonly Located[], here: ReadonlySet<string>): { spots: Spot[]; outside: number } {
  const placed = points.map(({ id, title, ...at }) => ({ id, title, ...project(frame, at), isHere: here.has(id) }))
  const inside = placed.filter(({ x, y }) => x >= -EDGE && y >= -EDGE && x <= frame.width + EDGE && y <= frame.height + EDGE)
  const cells = Map.groupBy(inside, ({ x, y }) => `${Math.round(x / SAME)} ${Math.round(y / SAME)}`)
  const spots = [...cells.values()].map(cell => ({ ...(cell.find(({ isHere }) => isHere) ?? cell[0]!), more: cell.length - 1 }))
  return { spots: spots.sort((a, b) => Number(a.isHere) - Number(b.isHere)), outside: placed.length - inside.length }
}
