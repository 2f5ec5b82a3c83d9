import type { RecordId } from '../../domain/base/ids.ts'
import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import type { Reason, ReasonKind } from '../../domain/duplicate/duplicate.ts'
import { distanceMetres } from '../geo/distance.ts'
import { similarityOf, type Name } from './name.ts'

/** A record as far as it is compared. `numbers`: keyed hashes of citizens' numbers; `born`: a year, or a year with month and day. */
export type Thing = { id: RecordId; area: string; name: Name | null; type: string | null; point: { lat: number; lon: number } | null; numbers: readonly string[]; born: string | null; house: string | null }

/** One level of agreement: from which value on, how probable it is of two records of one thing (`m`), and of two things of the same tambon (`u`). */
type Level = { from: number; m: number; u: number }
type Levels = Partial<Record<ReasonKind, readonly Level[]>>
const yesNo = (m: number, u: number): Level[] => [{ from: 1, m, u }, { from: 0, m: 1 - m, u: 1 - u }]

/**
 * The weights of Fellegi and Sunter (A Theory for Record Linkage, JASA 64, 1969): each comparison adds log2(m/u) bits to what is known
 * before, that of so many pairs of a tambon one is the same (`odds`). Chosen by hand, in this one place; m and u of a level add up to 1 with its
 * neighbours. Distances are negative metres, so that more is nearer.
 */
export const WEIGHTS: Record<'place' | 'person' | 'household', { odds: number; levels: Levels }> = {
  place: { odds: 1 / 500, levels: {
    name: [{ from: 1, m: 0.5, u: 0.002 }, { from: 0.9, m: 0.22, u: 0.003 }, { from: 0.8, m: 0.12, u: 0.006 }, { from: 0.65, m: 0.08, u: 0.03 }, { from: 0, m: 0.08, u: 0.959 }],
    distance: [{ from: -50, m: 0.55, u: 0.004 }, { from: -150, m: 0.25, u: 0.01 }, { from: -500, m: 0.12, u: 0.06 }, { from: -2000, m: 0.05, u: 0.25 }, { from: -Infinity, m: 0.03, u: 0.676 }],
    type: yesNo(0.85, 0.2),
  } },
  person: { odds: 1 / 2000, levels: {
    number: yesNo(0.98, 0.000001),
    name: [{ from: 1, m: 0.7, u: 0.0001 }, { from: 0.9, m: 0.15, u: 0.0003 }, { from: 0.8, m: 0.07, u: 0.001 }, { from: 0.65, m: 0.03, u: 0.0186 }, { from: 0, m: 0.05, u: 0.98 }],
    birth: [{ from: 1, m: 0.6, u: 0.0006 }, { from: 0, m: 0.3, u: 0.0194 }, { from: -1, m: 0.05, u: 0.04 }, { from: -Infinity, m: 0.05, u: 0.94 }],
    village: yesNo(0.75, 0.12),
  } },
  household: { odds: 1 / 1000, levels: {
    member: yesNo(0.5, 0.0002),
    name: [{ from: 1, m: 0.6, u: 0.0002 }, { from: 0.9, m: 0.15, u: 0.0004 }, { from: 0.8, m: 0.08, u: 0.0014 }, { from: 0.65, m: 0.04, u: 0.018 }, { from: 0, m: 0.13, u: 0.98 }],
    house: yesNo(0.8, 0.01),
    village: yesNo(0.9, 0.12),
  } },
}

/** What is less probable than this is not told. */
export const LEAST_SCORE = 0.5

export const weightsOf = (unit: DatasetUnit) => WEIGHTS[unit === 'record' ? 'place' : unit]

/** How probable it is that two records are of one thing, and what speaks for and against it. What one of them does not answer says nothing. */
export function compare(unit: DatasetUnit, a: Thing, b: Thing): { score: number; reasons: Reason[] } {
  const { odds, levels } = weightsOf(unit), reasons: Reason[] = []
  for (const kind of Object.keys(levels) as ReasonKind[]) {
    const value = COMPARE[kind](a, b)
    const level = value === null ? undefined : levels[kind]?.find(({ from }) => value >= from)
    if (level) reasons.push({ kind, weight: Math.log2(level.m / level.u), value: kind === 'distance' && value !== null ? -value : value })
  }
  const bits = reasons.reduce((sum, { weight }) => sum + weight, Math.log2(odds / (1 - odds)))
  return { score: 1 / (1 + 2 ** -bits), reasons }
}

const VILLAGE = 10
const COMPARE: Record<ReasonKind, (a: Thing, b: Thing) => number | null> = {
  name: (a, b) => a.name && b.name ? similarityOf(a.name, b.name) : null,
  distance: (a, b) => a.point && b.point ? -distanceMetres(a.point, b.point) : null,
  type: (a, b) => a.type !== null && b.type !== null ? Number(a.type === b.type) : null,
  number: sharesNumber, member: sharesNumber,
  birth: (a, b) => a.born !== null && b.born !== null ? birthLevel(a.born, b.born) : null,
  village: (a, b) => a.area.length >= VILLAGE && b.area.length >= VILLAGE ? Number(a.area.slice(0, VILLAGE) === b.area.slice(0, VILLAGE)) : null,
  house: (a, b) => a.house !== null && b.house !== null ? Number(a.house === b.house) : null,
}

function sharesNumber(a: Thing, b: Thing): number | null {
  return a.numbers.length > 0 && b.numbers.length > 0 ? Number(a.numbers.some(number => b.numbers.includes(number))) : null
}

/** 1: the same day; 0: the same year (the day is not known, or is another); below: so many years apart. */
function birthLevel(a: string, b: string): number {
  return a === b && a.length === DAY ? 1 : -Math.abs(Number(a.slice(0, YEAR)) - Number(b.slice(0, YEAR)))
}

const DAY = 10, YEAR = 4
