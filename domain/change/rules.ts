import type { AreaCode } from '../base/ids.ts'
import type { Area, AreaChange } from '../area/area.ts'
import { isWithin, levelOf, parentOf } from '../area/rules.ts'
import type { ChangePlan, Outline } from './change.ts'
import { changeProblems } from './problems.ts'
import { renumber, type Ground } from './rules.number.ts'

export type Line = Pick<AreaChange, 'kind' | 'predecessor' | 'successor' | 'share' | 'nameBefore' | 'nameAfter'>

type Became = { code: AreaCode; share: number; outline: Outline | null; whole?: true }[]

/** What a plan comes to: which areas begin and end, under which code each one goes on, and what the ledger says of it. */
export type Layout = {
  begins: Ground[]; ends: AreaCode[]; renames: { code: AreaCode; name: Area['name'] }[]
  /** For each code that is another one now; a place that is divided goes on in its heir. */
  moves: Map<AreaCode, AreaCode>
  /** What each of the changed places became, by which share. `whole`: the same ground under another code, with the outline that it had. */
  became: Map<AreaCode, Became>
  lines: Line[]
}

/** The places that a plan takes apart, puts together or names. */
export function placesOf(plan: ChangePlan): AreaCode[] {
  return plan.kind === 'merge' ? plan.areas : [plan.area]
}

/** The codes that it gives. */
export function codesOf(plan: ChangePlan): AreaCode[] {
  switch (plan.kind) {
    case 'rename': return [plan.area]
    case 'move': case 'merge': return [plan.code]
    case 'split': return plan.parts.map(part => part.code)
    default: return plan satisfies never
  }
}

/** Lays a plan out over what is there: `inside` are the areas of today in its places, these among them; `isKnown`: whether a code is or was in use. */
export function layOut(plan: ChangePlan, inside: readonly Ground[], isKnown: (code: AreaCode) => boolean): Layout {
  const places = placesOf(plan)
  for (const [i, place] of places.entries()) {
    if (places.indexOf(place) < i) throw changeProblems.twice({ code: place })
    if (place.length < 6) throw changeProblems.nation({})
    if (!inside.some(({ code }) => code === place)) throw changeProblems.notThere({ code: place })
  }
  mustBeFree(plan, isKnown)
  switch (plan.kind) {
    case 'rename': return rename(plan, inside)
    case 'move': return move(plan, inside)
    case 'split': return split(plan, inside)
    case 'merge': return merge(plan, inside, isKnown)
    default: return plan satisfies never
  }
}

function mustBeFree(plan: ChangePlan, isKnown: (code: AreaCode) => boolean): void {
  const places = placesOf(plan), [place] = places as [AreaCode], codes = codesOf(plan)
  for (const [i, code] of codes.entries()) {
    if (codes.indexOf(code) < i) throw changeProblems.twice({ code })
    if (code.length !== place.length || levelOf(code) !== levelOf(place)) throw changeProblems.level({ code })
    if (isKnown(code) && (plan.kind === 'move' || !places.includes(code))) throw changeProblems.taken({ code })
  }
}

function rename({ area, name }: ChangePlan & { kind: 'rename' }, inside: readonly Ground[]): Layout {
  const before = groundOf(inside, area).name
  return { begins: [], ends: [], renames: [{ code: area, name }], moves: new Map(), became: new Map(), lines: [{ kind: 'renamed', predecessor: area, successor: area, share: 1, nameBefore: before, nameAfter: name }] }
}

function move({ area, code }: ChangePlan & { kind: 'move' }, inside: readonly Ground[]): Layout {
  const moves = new Map(inside.map(({ code: old }): [AreaCode, AreaCode] => [old, code + old.slice(area.length) as AreaCode]))
  return laid(moves, inside)
}

