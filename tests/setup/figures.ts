import fc from 'fast-check'
import type { AreaCode } from '../../domain/base/ids.ts'
import { ancestorsOf, parentOf } from '../../domain/area/rules.ts'

/** A number with what it is divided by. */
type Part = readonly [numerator: number, denominator: number | null]
/** What a source says itself, of one year: for each place a number of each indicator. */
export type Said = ReadonlyMap<AreaCode, readonly (Part | null)[]>
/** What it says of a place, itself or as a sum. */
export type Stands = { part: Part; own: boolean } | null
export type Rows = ReadonlyMap<AreaCode, readonly (number | null)[]>
/** A number that follows from two others, by their places in the list. */
export type Follows = { index: number; over: number; times: number; under: number }
export type Laid = { said: Said; rows: { new: number; updated: number; unchanged: number }; /** Of each indicator, how many places have a number that is not the sum of what lies inside. */ unequal: number[] }

/** The slow way: one year from nothing, place by place from the smallest up. A missing number adds nothing; sums go by code. */
export function standOf(said: Said, width: number): Map<AreaCode, Stands[]> {
  const stands = new Map<AreaCode, Stands[]>(), sums = sumsOf(stands, width)
  for (const area of placesOf(said.keys()).sort((a, b) => b.length - a.length)) stands.set(area, sums(area).map((sum, index): Stands => {
    const own = said.get(area)?.[index] ?? null
    return own ? { part: own, own: true } : sum && { part: sum, own: false }
  }))
  return new Map([...stands].filter(([, all]) => all.some(Boolean)))
}

const placesOf = (areas: Iterable<AreaCode>): AreaCode[] => [...new Set([...areas].flatMap(area => [area, ...ancestorsOf(area)]))]

const sumsOf = (stands: ReadonlyMap<AreaCode, Stands[]>, width: number) => (area: AreaCode): (Part | null)[] => {
  const inside = [...stands].filter(([one]) => parentOf(one) === area).sort(([a], [b]) => a < b ? -1 : 1)
  return Array.from({ length: width }, (_, index) => inside.flatMap(([, all]) => all[index] ? [all[index].part] : [])
    .reduce<Part | null>((sum, [top, base]) => [(sum?.[0] ?? 0) + top, base === null ? null : (sum?.[1] ?? 0) + base], null))
}

/** What becomes of a year when the rows of a table are laid over it. */
export function layRows(said: Said, news: Rows, width: number, follows: readonly Follows[]): Laid {
  const before = standOf(said, width), after = new Map(said), rows = { new: 0, updated: 0, unchanged: 0 }, changed: AreaCode[] = []
  for (const [area, numbers] of news) {
    const stood = before.get(area) ?? [], given = numbers.map((number, index) => number !== null && stood[index]?.part[0] !== number ? [number, null] as const : null)
    rows[!given.some(Boolean) ? 'unchanged' : numbers.some((number, index) => number !== null && stood[index]) ? 'updated' : 'new']++
    if (!given.some(Boolean)) continue
    changed.push(area)
    const all = Array.from({ length: width }, (_, index): Part | null => given[index] ?? said.get(area)?.[index] ?? null)
    for (const { index, over, times, under } of follows) all[index] = all[over] && all[under] && all[under][0] > 0 ? [all[over][0] * times, all[under][0]] : null
    after.set(area, all)
  }
  const stands = standOf(after, width), sums = sumsOf(stands, width), isUnequal = (area: AreaCode, index: number) => {
    const sum = sums(area)[index], own = stands.get(area)?.[index]
    return own?.own && sum && sum[0] !== own.part[0]
  }
  return { said: after, rows, unequal: Array.from({ length: width }, (_, index) => follows.some(one => one.index === index) ? 0 : placesOf(changed).filter(area => isUnequal(area, index)).length) }
}

/** A year as one table says it, and what a second one lays over it. */
export function twoTables(places: readonly string[], width: number, number: fc.Arbitrary<number>): fc.Arbitrary<readonly [Rows, Rows]> {
  const rows = fc.dictionary(fc.constantFrom(...places), fc.array(fc.option(number), { minLength: width, maxLength: width })).map(all => new Map(Object.entries(all).map(([area, numbers]) => [area as AreaCode, numbers])))
  return fc.tuple(rows, rows)
}
