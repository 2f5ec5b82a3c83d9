import type { AreaCode } from '../../domain/base/ids.ts'
import { ancestorsOf } from '../../domain/area/rules.ts'
import type { FigureStatus } from '../../domain/figure/figure.ts'

/** A number with its base, and how it came about. */
export type Row = { numerator: number; denominator: number | null; status: FigureStatus }
/** Where areas that changed are now; an area that did not change is not in it. Shares of one area add up to 1. */
export type Moves = ReadonlyMap<AreaCode, readonly { code: AreaCode; share: number }[]>

/** Shares that add up to less than this are nothing but rounding. */
const NOTHING = 1e-9

/**
 * The areas whose numbers change when figures of the base level are carried from old codes to new ones: the codes themselves,
 * what they became, and every area above that gained or lost ground by it.
 */
export function changedAreas(moves: Moves, baseLength: number): Set<AreaCode> {
  const changed = new Set<AreaCode>()
  for (const [from, successors] of moves) {
    if (from.length !== baseLength) continue
    const gained = new Map<AreaCode, number>([from, ...ancestorsOf(from)].map(area => [area, -1]))
    for (const { code, share } of successors) {
      for (const area of [code, ...ancestorsOf(code)]) gained.set(area, (gained.get(area) ?? 0) + share)
    }
    for (const [area, share] of gained) if (Math.abs(share) > NOTHING) changed.add(area)
  }
  return changed
}

/**
 * Numbers of the changed areas as they are now, from the base rows of those areas as they were: a split is shared out, a merger added up.
 * An area that is not in the reply has no number any more.
 * @example TH104701 with 3 people, split 2:1 into TH104702 and TH104703, gives them 2 and 1
 */
export function carryFigures(base: ReadonlyMap<AreaCode, Row>, moves: Moves, changed: ReadonlySet<AreaCode>): Map<AreaCode, Row> {
  const carried = new Map<AreaCode, Row>()
  for (const [from, row] of base) {
    for (const [area, share] of sharesIn(moves.get(from) ?? [{ code: from, share: 1 }])) {
      if (changed.has(area)) carried.set(area, join(carried.get(area), row, share, area.length === from.length))
    }
  }
  return carried
}

/** How much of an area lies in its successors and in what holds them: all of it, where all its parts stayed inside. */
function sharesIn(successors: readonly { code: AreaCode; share: number }[]): Map<AreaCode, number> {
  const shares = new Map<AreaCode, number>()
  for (const { code, share } of successors) {
    if (share > 0) for (const area of [code, ...ancestorsOf(code)]) shares.set(area, (shares.get(area) ?? 0) + share)
  }
  return shares
}

/** An area that took over one whole area keeps its number as it was published; everything else was added up or apportioned. */
function join(sum: Row | undefined, row: Row, share: number, isBase: boolean): Row {
  const isEstimated = share < 1 - NOTHING || row.status === 'estimated' || sum?.status === 'estimated'
  return {
    numerator: (sum?.numerator ?? 0) + row.numerator * share,
    denominator: row.denominator === null ? null : (sum?.denominator ?? 0) + row.denominator * share,
    status: isEstimated ? 'estimated' : sum === undefined && isBase ? row.status : 'summed',
  }
}