function split(plan: ChangePlan & { kind: 'split' }, inside: readonly Ground[]): Layout {
  const { area, parts, heir } = plan, place = groundOf(inside, area)
  mustPlaceAll(plan, inside)
  const partOf = new Map(parts.flatMap(part => part.children.map((child): [AreaCode, AreaCode] => [child, part.code])))
  const moves = new Map(inside.flatMap(({ code }): [AreaCode, AreaCode][] => {
    const child = [...partOf.keys()].find(one => isWithin(code, one)), to = child && partOf.get(child)
    return to && to !== area ? [[code, to + code.slice(area.length) as AreaCode]] : []
  }))
  if (heir !== area) moves.set(area, heir)
  const below = laid(new Map([...moves].filter(([code]) => code !== area)), inside)
  const isKept = parts.some(part => part.code === area), kept = parts.find(part => part.code === area)
  const made = parts.filter(part => part.code !== area).map(({ code, name }): Ground => ({ ...place, code, name, parentCode: parentOf(code), point: null, areaKm2: null, hasShape: false }))
  return {
    begins: [...made, ...below.begins], ends: [...isKept ? [] : [area], ...below.ends], moves,
    renames: kept && (kept.name.th !== place.name.th || kept.name.en !== place.name.en) ? [{ code: area, name: kept.name }] : [],
    became: new Map([...below.became, [area, parts.map(({ code, share, outline }) => ({ code, share, outline }))]]),
    // whoever still uses the old code means the heir, which stands first in the ledger
    lines: [...[...parts].sort((a, b) => Number(b.code === heir) - Number(a.code === heir)).map(({ code, name, share }): Line => ({ kind: 'split', predecessor: area, successor: code, share, nameBefore: place.name, nameAfter: name })), ...below.lines],
  }
}

function mustPlaceAll({ area, parts, heir }: ChangePlan & { kind: 'split' }, inside: readonly Ground[]): void {
  const below = inside.filter(({ parentCode }) => parentCode === area), placed = parts.flatMap(part => part.children)
  for (const [i, code] of placed.entries()) {
    if (placed.indexOf(code) < i) throw changeProblems.twice({ code })
    if (!below.some(child => child.code === code)) throw changeProblems.foreign({ code })
  }
  const missing = below.filter(({ code }) => !placed.includes(code)), names = (lang: 'th' | 'en') => missing.slice(0, 5).map(({ name, code }) => name[lang] || code).join(', ')
  if (missing.length > 0) throw changeProblems.unplaced({ names: { th: names('th'), en: names('en') }, count: missing.length })
  if (!parts.some(({ code }) => code === heir)) throw changeProblems.heir({})
  const sum = parts.reduce((sum, { share }) => sum + share, 0)
  if (Math.abs(sum - 1) > 1e-6) throw changeProblems.shares({ sum: Math.round(sum * 10_000) / 100 })
}

function merge({ areas, code, name }: ChangePlan & { kind: 'merge' }, inside: readonly Ground[], isKnown: (code: AreaCode) => boolean): Layout {
  const first = groundOf(inside, areas[0] as AreaCode), moves = renumber({ areas, code }, inside, isKnown)
  const { begins, ends, lines, became } = laid(new Map([...moves].filter(([old]) => !areas.includes(old))), inside), kept = areas.includes(code) ? groundOf(inside, code) : null
  const whole: Ground = { ...first, code, name, parentCode: parentOf(code), point: null, areaKm2: null, hasShape: false }
  return {
    begins: [...kept ? [] : [whole], ...begins], ends: [...areas.filter(area => area !== code), ...ends], moves,
    renames: kept && (kept.name.th !== name.th || kept.name.en !== name.en) ? [{ code, name }] : [],
    became: new Map([...became, ...areas.map((area): [AreaCode, Became] => [area, [{ code, share: 1, outline: null }]])]),
    lines: [...areas.map((area): Line => ({ kind: 'merged', predecessor: area, successor: code, share: 1, nameBefore: groundOf(inside, area).name, nameAfter: name })), ...lines],
  }
}

/** Areas that go on whole under another code. */
function laid(moves: Map<AreaCode, AreaCode>, inside: readonly Ground[]): Layout {
  const moved = inside.filter(({ code }) => moves.has(code)), now = (code: AreaCode) => moves.get(code) as AreaCode
  return {
    begins: moved.map(ground => ({ ...ground, code: now(ground.code), parentCode: parentOf(now(ground.code)) })), ends: moved.map(({ code }) => code), renames: [], moves,
    became: new Map(moved.map(({ code }): [AreaCode, Became] => [code, [{ code: now(code), share: 1, outline: null, whole: true }]])),
    lines: moved.map(({ code, name }): Line => ({ kind: 'moved', predecessor: code, successor: now(code), share: 1, nameBefore: name, nameAfter: name })),
  }
}

function groundOf(inside: readonly Ground[], code: AreaCode): Ground {
  return inside.find(ground => ground.code === code) as Ground
}
