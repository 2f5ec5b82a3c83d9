import { z } from 'zod'
import type { Api } from '../base/api.ts'
import { AreaCode, IndicatorId, SourceId } from '../base/ids.ts'
import { PageQuery } from '../base/page.ts'
import { Period } from '../base/period.ts'
import { AreaLevel } from '../area/area.ts'
import { Indicator, Source } from '../indicator/indicator.ts'
import { AsOf, Figure, Ranked } from './figure.ts'

/** Without `level`: the area itself. Without `period`: the latest, or every one with `period=all`. Without `asOf`: places as they are now. */
export const FigureQuery = z.object({
  area: AreaCode.default('TH' as AreaCode),
  level: AreaLevel.optional(),
  indicator: IndicatorId,
  period: z.union([Period, z.literal('all')]).optional(),
  source: SourceId.optional(),
  asOf: AsOf.default('now'),
})
export type FigureQuery = z.infer<typeof FigureQuery>

export const RankQuery = PageQuery.extend({
  area: AreaCode.default('TH' as AreaCode),
  level: AreaLevel,
  indicator: IndicatorId,
  period: Period.optional(),
  source: SourceId.optional(),
  asOf: AsOf.default('now'),
  order: z.enum(['high', 'low', 'name', 'code']).default('high'),
})
export type RankQuery = z.infer<typeof RankQuery>

/** `breaks`: periods from which on a place is not the same ground as before (asOf=then), with the ledger line that says so. */
export const FigureReply = z.object({
  indicator: Indicator,
  source: Source,
  asOf: AsOf,
  values: z.array(Figure),
  breaks: z.array(z.object({ area: AreaCode, period: Period, change: z.number().int() })),
})
export type FigureReply = z.infer<typeof FigureReply>

export const figureApi = {
  listFigures: {
    method: 'GET', path: '/figures', cache: 'revalidate', widens: 'see-internal-figures', query: FigureQuery, reply: FigureReply,
    summary: { th: 'ตัวเลขของพื้นที่หรือของทุกพื้นที่ในระดับหนึ่ง', en: 'Figures of an area, or of all areas of a level inside it' },
  },
  downloadFigures: {
    method: 'GET', path: '/figures.csv', cache: 'revalidate', widens: 'see-internal-figures', query: FigureQuery.extend({ lang: z.enum(['th', 'en']).default('th') }), reply: { file: 'text/csv; charset=utf-8' },
    summary: { th: 'ตัวเลขเดียวกันเป็น CSV พร้อมที่มา', en: 'The same figures as CSV with their source' },
  },
  listRanks: {
    method: 'GET', path: '/ranks', cache: 'revalidate', widens: 'see-internal-figures', query: RankQuery,
    reply: z.object({ indicator: Indicator, source: Source, period: Period, total: z.number().int(), ranked: z.number().int(), items: z.array(Ranked), next: z.string().nullable() }),
    summary: { th: 'จัดอันดับพื้นที่', en: 'Rank areas by an indicator' },
  },
  compareAreas: {
    method: 'GET', path: '/compare', cache: 'revalidate', widens: 'see-internal-figures',
    query: z.object({ areas: z.string().max(200), asOf: AsOf.default('now') }),
    reply: z.object({ areas: z.array(AreaCode), rows: z.array(z.object({ indicator: Indicator, source: SourceId, period: Period, values: z.array(Figure) })), sources: z.array(Source) }),
    summary: { th: 'เทียบสองถึงหกพื้นที่', en: 'Two to six areas side by side' },
  },
  /** The very rows of `compareAreas`, one line per area and indicator, in the columns of `downloadFigures`. */
  downloadCompare: {
    method: 'GET', path: '/compare.csv', cache: 'revalidate', widens: 'see-internal-figures',
    query: z.object({ areas: z.string().max(200), asOf: AsOf.default('now'), lang: z.enum(['th', 'en']).default('th') }), reply: { file: 'text/csv; charset=utf-8' },
    summary: { th: 'การเทียบเดียวกันเป็น CSV พร้อมที่มา', en: 'The same comparison as CSV with its sources' },
  },
} as const satisfies Api
