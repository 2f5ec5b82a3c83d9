import { areaApi } from '../../domain/area/api.ts'
import type { AreaDetail, AreaHit, AreaLevel } from '../../domain/area/area.ts'
import { lastDayOf } from '../../domain/base/period.ts'
import { figureApi } from '../../domain/figure/api.ts'
import type { Figure } from '../../domain/figure/figure.ts'
import { BREAK_METHODS, type BreakMethod } from '../../engine/stats/breaks.ts'
import { drawingOf, today, type Drawing } from '../area/boundaries.ts'
import { call } from '../base/api.ts'
import { FEWEST_CLASSES, MOST_CLASSES } from './scale.ts'

type Fetch = typeof globalThis.fetch
type FigureReply = Awaited<ReturnType<typeof call<typeof figureApi.listFigures>>>

/** What the reader chose for a map; it stands in the address of the page. */
export type MapChoice = { indicator: string; year: string | null; method: BreakMethod; classes: number; order: 'value' | 'name'; as: 'now' | 'then' }

/** Figures of all places of a level, their names, and their shapes where boundaries are known. */
export type Layer = { level: AreaLevel; reply: FigureReply; rows: LayerRow[]; drawing: Drawing | null; period: string | null }
export type LayerRow = { area: AreaHit; figure: Figure }

export function readChoice(query: URLSearchParams, usual: string): MapChoice {
  const method = BREAK_METHODS.find(each => each === query.get('breaks')) ?? 'quantile'
  const classes = Math.min(MOST_CLASSES, Math.max(FEWEST_CLASSES, Math.trunc(Number(query.get('classes'))) || FEWEST_CLASSES))
  const year = /^\d{4}$/.test(query.get('year') ?? '') ? query.get('year') : null
  return {
    indicator: query.get('indicator') || usual, year, method, classes,
    order: query.get('order') === 'name' ? 'name' : 'value', as: query.get('as') === 'then' ? 'then' : 'now',
  }
}

/** The choice as it stands in an address: what is usual is left out. */
export function choiceQuery(choice: MapChoice, usual: string): Record<string, string | null> {
  return {
    indicator: choice.indicator === usual ? null : choice.indicator, year: choice.year,
    breaks: choice.method === 'quantile' ? null : choice.method, classes: choice.classes === FEWEST_CLASSES ? null : String(choice.classes),
    order: choice.order === 'name' ? 'name' : null, as: choice.as === 'then' ? 'then' : null,
  }
}

export async function loadLayer(fetch: Fetch, area: AreaDetail, level: AreaLevel, choice: MapChoice): Promise<Layer> {
  const href = area.boundaries.find(each => each.level === level)?.href
  const asked = { area: area.code, level, indicator: choice.indicator, asOf: choice.as, ...(choice.year ? { period: choice.year } : {}) }
  const drawnOn = (day: string) => href ? drawingOf(fetch, href, area.code, day) : null
  const isNow = choice.as === 'now'
  const [reply, areasNow, drawingNow] = await Promise.all([
    call(fetch, figureApi.listFigures, { query: asked }),
    isNow ? loadAreas(fetch, area.code, level) : [],
    isNow ? drawnOn(today()) : null,
  ])
  const period = reply.values[0]?.period ?? null
  const then = !isNow && period ? lastDayOf(period) : null
  const [areas, drawing] = then ? await Promise.all([loadAreas(fetch, area.code, level, then), drawnOn(then)]) : [areasNow, drawingNow]
  const figures = new Map(reply.values.map(figure => [figure.area as string, figure]))
  const rows = areas.flatMap(each => { const figure = figures.get(each.code); return figure ? [{ area: each, figure }] : [] })
  return { level, reply, rows, drawing, period }
}

/** All places of a level inside another, today or on a day, however many pages that takes. */
export async function loadAreas(fetch: Fetch, parent: string, level: AreaLevel, asOf?: string): Promise<AreaHit[]> {
  const areas: AreaHit[] = []
  let after: string | null = null
  do {
    const page: { items: AreaHit[]; next: string | null } = await call(fetch, areaApi.listAreas, { query: { parent, level, limit: 1000, ...(asOf ? { asOf } : {}), ...(after ? { after } : {}) } })
    areas.push(...page.items)
    after = page.next
  } while (after)
  return areas
}
