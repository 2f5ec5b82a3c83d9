import { draw, type Boundaries, type Frame, type Shape } from '../../engine/geo/draw.ts'

export type Drawing = { frame: Frame; shapes: Shape[] }

/** Every drawing in whole units of this box; the page scales it. */
const BOX = { width: 1000, height: 1300 }
const MOST_KEPT = 300
const kept = new Map<string, Promise<Drawing | null>>()

/** The shapes behind an address that lie within a place, as they were on a day, drawn once: the address names its content and never changes. Null where none is known. */
export function drawingOf(fetch: typeof globalThis.fetch, href: string, within: string, day: string): Promise<Drawing | null> {
  const key = `${href} ${within} ${day}`
  const known = kept.get(key)
  if (known) return known
  const drawing = fetch(href).then(async response => {
    if (!response.ok) throw new Error(`${href}: ${response.status}`)
    const drawing = draw(await response.json() as Boundaries, BOX, within, day)
    return drawing.shapes.length > 0 ? drawing : null
  })
  drawing.catch(() => kept.delete(key))
  if (kept.size >= MOST_KEPT) kept.delete(kept.keys().next().value as string)
  kept.set(key, drawing)
  return drawing
}

/** Made once: a formatter costs more than all that it formats on a page. */
const THAI_DAY = new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Bangkok' })

/** The day of this moment in Thailand, `YYYY-MM-DD`. */
export function today(): string {
  return THAI_DAY.format()
}

/** The last day of what ended on a day. */
export function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
}
