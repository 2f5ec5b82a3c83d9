import type { AreaCode } from '../../domain/base/ids.ts'
import { lastDayOf } from '../../domain/base/period.ts'
import type { AreaChange } from '../../domain/area/area.ts'
import { carry } from '../../domain/area/succession.ts'
import { carryFigures, changedAreas, type Moves, type Row } from '../../engine/measure/carry-figures.ts'
import type { Reader } from '../db/db.ts'
import { cutKey, type Cut } from './read.cuts.ts'
import { isAsked, listBaseRows, type Where } from './read.rows.ts'

/** What becomes of numbers when they are drawn on the places of another day; null: the place has none any more. */
export type Overrides = Map<string, Map<AreaCode, Row | null>>

/** The numbers of the places asked for that differ on `day` from those of the end of each cut's period, because places ended, moved or were divided. */
export async function listOverrides(tx: Reader, cuts: readonly Cut[], where: Where, changes: readonly AreaChange[], day: string): Promise<Overrides> {
  const overrides: Overrides = new Map()
  for (const [, alike] of Map.groupBy(cuts, cut => `${cut.period} ${cut.baseLength}`)) {
    const { period, baseLength } = alike[0] as Cut
    const moves = movesBetween(changes, lastDayOf(period), day)
    const changed = changedAreas(moves, baseLength)
    const asked = [...changed].filter(area => isAsked(area, where))
    if (asked.length === 0) continue
    const base = await listBaseRows(tx, alike, baseLength, changed)
    for (const { indicator, source } of alike) {
      const key = cutKey(indicator.id, source.id, period)
      // where few are withheld the parts are not all there: what they add up to is no number of a place
      overrides.set(key, source.threshold === undefined ? overridesOf(base.get(key) ?? new Map(), moves, new Set(asked)) : new Map(asked.map(area => [area, null])))
    }
  }
  return overrides
}

/** Followed once for each ledger: it is the same list for as long as it is kept. Days are few, unless somebody asks for all of them. */
const followed = new WeakMap<readonly AreaChange[], Map<string, Moves>>()
const MOST_FOLLOWED = 200

/** Where ground went between the ends of two days. */
export function movesBetween(changes: readonly AreaChange[], since: string, day: string): Moves {
  const known = followed.get(changes) ?? new Map<string, Moves>()
  const moves = known.get(`${since} ${day}`) ?? carry(changes, since, day)
  if (known.size >= MOST_FOLLOWED) known.clear()
  followed.set(changes, known.set(`${since} ${day}`, moves))
  return moves
}

function overridesOf(base: ReadonlyMap<AreaCode, Row>, moves: Moves, areas: ReadonlySet<AreaCode>): Map<AreaCode, Row | null> {
  const carried = carryFigures(base, moves, areas)
  return new Map([...areas].map(area => [area, carried.get(area) ?? null]))
}
