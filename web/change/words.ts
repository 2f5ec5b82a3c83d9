import type { AreaCode } from '../../domain/base/ids.ts'
import type { Area } from '../../domain/area/area.ts'
import { fullName } from '../../domain/area/rules.ts'
import type { ChangeKind, ChangePlan } from '../../domain/change/change.ts'
import { codesOf, placesOf } from '../../domain/change/rules.ts'
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

/** The next code beside these that nobody has. @example nextCode('TH580703', ['TH580701', 'TH580703', 'TH580704'], 1) // => 'TH580705' */
export function nextCode(code: string, beside: readonly string[], turn: number): string {
  const most = Math.max(...beside.filter(one => one.length === code.length).map(one => Number(one.slice(-2))).filter(number => number <= 50), 0)
  return code.slice(0, -2) + String(most + turn).padStart(2, '0')
}
