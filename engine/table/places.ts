import type { AreaCode } from '../../domain/base/ids.ts'
import { carry, type LedgerLine } from '../../domain/area/succession.ts'
import type { TableCell } from '../../domain/table/table.ts'
import { latinDigits } from './cell.result.ts'
import { indexPlaces, type NamedArea, type PlaceIndex } from './places.known.ts'
import { LONGEST_PLACE, NAMED_LEVELS, placeNames, type NamedLevel, type PlaceNames, type WrittenPlace } from './places.written.ts'

/** The finest place that was written, found for sure (`isMended`: by a name that differs in a letter or two); or what it may be (none: nobody knows, or nothing was written). */
export type ResolvedPlace = { area: AreaCode; isMended: boolean } | { candidates: AreaCode[] }
export type PlaceResolver = (place: WrittenPlace) => ResolvedPlace

const MOST_REMEMBERED = 200_000, MOST_CANDIDATES = 8, NATION = 'TH'
/** How many letters the code of a place has. */
const CODE_LETTERS = { province: 4, district: 6, tambon: 8 }, NO_NAMES: PlaceNames = { province: '', district: '', tambon: '', authority: '', village: '', moo: null }
const BEGINNING = '0001-01-01', NOW = '9999-12-31'
/** How many letters a name may differ in to be the same, from so many letters on. */
const MENDED: readonly { letters: number; changes: number }[] = [{ letters: 9, changes: 2 }, { letters: 5, changes: 1 }]

/** Finds places by code or by names, never by guessing; what was found is remembered by what was written. */
export function makePlaceResolver(areas: readonly NamedArea[], ledger: readonly LedgerLine[] = []): PlaceResolver {
  const index = indexPlaces(areas), today = carry(ledger, BEGINNING, NOW), known = new Map<string, ResolvedPlace>()
  const resolve: PlaceResolver = place => {
    const code = codeOf(place.code), names = placeNames(place)
    return code === null ? byNames(index, names, NATION) : byCodeAndNames(index, resolveCode(index, today, code), names)
  }
  return place => {
    if (Object.values(place).some(cell => typeof cell === 'string' && cell.length > LONGEST_PLACE)) return { candidates: [] }
    const key = [place.code, place.province, place.district, place.tambon, place.village].join('\u0001'), before = known.get(key)
    if (before) return before
    const found = resolve(place)
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(key, found)
    return found
  }
}

/** Digits of a code however they were typed: with TH, as a float, in Thai digits. */
function codeOf(cell: TableCell | undefined): string | null {
  const text = latinDigits(String(cell ?? '')).trim().toUpperCase().replace(/^TH/, '').replace(/\.0+$/, '').replace(/[\s-]/g, '')
  return text === '' ? null : `TH${text}`
}

function resolveCode(index: PlaceIndex, today: ReadonlyMap<AreaCode, readonly { code: AreaCode; share: number }[]>, code: string): ResolvedPlace {
  if (index.byCode.has(code)) return { area: code as AreaCode, isMended: false }
  const later = (today.get(code as AreaCode) ?? []).map(carried => carried.code).filter(later => index.byCode.has(later))
  if (later.length === 1) return { area: later[0] as AreaCode, isMended: false }
  if (later.length > 1) return { candidates: later.slice(0, MOST_CANDIDATES) }
  // A village that no list has lies in a tambon that one has.
  const holder = [code.slice(0, 8), code.slice(0, 6)].find(part => part.length < code.length && index.byCode.has(part))
  return { candidates: holder === undefined ? [] : [holder as AreaCode] }
}

/** A code and names of the same row must be of one place; names of finer places are looked for inside the code's. */
function byCodeAndNames(index: PlaceIndex, byCode: ResolvedPlace, names: PlaceNames): ResolvedPlace {
  if ('candidates' in byCode) {
    const named = byNames(index, names, NATION), candidates = byCode.candidates
    return 'area' in named && candidates.includes(named.area) ? named : { candidates: candidates.length > 0 ? candidates : 'area' in named ? [named.area] : named.candidates }
  }
  const { area } = byCode, isCoarse = (level: NamedLevel) => CODE_LETTERS[level] <= area.length
  const [coarse, fine] = [true, false].map(wanted => Object.fromEntries(NAMED_LEVELS.map(level => [level, isCoarse(level) === wanted ? names[level] : '']))) as [Pick<PlaceNames, NamedLevel>, Pick<PlaceNames, NamedLevel>]
  const named = byNames(index, { ...NO_NAMES, ...coarse }, NATION)
  if ('area' in named && named.area !== area && !area.startsWith(named.area)) return { candidates: [area, named.area] }
  return area.length > CODE_LETTERS.tambon ? byCode : byNames(index, { ...names, ...fine, authority: isCoarse('tambon') ? '' : names.authority }, area)
}

