import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, IndicatorId, SourceId } from '../base/ids.ts'
import { Period } from '../base/period.ts'
import { Area, AreaDetail } from '../area/area.ts'
import { AsOf, Figure } from '../figure/figure.ts'
import { Dimension, Indicator, Source } from '../indicator/indicator.ts'

/** A number of a place beside the same number of its parents, and its place among its siblings. */
export const Headline = z.object({
  indicator: Indicator,
  source: SourceId,
  period: Period,
  own: Figure,
  /** Nearest parent first, the nation last; empty for the nation. */
  parents: z.array(Figure),
  /** 1 is the highest value; null when the place or its siblings have no value. */
  rank: z.object({ rank: z.number().int(), of: z.number().int() }).nullable(),
})
export type Headline = z.infer<typeof Headline>

/** A series over the years for one indicator and one place. */
export const Series = z.object({
  indicator: Indicator, source: SourceId, values: z.array(Figure),
  breaks: z.array(z.object({ period: Period, change: z.number().int() })),
})
export type Series = z.infer<typeof Series>

/** Everything that a place's page shows, in one reply. */
export const PlaceProfile = z.object({
  area: AreaDetail,
  siblings: z.array(z.object({ code: AreaCode, type: Area.shape.type, name: Area.shape.name })),
  headlines: z.array(Headline),
  /** Target poor by dimension, of the place and of the nation. Not exclusive: one person may count in several. */
  dimensions: z.array(z.object({ dimension: Dimension, headline: Headline })),
  basicNeeds: z.array(Headline),
  series: z.array(Series),
  /** What is not there and why, one line per source. */
  missing: z.array(z.object({ source: SourceId, status: z.enum(['not-covered', 'not-published', 'missing']), indicators: z.array(IndicatorId) })),
  sources: z.array(Source),
})
export type PlaceProfile = z.infer<typeof PlaceProfile>

export const profileApi = {
  getProfile: {
    method: 'GET', path: '/profile/:code', cache: 'revalidate', widens: 'see-internal-figures', params: z.object({ code: AreaCode }), query: z.object({ asOf: AsOf.default('now') }), reply: PlaceProfile,
    summary: { th: 'ทุกอย่างบนหน้าของพื้นที่', en: 'Everything on a place’s page' },
  },
  /** A part of the page, one line per indicator and place (the place itself and those above it), in the columns of `downloadFigures`. */
  downloadProfile: {
    method: 'GET', path: '/profile/:code/figures.csv', cache: 'revalidate', widens: 'see-internal-figures', params: z.object({ code: AreaCode }),
    query: z.object({ part: z.enum(['headlines', 'dimensions', 'basic-needs']).default('headlines'), asOf: AsOf.default('now'), lang: z.enum(['th', 'en']).default('th') }),
    reply: { file: 'text/csv; charset=utf-8' },
    summary: { th: 'ตัวเลขบนหน้าของพื้นที่เป็น CSV พร้อมที่มา', en: 'The figures of a place’s page as CSV with their sources' },
  },
} as const satisfies Api
