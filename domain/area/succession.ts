import type { AreaCode } from '../base/ids.ts'
import type { AreaChange } from './area.ts'

/** Where a share of an area is on a later day. */
export type Carried = { code: AreaCode; share: number }
/** What a line of the ledger says about ground. */
export type LedgerLine = Pick<AreaChange, 'day' | 'predecessor' | 'successor' | 'share'>

type Shares = Map<AreaCode, number>

/**
 * Where areas of the end of `fromDay` are at the end of `toDay`, through all splits, mergers and moves in between.
 * Only areas that change are in it; the shares of each add up to 1. An area that ended without a successor keeps its code:
 * its numbers still count in what holds it. Lines of one day happen at once. Empty when `toDay` is not after `fromDay`.
 *
 * @example carry([{ day: '2011-01-01', predecessor: 'TH4303', successor: 'TH3801', share: 1 }], '2010-12-31', '2020-12-31').get('TH4303') // => [{ code: 'TH3801', share: 1 }]
 */
export function carry(changes: readonly LedgerLine[], fromDay: string, toDay: string): Map<AreaCode, Carried[]> {
  const between = changes.filter(line => line.day > fromDay && line.day <= toDay)
  const days = [...Map.groupBy(between, line => line.day)].sort(([a], [b]) => a < b ? -1 : 1)
  const carried = days.reduce((carried, [, lines]) => followedBy(carried, stepOf(lines)), new Map<AreaCode, Shares>())
  return new Map([...carried].filter(changed).map(([code, shares]) => [code, [...shares].map(([code, share]) => ({ code, share }))]))
}

/** The code under which a place goes on that is called by an older one. */
export function todaysCode(place: AreaCode, moved: ReadonlyMap<AreaCode, AreaCode>): AreaCode {
  const now = moved.get(place)
  return now === undefined ? place : todaysCode(now, moved)
}

/** By which codes these places were called before. */
export function formerCodes(places: readonly AreaCode[], moved: ReadonlyMap<AreaCode, AreaCode>): AreaCode[] {
  const before = [...moved].filter(([, now]) => places.includes(now)).map(([old]) => old)
  return before.length === 0 ? [] : [...before, ...formerCodes(before, moved)]
}

/** A line of the ledger of which it is known whether the ground became an area of its own. */
export type KindLine = LedgerLine & Pick<AreaChange, 'kind'> & { /** When it was written into the ledger here; null: it came with the seed. */ madeAt?: Date | null }

/**
 * Under which codes an area goes on, from the end of `fromDay` to the end of `toDay`, for somebody who answers for it: a new code, or the
 * parts of it; also where the ledger learnt of it only after the moment `since`. Ground that was put together with other ground is not followed, for whoever holds a part does not hold the whole.
 *
 * @example follow([{ kind: 'moved', day: '2011-01-01', predecessor: 'TH4303', successor: 'TH3801', share: 1 }], 'TH4303', '2010-01-01', '2020-01-01') // => ['TH3801']
 */
export function follow(changes: readonly KindLine[], area: AreaCode, fromDay: string, toDay: string, since: Date | null = null): AreaCode[] {
  const between = changes.filter(({ day, madeAt }) => (day > fromDay || (since && madeAt && madeAt > since)) && day <= toDay)
  const days = [...Map.groupBy(between, line => line.day)].sort(([a], [b]) => a < b ? -1 : 1)
  return days.reduce((held, [, lines]) => held.flatMap(code => stepFrom(code, held, lines)), [area])
}

function stepFrom(code: AreaCode, held: readonly AreaCode[], lines: readonly KindLine[]): AreaCode[] {
  const own = lines.filter(line => line.predecessor === code && line.successor !== null)
  if (own.length === 0) return [code]
  const isOwnGround = (successor: AreaCode) => lines.filter(line => line.successor === successor)
    .every(({ kind, predecessor }) => FOLLOWED.includes(kind) && predecessor !== null && held.includes(predecessor))
  return [...new Set(own.map(line => line.successor as AreaCode))].filter(isOwnGround)
}

const FOLLOWED: readonly AreaChange['kind'][] = ['moved', 'split', 'renamed']

/** One day: where each predecessor goes. Lines without a predecessor or a successor move no ground. */
function stepOf(lines: readonly LedgerLine[]): Map<AreaCode, Shares> {
  const step = new Map<AreaCode, Shares>()
  for (const { predecessor, successor, share } of lines) {
    if (predecessor && successor) add(sharesOf(step, predecessor), successor, share)
  }
  return step
}

function followedBy(before: ReadonlyMap<AreaCode, Shares>, step: ReadonlyMap<AreaCode, Shares>): Map<AreaCode, Shares> {
  const after = new Map<AreaCode, Shares>()
  for (const origin of new Set([...before.keys(), ...step.keys()])) {
    for (const [code, share] of before.get(origin) ?? [[origin, 1] as const]) {
      for (const [successor, part] of step.get(code) ?? [[code, 1] as const]) add(sharesOf(after, origin), successor, share * part)
    }
  }
  return after
}

function changed([origin, shares]: [AreaCode, Shares]): boolean {
  return shares.size !== 1 || !shares.has(origin)
}

function sharesOf(all: Map<AreaCode, Shares>, code: AreaCode): Shares {
  const shares = all.get(code) ?? new Map<AreaCode, number>()
  all.set(code, shares)
  return shares
}

function add(shares: Shares, code: AreaCode, share: number): void {
  shares.set(code, (shares.get(code) ?? 0) + share)
}
