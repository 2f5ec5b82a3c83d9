import { distance } from 'fastest-levenshtein'
import type { Area } from '../../domain/area/area.ts'
import { squeeze } from '../text/fold.ts'
import { villageName } from './places.written.ts'

/** What of an area decides how it is found. Give those that hold today; old codes come through the ledger. */
export type NamedArea = Pick<Area, 'code' | 'level' | 'parentCode' | 'name'>
/** `key`: its names as they are looked up. */
type Known = { area: NamedArea; keys: string[] }
export type PlaceIndex = {
  byCode: ReadonlyMap<string, NamedArea>
  /** Places of a level below a place (its code begins with the place's). */
  below: (parent: string, level: Area['level']) => readonly Known[]
  /** Those of exactly this name. */
  named: (parent: string, level: Area['level'], name: string) => NamedArea[]
  /** Those whose names are nearly this, nearest first. */
  near: (parent: string, level: Area['level'], name: string) => { area: NamedArea; changes: number }[]
}

const TOWN = 'เมือง', MOST_NEAR = 5, NEAR_SHARE = 0.4

export function indexPlaces(areas: readonly NamedArea[]): PlaceIndex {
  const byCode = new Map(areas.map(area => [String(area.code), area])), levels = Map.groupBy(areas, area => area.level)
  const lists = new Map<string, readonly Known[]>(), names = new Map<string, Map<string, NamedArea[]>>()
  const below: PlaceIndex['below'] = (parent, level) => remembered(lists, `${parent} ${level}`, () =>
    parent === 'TH' ? (levels.get(level) ?? []).map(area => ({ area, keys: keysOf(area, byCode) })) : below(parent.slice(0, -2), level).filter(({ area }) => area.code.startsWith(parent)))
  const byName = (parent: string, level: Area['level']) => remembered(names, `${parent} ${level}`, () => {
    const map = new Map<string, NamedArea[]>()
    for (const { area, keys } of below(parent, level)) for (const key of keys) map.set(key, [...map.get(key) ?? [], area])
    return map
  })
  return {
    byCode, below,
    named: (parent, level, name) => byName(parent, level).get(name) ?? [],
    near: (parent, level, name) => below(parent, level)
      .map(({ area, keys }) => ({ area, changes: Math.min(...keys.map(key => distance(key, name))) }))
      .filter(({ changes }) => changes <= Math.max(1, name.length * NEAR_SHARE)).sort((a, b) => a.changes - b.changes).slice(0, MOST_NEAR),
  }
}

function remembered<T>(map: Map<string, T>, key: string, make: () => T): T {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** The district of a province's town is often called “Mueang” alone. */
function keysOf(area: NamedArea, byCode: ReadonlyMap<string, NamedArea>): string[] {
  const { th, en } = area.name, province = byCode.get(area.parentCode ?? '')?.name.th
  const isTown = area.level === 'district' && th === TOWN + province
  return [...new Set([squeeze(th), squeeze(en), ...(isTown ? [squeeze(TOWN), 'muang', 'mueang'] : []), ...(area.level === 'village' ? [villageName(th), villageName(en)] : [])])].filter(Boolean)
}
