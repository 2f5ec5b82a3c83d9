import type { figureApi } from '../../domain/figure/api.ts'
import type { Handlers } from '../http/handler.ts'
import { compareAreas } from './read.compare.ts'
import { compareFile, figuresFile } from './read.csv.ts'
import { listFigures } from './read.list.ts'
import { listRanks } from './read.ranks.ts'

export const figureRoutes: Handlers<typeof figureApi> = {
  listFigures: async ({ tx, query }) => {
    const { cuts: [{ indicator, source }], values, breaks } = await listFigures(tx, query)
    return { indicator, source, asOf: query.asOf, values, breaks }
  },
  downloadFigures: ({ tx, query }) => figuresFile(tx, query, query.lang),
  listRanks: async ({ tx, query, lang }) => {
    const { cut: { indicator, source, period }, ...ranking } = await listRanks(tx, query, lang)
    return { indicator, source, period, ...ranking }
  },
  compareAreas: async ({ tx, query }) => {
    const { areas, rows, sources } = await compareAreas(tx, query.areas, query.asOf)
    return { areas, rows: rows.map(({ cut: { indicator, source, period }, values }) => ({ indicator, source: source.id, period, values })), sources }
  },
  downloadCompare: ({ tx, query }) => compareFile(tx, query.areas, query.asOf, query.lang),
}
