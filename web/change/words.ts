import type { AreaCode } from '../../domain/base/ids.ts'
import type { Area } from '../../domain/area/area.ts'
import { fullName } from '../../domain/area/rules.ts'
import type { ChangeKind, ChangePlan, Followed } from '../../domain/change/change.ts'
import { codesOf, placesOf } from '../../domain/change/rules.ts'
import { FOLLOWS } from '../../domain/change/rules.tables.ts'
import { nounOf } from '../../domain/change/rules.warn.ts'
import { m } from '../paraglide/messages.js'
import { lang } from '../base/link.ts'

const KINDS: Record<ChangeKind, { name: () => string; say: () => string }> = {
  rename: { name: m.change_kind_rename, say: m.change_say_rename }, move: { name: m.change_kind_move, say: m.change_say_move },
  split: { name: m.change_kind_split, say: m.change_say_split }, merge: { name: m.change_kind_merge, say: m.change_say_merge },
}
export const kindName = (kind: ChangeKind): string => KINDS[kind].name()
export const kindSay = (kind: ChangeKind): string => KINDS[kind].say()

type Named = Pick<Area, 'code' | 'type' | 'name'>

/** “Split: Tham Lot Tambon → Tham Lot, Mueang Phaem” */
export function titleOf(plan: ChangePlan, names: readonly Named[]): string {
  const name = (code: AreaCode) => { const found = names.find(each => each.code === code); return found ? fullName(found, lang()) : code }
  const olds = placesOf(plan).map(name), news = plan.kind === 'rename' || plan.kind === 'merge' ? [plan.name[lang()] || plan.name.th] : plan.kind === 'split' ? plan.parts.map(part => part.name[lang()] || part.name.th) : codesOf(plan)
  return m.change_title({ kind: kindName(plan.kind), from: olds.join(', '), to: news.join(', ') })
}

export type Line = { what: string; to: string; count: number; isNew: boolean }

/** What follows, by what it is and the changed place that it goes to: villages are added up. */
export function linesOf(rows: readonly Followed[], plan: ChangePlan): Line[] {
  const length = placesOf(plan)[0]?.length ?? 0
  const names = new Map<string, string>(plan.kind === 'split' ? plan.parts.map(part => [part.code, part.name[lang()] || part.name.th]) : []), named = (code: string) => names.has(code) ? `${names.get(code)} (${code})` : code
  const order = Object.keys(FOLLOWS), alike = Map.groupBy([...rows].sort((a, b) => order.indexOf(a.what) - order.indexOf(b.what)), ({ what, from, to }) => `${what} ${to.slice(0, length)} ${from === null}`)
  return [...alike.values()].map(group => ({ what: nounOf((group[0] as Followed).what)[lang()], to: named((group[0] as Followed).to.slice(0, length)), count: group.reduce((sum, { count }) => sum + count, 0), isNew: (group[0] as Followed).from === null }))
}

/** The next code beside these that nobody has. @example nextCode('TH580703', ['TH580701', 'TH580703', 'TH580704'], 1) // => 'TH580705' */
export function nextCode(code: string, beside: readonly string[], turn: number): string {
  const most = Math.max(...beside.filter(one => one.length === code.length).map(one => Number(one.slice(-2))).filter(number => number <= 50), 0)
  return code.slice(0, -2) + String(most + turn).padStart(2, '0')
}
