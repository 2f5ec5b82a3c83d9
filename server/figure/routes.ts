import type { figureApi } from '../../domain/figure/api.ts'
import type { Handlers } from '../http/handler.ts'
import { compareAreas } from './read.compare.ts'
import { compareFile, figuresFile } from './read.csv.ts'
import { listFigures } from './read.list.ts'
import { listRanks } from './read.ranks.ts'

export const figureRoutes: Handlers<typeof figureApi> = {
  listFigures: async ({ tx, query, areas: own }) => {
    const { cuts: [{ indicator, source }], values, breaks } = await listFigures(tx, query, own)
    return { indicator, source, asOf: query.asOf, values, breaks }
  },
  downloadFigures: ({ tx, query, areas }) => figuresFile(tx, query, query.lang, areas),
  listRanks: async ({ tx, query, lang, areas }) => {
    const { cut: { indicator, source, period }, ...ranking } = await listRanks(tx, query, lang, areas)
    return { indicator, source, period, ...ranking }
  },
  compareAreas: async ({ tx, query, areas: own }) => {
    const { areas, rows, sources } = await compareAreas(tx, query.areas, query.asOf, own)
    return { areas, rows: rows.map(({ cut: { indicator, source, period }, values }) => ({ indicator, source: source.id, period, values })), sources }
  },
  downloadCompare: ({ tx, query, areas }) => compareFile(tx, query.areas, query.asOf, query.lang, areas),
}
