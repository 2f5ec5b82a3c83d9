import type { areaApi } from '../../domain/area/api.ts'
import type { AreaHit } from '../../domain/area/area.ts'
import { areaProblems } from '../../domain/area/problems.ts'
import { ancestorsOf } from '../../domain/area/rules.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import type { Reader } from '../db/db.ts'
import type { Handlers } from '../http/handler.ts'
import { boundariesOf, findBoundary } from './read.boundary.ts'
import { listGroups } from './read.group.ts'
import { changesOf, listChanges, namesOn } from './read.ledger.ts'
import { listAreas } from './read.list.ts'
import { locate } from './read.locate.ts'
import { searchAreas } from './read.search.ts'
import { areasByCode, countInside, findArea, groupsOf, parentsByCode, toArea, type AreaRow } from './read.ts'

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

/** An area with what surrounds it. */
export async function areaDetail(tx: Reader, row: AreaRow) {
  const [hit] = await toHits(tx, [row])
  const groups = await groupsOf(tx, row.code)
  return {
    ...hit!,
    children: await countInside(tx, row.code),
    groups: groups.map(({ id, scheme, name_th, name_en }) => ({ id, scheme, name: { th: name_th, en: name_en } })),
    changes: await changesOf(tx, row.code),
    boundaries: await boundariesOf(tx, row.code),
  }
}

async function toHits(tx: Reader, rows: readonly AreaRow[], names?: ReadonlyMap<AreaCode, Text>): Promise<AreaHit[]> {
  const parents = await parentsByCode(tx, rows.map(row => row.code))
  const named = (row: AreaRow) => { const area = toArea(row); return { ...area, name: names?.get(row.code) ?? area.name } }
  return rows.map(row => ({
    ...named(row),
    parents: ancestorsOf(row.code).flatMap(code => parents.get(code) ?? []).map(named).map(({ code, type, name }) => ({ code, type, name })),
  }))
}
