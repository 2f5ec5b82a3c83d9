import type { AreaCode } from '../base/ids.ts'
import { levelOf } from '../area/rules.ts'
import type { Attention, BoardBy, BoardRow, Expected, Numbers } from './board.ts'

/** Nothing for a month is long. */
export const SILENT_DAYS = 30
/** So many to review call for somebody; or a few, where they are more than half of what arrived. */
export const MANY_WAITING = 20, SOME_WAITING = 5
const DAY_MS = 86_400_000

export const NOTHING: Numbers = { arrived: 0, received: 0, returned: 0, approved: 0, locked: 0, faults: 0, last: null }

/** What a row is looked at for first: nothing ever came, nothing came for long although not all is there, many wait, some went back. */
export function attentionOf(numbers: Numbers, expected: number | null, now: Date): Attention | null {
  if (expected === 0 && numbers.arrived === 0) return null
  if (numbers.last === null) return 'never'
  const isComplete = expected === null ? numbers.approved === numbers.arrived : numbers.approved >= expected
  if (!isComplete && daysSince(numbers.last, now) > SILENT_DAYS) return 'silent'
  if (numbers.received >= MANY_WAITING || (numbers.received >= SOME_WAITING && numbers.received * 2 > numbers.arrived)) return 'waiting'
  return numbers.returned > 0 ? 'returned' : null
}

export function daysSince(moment: string, now: Date): number {
  return Math.floor((now.getTime() - Date.parse(moment)) / DAY_MS)
}

/** The part of what is expected that was approved; of what arrived where nothing is known to be expected; null: nothing to divide by. */
export function shareOf({ approved, arrived }: Numbers, expected: Pick<Expected, 'count'> | null): number | null {
  const base = expected?.count ?? arrived
  return base === 0 ? null : approved / base
}

export function addUp(rows: readonly Numbers[]): Numbers {
  return rows.reduce((sum, row) => ({
    arrived: sum.arrived + row.arrived, received: sum.received + row.received, returned: sum.returned + row.returned, approved: sum.approved + row.approved,
    locked: sum.locked + row.locked, faults: sum.faults + row.faults, last: [sum.last, row.last].filter(last => last !== null).sort().at(-1) ?? null,
  }), NOTHING)
}

const ORDER: (Attention | null)[] = ['never', 'silent', 'waiting', 'returned', null]

/** What needs somebody first, and among equals what has most to do; or as a dictionary has it. */
export function sortBoard(rows: readonly BoardRow[], sort: 'attention' | 'name', compare: (a: BoardRow, b: BoardRow) => number): BoardRow[] {
  if (sort === 'name') return rows.toSorted(compare)
  const open = ({ numbers, expected }: BoardRow) => Math.max(numbers.received + numbers.returned, (expected?.count ?? 0) - numbers.approved)
  return rows.toSorted((a, b) => ORDER.indexOf(a.attention) - ORDER.indexOf(b.attention) || open(b) - open(a) || compare(a, b))
}

/** By what the records of a place may be told apart: its own kinds of places first. */
export function waysOf(area: AreaCode): BoardBy[] {
  const inside: Partial<Record<ReturnType<typeof levelOf>, BoardBy[]>> = { nation: ['province'], province: ['district', 'tambon'], district: ['tambon', 'village'], tambon: ['village'], 'municipal-part': ['village'] }
  return [...inside[levelOf(area)] ?? [], 'dataset', 'team']
}

/** Targets that were set inside a place, without those that lie in another's: what they come to, and of how many places. */
export function sumTargets(area: AreaCode, targets: readonly { area: AreaCode; expected: number }[]): { count: number; of: number } | null {
  const inside = targets.filter(target => target.area !== area && target.area.startsWith(area))
  const outermost = inside.filter(one => !inside.some(other => other !== one && one.area.startsWith(other.area)))
  return outermost.length === 0 ? null : { count: outermost.reduce((sum, { expected }) => sum + expected, 0), of: outermost.length }
}
