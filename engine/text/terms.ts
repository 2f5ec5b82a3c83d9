import type { AreaLevel } from '../../domain/area/area.ts'
import type { Text } from '../../domain/base/text.ts'
import { fold, squeeze } from './fold.ts'

/** What a place is found by. `whole`: a whole name, not one from a later word on. */
export type Term = { term: string; whole: boolean }

/** 0 for the nation; each level deeper is one more. A municipal part stands beside the tambons. */
const DEPTH: Record<AreaLevel, number> = { nation: 0, province: 1, district: 2, tambon: 3, 'municipal-part': 3, village: 4, 'village-part': 5 }
export const VILLAGE_DEPTH = DEPTH.village

export function depthOf(level: AreaLevel): number {
  return DEPTH[level]
}

/** The terms of a place: its names in both languages, other spellings, and their later words. Codes need no terms. */
export function termsOf(area: { level: AreaLevel; name: Text; also?: readonly string[] }): Term[] {
  const names = [area.name.th, area.name.en, ...area.also ?? []].map(fold).map(name => isVillage(area.level) ? withoutBan(name) : name)
  const whole = names.map(squeeze).filter(Boolean)
  const later = names.flatMap(name => name.split(' ').map((_, i, words) => words.slice(i + 1).join(''))).filter(Boolean)
  const terms = new Map([...later.map(term => [term, false] as const), ...whole.map(term => [term, true] as const)])
  return [...terms].map(([term, whole]) => ({ term, whole }))
}

function isVillage(level: AreaLevel): boolean {
  return depthOf(level) >= VILLAGE_DEPTH
}

/** Nearly every village is called บ้าน something, and people leave it out; a name that is nothing else keeps it. */
export function withoutBan(folded: string): string {
  return folded.replace(/^(บ้าน|ban )\s*(?=\S)/, '')
}
