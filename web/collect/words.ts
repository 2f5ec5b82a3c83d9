import { Problem } from '../../domain/base/problem.ts'
import type { AreaCode } from '../../domain/base/ids.ts'
import type { Kit, KitPlace } from '../../domain/collect/collect.ts'
import { fullName } from '../../domain/area/rules.ts'
import { m } from '../paraglide/messages.js'
import { lang } from '../base/link.ts'
import type { EntryState } from './shelf.ts'

/** What went wrong, in the person's language; a fault that nobody foresaw in its own words. */
export function sayOf(error: unknown): string {
  if (error instanceof Problem) return error.in(lang())
  const said = (error as { body?: { message?: string } } | null)?.body?.message
  return said || (error instanceof Error ? error.message : String(error))
}

export function stateWord(state: EntryState): string {
  switch (state) {
    case 'draft': return m.collect_state_draft()
    case 'waiting': return m.collect_state_waiting()
    case 'sending': return m.collect_state_sending()
    case 'sent': return m.collect_state_sent()
    case 'refused': return m.collect_state_refused()
    default: return state satisfies never
  }
}

export function placeWord(place: KitPlace): string {
  return fullName(place, lang())
}

/** The name of a place that this phone knows; its code otherwise. */
export function placeOf(kit: Kit | null, code: AreaCode | null): string {
  const place = kit?.places.find(each => each.code === code) ?? kit?.areas.find(each => each.code === code)
  return place ? fullName(place, lang()) : code ?? ''
}
