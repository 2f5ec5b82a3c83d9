import type { areaApi } from '../../domain/area/api.ts'
import { areaProblems } from '../../domain/area/problems.ts'
import type { Handlers } from '../http/handler.ts'
import { findBoundary } from './read.boundary.ts'
import { areaDetail, toHits } from './read.detail.ts'
import { listGroups } from './read.group.ts'
import { listChanges, namesOn } from './read.ledger.ts'
import { listAreas } from './read.list.ts'
import { locate } from './read.locate.ts'
import { searchAreas } from './read.search.ts'
import { areasByCode, findArea, toArea } from './read.ts'

export const areaRoutes: Handlers<typeof areaApi> = {
  async listAreas({ tx, query: { q, asOf, after, limit, ...place } }) {
    const filter = { ...place, day: asOf ?? 'today' }
    const names = filter.day === 'today' || filter.day === 'all' ? undefined : await namesOn(tx, filter.day)
    if (q !== undefined) {
      const { codes, next } = await searchAreas(tx, q, filter, after, limit)
      const rows = await areasByCode(tx, codes)
      return { items: await toHits(tx, codes.map(code => rows.get(code)!), names), next }
    }
    const rows = await listAreas(tx, filter, after ?? '', limit + 1)
    return { items: await toHits(tx, rows.slice(0, limit), names), next: rows.length > limit ? rows[limit - 1]!.code : null }
  },

  async locate({ tx, query }) {
    const codes = await locate(tx, query)
    const rows = await areasByCode(tx, codes)
    return { items: codes.map(code => toArea(rows.get(code)!)) }
  },

  async getArea({ tx, params: { code } }) {
    const row = await findArea(tx, code)
    if (!row) throw areaProblems.notFound({ code })
    return areaDetail(tx, row)
  },

  async getBoundaries({ tx, params: { code, level, version } }) {
    const body = await findBoundary(tx, code, level, version)
    if (body === undefined) throw areaProblems.noBoundaries({ code, level })
    return { body }
  },

  async listAreaChanges({ tx, query: { within, after, limit } }) {
    const items = await listChanges(tx, within, Number(after ?? 0) || 0, limit + 1)
    return { items: items.slice(0, limit), next: items.length > limit ? String(items[limit - 1]!.id) : null }
  },

  async listAreaGroups({ tx, query: { scheme } }) {
    return { items: await listGroups(tx, scheme) }
  },
}
