import { draw, type Boundaries, type Frame, type Shape } from '../../engine/geo/draw.ts'

export type Drawing = { frame: Frame; shapes: Shape[] }

/** Every drawing in whole units of this box; the page scales it. */
const BOX = { width: 1000, height: 1300 }
const MOST_KEPT = 300
const kept = new Map<string, Promise<Drawing>>()

/** The shapes behind an address, drawn once: the address names its content and never changes. */
export function drawingOf(fetch: typeof globalThis.fetch, href: string): Promise<Drawing> {
  const known = kept.get(href)
  if (known) return known
  const drawing = fetch(href).then(async response => {
    if (!response.ok) throw new Error(`${href}: ${response.status}`)
    return draw(await response.json() as Boundaries, BOX)
  })
  drawing.catch(() => kept.delete(href))
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string)
  kept.set(href, drawing)
  return drawing
}
