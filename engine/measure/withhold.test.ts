import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ancestorsOf, parentOf } from '../../domain/area/rules.ts'
import { AreaCode } from '../../domain/base/ids.ts'
import { withhold } from './withhold.ts'

const counted = (own: Record<string, number>) => {
  const counts = new Map<AreaCode, number>()
  for (const [code, count] of Object.entries(own)) for (const area of [AreaCode.parse(code), ...ancestorsOf(AreaCode.parse(code))]) counts.set(area, (counts.get(area) ?? 0) + count)
  return counts
}
const told = (own: Record<string, number>, threshold = 5) => Object.fromEntries(withhold(counted(own), threshold))

test('what is few is not told, nor what would give it away', () => {
  expect(told({ TH5001: 3, TH5002: 7, TH5003: 10 })).toEqual({ TH: 20, TH50: 20, TH5003: 10 })
  expect(told({ TH5001: 3, TH5002: 4, TH5003: 10 })).toEqual({ TH: 17, TH50: 17, TH5003: 10 })
  expect(told({ TH5001: 6, TH5002: 7 })).toEqual({ TH: 13, TH50: 13, TH5001: 6, TH5002: 7 })
  expect(told({ TH5001: 4 })).toEqual({})
  expect(told({ TH5001: 3, TH5801: 30 }, 10)).toEqual({ TH: 33 })
})

test('what lies at a place itself is never told alone, and with a place all that lies in it is withheld', () => {
  expect(told({ TH50: 2, TH5001: 7, TH5002: 9 })).toEqual({ TH: 18, TH50: 18, TH5002: 9 })
  expect(told({ TH500101: 6, TH500102: 8, TH5002: 3, TH5003: 20 })).toEqual({ TH: 37, TH50: 37, TH5003: 20 })
})

const Own = fc.dictionary(fc.tuple(fc.nat(2), fc.nat(2), fc.nat(2), fc.constantFrom(4, 6, 8)).map(([a, b, c, length]) => `TH5${a}0${b}0${c}`.slice(0, length)), fc.oneof(fc.nat(6), fc.nat(40)), { minKeys: 1, maxKeys: 14 })

test('nobody can compute what is few, even who knows where there is nothing: the equations of all totals leave it open', () => {
  fc.assert(fc.property(Own, fc.constantFrom(5, 10), (own, threshold) => {
    const counts = counted(own), shown = withhold(counts, threshold)
    for (const [area, count] of shown) expect([count, count >= threshold]).toEqual([counts.get(area), true])
    for (const { name, value } of findComputable(counts, shown)) expect(value === 0 || value >= threshold, `${name} is ${value}`).toBe(true)
  }), { numRuns: 500 })
})

/** The slow way: every total is the sum of its parts and of what lies at the place itself; which unknowns do these equations leave no choice? */
function findComputable(counts: ReadonlyMap<AreaCode, number>, shown: ReadonlyMap<AreaCode, number>): { name: string; value: number }[] {
  const areas = [...counts.keys()], partsOf = (area: AreaCode) => areas.filter(other => parentOf(other) === area)
  const values = new Map<string, number>()
  for (const area of areas) {
    const own = (counts.get(area) as number) - partsOf(area).reduce((sum, part) => sum + (counts.get(part) as number), 0)
    if (!shown.has(area) && counts.get(area) !== 0) values.set(area, counts.get(area) as number)
    if (own > 0 && partsOf(area).length > 0) values.set(`own ${area}`, own)
  }
  const unknowns = [...values.keys()], column = (name: string) => unknowns.indexOf(name)
  const rows = areas.filter(area => partsOf(area).length > 0).map(area => {
    const row = unknowns.map(() => 0)
    for (const [name, sign] of [[area, -1], [`own ${area}`, 1], ...partsOf(area).map(part => [part, 1])] as [string, number][]) if (column(name) >= 0) row[column(name)] = sign
    return row
  })
  return reduce(rows).flatMap(row => { const only = row.flatMap((factor, i) => Math.abs(factor) > 1e-9 ? [i] : []); return only.length === 1 ? [unknowns[only[0] as number] as string] : [] }).map(name => ({ name, value: values.get(name) as number }))
}

/** Gauss and Jordan. */
function reduce(given: number[][]): number[][] {
  const rows = given.map(row => [...row]), width = rows[0]?.length ?? 0
  for (let column = 0, top = 0; column < width && top < rows.length; column++) {
    const at = rows.findIndex((row, i) => i >= top && Math.abs(row[column] as number) > 1e-9)
    if (at < 0) continue
    ;[rows[top], rows[at]] = [rows[at] as number[], rows[top] as number[]]
    const pivot = rows[top] as number[], factor = pivot[column] as number
    for (let i = 0; i < width; i++) pivot[i] = (pivot[i] as number) / factor
    for (const row of rows) if (row !== pivot) { const times = row[column] as number; for (let i = 0; i < width; i++) row[i] = (row[i] as number) - times * (pivot[i] as number) }
    top++
  }
  return rows
}
