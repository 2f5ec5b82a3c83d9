import { sql, type RawBuilder } from 'kysely'
import type { AreaCode } from '../../domain/base/ids.ts'
import { isWithin, rangeOf } from '../../domain/area/rules.ts'

/**
 * Whether a column lies in one of these places, stated as ranges: what lets the index answer, while the policy is only the net.
 * Places are those of the route's right (`areas` of a handler), or the part of them that was asked for (`narrow`). No places: never true.
 */
export function within(column: string, areas: readonly AreaCode[]): RawBuilder<boolean> {
  if (areas.length === 0) return sql<boolean>`false`
  const code = sql.ref(column)
  const ranges = areas.map(rangeOf).map(({ from, to }) => sql`(${code} >= ${from} and ${code} < ${to})`)
  return sql<boolean>`(${sql.join(ranges, sql` or `)})`
}

/** The part of the places that lies in one of them. @example narrow(['TH50', 'TH58'], 'TH5001') // => ['TH5001'] */
export function narrow(areas: readonly AreaCode[], to: AreaCode): AreaCode[] {
  return areas.some(area => isWithin(to, area)) ? [to] : areas.filter(area => isWithin(area, to))
}
