import type { AreaCode } from '../../domain/base/ids.ts'
import { parentOf } from '../../domain/area/rules.ts'

/** Numbers of one area, one place per indicator; NaN: missing. The denominator of a count is NaN. */
export type Line = { numerator: Float64Array; denominator: Float64Array }
/** `own[i]`: the source gave this number of this very area; otherwise it was added up. */
export type RolledLine = Line & { own: boolean[] }
export type Difference = { area: AreaCode; index: number; published: number; summed: number }
export type Rolled = { lines: Map<AreaCode, RolledLine>; differences: Difference[] }

/** Depths of codes, from parts of villages up to the provinces, whose sum is the nation. */
const DEPTHS = [12, 10, 8, 6, 4] as const

/**
 * Adds numbers up the tree of codes. What a source gave for an area stands; elsewhere a number is the sum of the areas directly below
 * that have one. A missing number adds nothing, and neither does its base: missing is not zero.
 * `tolerance[i]`: by how much, relative to the larger, a given number may miss the sum of what lies inside before it is told.
 * `sumsBelow`: areas whose insides were added up elsewhere already (villages, in the database).
 * @example rollUp({ TH5001: 2, TH5002: 3 }) gives TH50: 5 and TH: 5
 */
export function rollUp(given: ReadonlyMap<AreaCode, Line>, tolerance: readonly number[], sumsBelow: ReadonlyMap<AreaCode, Line> = new Map()): Rolled {
  const lines = new Map([...given].map(([area, line]) => [area, startOf(line)]))
  const differences = takeSums(lines, sumsBelow, tolerance)
  for (const depth of DEPTHS) {
    const children = [...lines].filter(([area]) => area.length === depth)
    differences.push(...takeSums(lines, sumByParent(children, tolerance.length), tolerance))
  }
  return { lines, differences }
}

/** A sum stands where nothing was given; where both are there, a difference is told. */
function takeSums(lines: Map<AreaCode, RolledLine>, sums: ReadonlyMap<AreaCode, Line>, tolerance: readonly number[]): Difference[] {
  return [...sums].flatMap(([area, sum]) => {
    const published = lines.get(area)
    if (published) return merge(area, published, sum, tolerance)
    lines.set(area, { ...sum, own: Array<boolean>(tolerance.length).fill(false) })
    return []
  })
}

function startOf({ numerator, denominator }: Line): RolledLine {
  return { numerator: numerator.slice(), denominator: denominator.slice(), own: Array.from(numerator, number => !Number.isNaN(number)) }
}

function sumByParent(children: readonly (readonly [AreaCode, Line])[], width: number): Map<AreaCode, Line> {
  const sums = new Map<AreaCode, Line>()
  for (const [area, line] of children) {
    const parent = parentOf(area) as AreaCode
    let sum = sums.get(parent)
    if (!sum) sums.set(parent, sum = emptyLine(width))
    addTo(sum, line)
  }
  return sums
}

export function emptyLine(width: number): Line {
  return { numerator: new Float64Array(width).fill(NaN), denominator: new Float64Array(width).fill(NaN) }
}

/** Adds a line to a sum, number by number, each with its base. */
export function addTo(sum: Line, line: Line): void {
  for (let i = 0; i < line.numerator.length; i++) {
    if (Number.isNaN(line.numerator[i])) continue
    sum.numerator[i] = (Number.isNaN(sum.numerator[i]) ? 0 : sum.numerator[i] as number) + (line.numerator[i] as number)
    sum.denominator[i] = (Number.isNaN(sum.denominator[i]) ? 0 : sum.denominator[i] as number) + (line.denominator[i] as number)
  }
}

/** Fills what was not given with its sum, and tells where both are there and differ. */
function merge(area: AreaCode, into: RolledLine, sum: Line, tolerance: readonly number[]): Difference[] {
  const differences: Difference[] = []
  for (let index = 0; index < tolerance.length; index++) {
    const summed = sum.numerator[index] as number, published = into.numerator[index] as number
    if (Number.isNaN(summed)) continue
    if (!into.own[index]) {
      into.numerator[index] = summed
      into.denominator[index] = sum.denominator[index] as number
    } else if (Math.abs(published - summed) > (tolerance[index] as number) * Math.max(published, summed)) {
      differences.push({ area, index, published, summed })
    }
  }
  return differences
}
