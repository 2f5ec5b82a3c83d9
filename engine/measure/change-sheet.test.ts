import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AreaCode } from '../../domain/base/ids.ts'
import { changeSheet, type NewNumber } from './change-sheet.ts'
import { rollUp, type Line, type RolledLine } from './roll-up.ts'

const DERIVED = [{ index: 2, numerator: 0, times: 1000, denominator: 1 }]
const TAMBONS = ['TH500101', 'TH500102', 'TH500201', 'TH510101'] as AreaCode[], PLACES = [...TAMBONS, 'TH5001', 'TH50'] as AreaCode[]
/** Production, planted area and the yield that follows. */
const lineOf = ([tonnes, rai]: readonly [number | null, number | null]): Line => {
  const isKnown = tonnes !== null && rai !== null && rai > 0
  return { numerator: Float64Array.of(tonnes ?? NaN, rai ?? NaN, isKnown ? tonnes * 1000 : NaN), denominator: Float64Array.of(NaN, NaN, isKnown ? rai : NaN) }
}
type Said = Map<AreaCode, [number | null, number | null]>
/** The slow way: everything that was said, added up from nothing. */
const addUp = (said: Said): Map<AreaCode, RolledLine> => rollUp(new Map([...said].filter(([, [tonnes, rai]]) => tonnes !== null || rai !== null).map(([area, parts]) => [area, lineOf(parts)])), [0, 0, 0]).lines
const plain = (lines: ReadonlyMap<AreaCode, RolledLine>) => [...lines].map(([area, { numerator, denominator, own }]) => [area, [...numerator], [...denominator], own.map((one, i) => one && !Number.isNaN(numerator[i]))]).sort()

const number = fc.option(fc.integer({ min: 0, max: 9 })), said = fc.dictionary(fc.constantFrom(...PLACES), fc.tuple(number, number)).map(all => new Map(Object.entries(all)) as Said)

test('laid over what stands, numbers give what all of it added up from nothing gives; put back, what stood before', () => {
  fc.assert(fc.property(said, said, (before, news) => {
    const after: Said = new Map(before), numbers: NewNumber[] = [], back: NewNumber[] = []
    for (const [area, parts] of news) parts.forEach((value, index) => {
      if (value === null) return
      numbers.push({ area, index, numerator: value, denominator: NaN })
      back.push({ area, index, numerator: before.get(area)?.[index] ?? NaN, denominator: NaN })
      after.set(area, (after.get(area) ?? [null, null]).with(index, value) as [number | null, number | null])
    })
    const standing = addUp(before), { lines } = changeSheet(standing, 3, numbers, DERIVED)
    expect(plain(lines)).toEqual(plain(addUp(after)))
    expect(plain(changeSheet(lines, 3, back, DERIVED).lines)).toEqual(plain(standing))
  }), { numRuns: 300 })
})
