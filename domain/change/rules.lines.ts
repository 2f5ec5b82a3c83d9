import type { Lang } from '../base/text.ts'
import type { ChangePlan, Followed } from './change.ts'
import { placesOf } from './rules.ts'
import { FOLLOWS } from './rules.tables.ts'
import { nounOf } from './rules.warn.ts'

export type FollowedLine = { what: string; to: string; count: number; isNew: boolean }

/** What follows from a change, by what it is and the changed place that it goes to: villages are added up. */
export function linesOf(rows: readonly Followed[], plan: ChangePlan, lang: Lang): FollowedLine[] {
  const length = placesOf(plan)[0]?.length ?? 0
  const names = new Map<string, string>(plan.kind === 'split' ? plan.parts.map(part => [part.code, part.name[lang] || part.name.th]) : []), named = (code: string) => names.has(code) ? `${names.get(code)} (${code})` : code
  const order = Object.keys(FOLLOWS), alike = Map.groupBy([...rows].sort((a, b) => order.indexOf(a.what) - order.indexOf(b.what)), ({ what, from, to }) => `${what} ${to.slice(0, length)} ${from === null}`)
  return [...alike.values()].map(group => ({ what: nounOf((group[0] as Followed).what)[lang], to: named((group[0] as Followed).to.slice(0, length)), count: group.reduce((sum, { count }) => sum + count, 0), isNew: (group[0] as Followed).from === null }))
}