type Step = { parent: string; isMended: boolean } | { candidates: AreaCode[] }

/** From the widest name that is written down to the finest; each is looked for inside what was found before it. */
function byNames(index: PlaceIndex, names: PlaceNames, start: string): ResolvedPlace {
  let at: Step = { parent: start, isMended: false }
  for (const level of NAMED_LEVELS) if (names[level] !== '' && 'parent' in at) at = stepInto(index, at, level, names)
  if ('parent' in at && names.authority !== '') at = { candidates: index.named(at.parent, 'tambon', names.authority).map(area => area.code).slice(0, MOST_CANDIDATES) }
  if ('parent' in at && (names.village !== '' || names.moo !== null)) at = stepIntoVillage(index, at, names)
  if ('candidates' in at) return at
  return at.parent === NATION && start === NATION ? { candidates: [] } : { area: at.parent as AreaCode, isMended: at.isMended }
}

function stepInto(index: PlaceIndex, { parent, isMended }: { parent: string; isMended: boolean }, level: NamedLevel, names: PlaceNames): Step {
  const name = names[level], exact = narrowed(index, index.named(parent, level, name), level, names), [only] = exact
  if (exact.length === 1 && only) return { parent: only.code, isMended }
  if (exact.length > 1) return { candidates: exact.map(area => area.code).slice(0, MOST_CANDIDATES) }
  const near = index.near(parent, level, name), [best, next] = near
  // Elsewhere in the province the very name may stand: then the district may be the one that is wrong.
  const elsewhere = parent === NATION ? [] : index.named(parent.slice(0, 4), level, name)
  const most = MENDED.find(({ letters }) => name.length >= letters)?.changes ?? 0
  const isSure = best !== undefined && best.changes <= most && (next === undefined || next.changes > best.changes + 1) && elsewhere.length === 0 && (parent !== NATION || level === 'province')
  return isSure ? { parent: best.area.code, isMended: true } : { candidates: [...new Set([...elsewhere, ...near.map(({ area }) => area)].map(area => area.code))].slice(0, MOST_CANDIDATES) }
}

/** Of several districts of one name those that hold a tambon of the name that is written too. */
function narrowed(index: PlaceIndex, exact: readonly NamedArea[], level: NamedLevel, { tambon }: PlaceNames): readonly NamedArea[] {
  const holding = level === 'district' && tambon !== '' && exact.length > 1 ? exact.filter(area => index.named(area.code, 'tambon', tambon).length > 0) : []
  return holding.length > 0 ? holding : exact
}

/** By its number, or by its name; where both are written both must fit. A place that has no villages in the list is as fine as it gets. */
function stepIntoVillage(index: PlaceIndex, at: { parent: string; isMended: boolean }, { village, moo }: PlaceNames): Step {
  const inside = at.parent.length < CODE_LETTERS.tambon ? [] : index.below(at.parent, 'village')
  if (inside.length === 0) return village !== '' && at.parent.length < CODE_LETTERS.tambon ? { candidates: index.named(at.parent, 'village', village).map(area => area.code).slice(0, MOST_CANDIDATES) } : at
  const named = village === '' ? [] : index.named(at.parent, 'village', village)
  const numbered = moo === null ? [] : inside.map(({ area }) => area).filter(area => area.code === at.parent + String(moo).padStart(2, '0'))
  const both = named.filter(area => numbered.includes(area)), found = both.length > 0 ? both : village === '' ? numbered : moo === null ? named : []
  const [only] = found
  if (found.length === 1 && only) return { parent: only.code, isMended: at.isMended }
  const near = [...named, ...numbered, ...village === '' ? [] : index.near(at.parent, 'village', village).map(({ area }) => area)]
  return { candidates: [...new Set(near.map(area => area.code))].slice(0, MOST_CANDIDATES) }
}
