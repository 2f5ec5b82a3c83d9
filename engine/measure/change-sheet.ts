import type { AreaCode } from '../../domain/base/ids.ts'
import { ancestorsOf } from '../../domain/area/rules.ts'
import { emptyLine, rollUp, type Difference, type Line, type Rolled, type RolledLine } from './roll-up.ts'

/** What a source says of a place from now on; a numerator that is not a number: nothing any more. */
export type NewNumber = { area: AreaCode; index: number; numerator: number; denominator: number }
/** A number worked out from two others, by their places in the sheet. */
export type DerivedIndex = { index: number; numerator: number; times: number; denominator: number }

/** The sheet of a period with these numbers in the place of what stood there, added up anew; and what was given for a place that holds some of them and is not their sum. */
export function changeSheet(standing: ReadonlyMap<AreaCode, RolledLine>, width: number, numbers: readonly NewNumber[], derived: readonly DerivedIndex[]): Rolled {
  const given = new Map<AreaCode, Line>([...standing].filter(([, { own }]) => own.includes(true)).map(([area, line]) => [area, ownOf(line, width)]))
  for (const { area, index, numerator, denominator } of numbers) {
    let line = given.get(area)
    if (!line) given.set(area, line = emptyLine(width))
    line.numerator[index] = numerator
    line.denominator[index] = Number.isNaN(numerator) ? NaN : denominator
  }
  const changed = new Set(numbers.map(({ area }) => area))
  for (const area of changed) workOut(given.get(area) as Line, derived)
  for (const [area, { numerator }] of given) if (numerator.every(Number.isNaN)) given.delete(area)
  const { lines, differences } = rollUp(given, Array<number>(width).fill(0)), touched = new Set([...changed].flatMap(area => [area, ...ancestorsOf(area)]))
  return { lines, differences: differences.filter(({ area, index }: Difference) => touched.has(area) && !derived.some(one => one.index === index)) }
}

function ownOf({ numerator, denominator, own }: RolledLine, width: number): Line {
  const line = emptyLine(width)
  for (let i = 0; i < width; i++) if (own[i]) { line.numerator[i] = numerator[i] as number; line.denominator[i] = denominator[i] as number }
  return line
}

function workOut({ numerator, denominator }: Line, derived: readonly DerivedIndex[]): void {
  for (const { index, numerator: over, times, denominator: under } of derived) {
    const top = numerator[over] as number, base = numerator[under] as number, isKnown = !Number.isNaN(top) && base > 0
    numerator[index] = isKnown ? top * times : NaN
    denominator[index] = isKnown ? base : NaN
  }
}
