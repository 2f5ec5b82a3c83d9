import type { Round } from './round.ts'

type Days = Pick<Round, 'from' | 'until'>

/** Whether two rounds share a day. */
export function overlaps(one: Days, other: Days): boolean {
  return one.from <= other.until && other.from <= one.until
}

/** The round of the same dataset that ended last before this one began: of those who run this one, else of whoever runs one here. */
export function roundBefore<R extends Round>(round: Round, rounds: readonly R[]): R | null {
  const before = rounds.filter(other => other.dataset === round.dataset && other.until < round.from).sort((a, b) => b.until.localeCompare(a.until))
  return before.find(other => other.area === round.area) ?? before[0] ?? null
}

/** The round that a day falls in. */
export function roundOn<R extends Days>(day: string, rounds: readonly R[]): R | null {
  return rounds.find(({ from, until }) => from <= day && day <= until) ?? null
}
