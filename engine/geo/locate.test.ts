import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AreaCode } from '../../domain/base/ids.ts'
import { makeLocator } from './locate.ts'
import { areaKm2, holds, outlinesOf, type Outline } from './outline.ts'

const outlines = (file: string): Outline[] =>
  outlinesOf(JSON.parse(gunzipSync(readFileSync(new URL(`../../seed/boundary/${file}.topojson.gz`, import.meta.url))).toString()))
const bangkok = outlines('TH10.tambon')
const pattani = outlines('TH94.tambon')

/** Slow and exact: parity of the edges west of a point, in whole numbers. */
function holdsExactly(rings: readonly (readonly [number, number][])[], x: number, y: number): boolean {
  let crossings = 0
  for (const ring of rings) {
    for (const [i, [x1, y1]] of ring.entries()) {
      const [x0, y0] = ring.at(i - 1)!
      const [low, high] = y0 < y1 ? [[x0, y0], [x1, y1]] as const : [[x1, y1], [x0, y0]] as const
      if (BigInt(low[1]) <= BigInt(y) && BigInt(y) < BigInt(high[1])
        && (BigInt(high[0]) - BigInt(low[0])) * (BigInt(y) - BigInt(low[1])) > (BigInt(x) - BigInt(low[0])) * (BigInt(high[1]) - BigInt(low[1]))) crossings++
    }
  }
  return crossings % 2 === 1
}

const outline = (rings: readonly [number, number][][]): Outline => ({
  code: 'TH10' as AreaCode, box: [0, 0, 0, 0], rings: rings.map(ring => Float64Array.from([...ring, ring[0]!].flat())),
})
const grid = fc.integer({ min: -20, max: 20 })
const ring = fc.array(fc.tuple(grid, grid), { minLength: 3, maxLength: 9 })

describe('a point in an outline', () => {
  test('is found as whole-number arithmetic finds it, with holes, crossings and points on corners', () => {
    fc.assert(fc.property(fc.array(ring, { minLength: 1, maxLength: 3 }), grid, grid, (rings, x, y) => {
      expect(holds(outline(rings), x, y)).toBe(holdsExactly(rings, x, y))
    }), { numRuns: 3000 })
  })
  test('on a border that two triangles share belongs to exactly one of them', () => {
    fc.assert(fc.property(fc.tuple(grid, grid), fc.tuple(grid, grid), fc.tuple(grid, grid), fc.tuple(grid, grid), fc.integer({ min: 1, max: 99 }), (a, b, c, d, percent) => {
      const side = (p: readonly number[]) => Math.sign((b[0] - a[0]) * (p[1]! - a[1]) - (b[1] - a[1]) * (p[0]! - a[0]))
      fc.pre(side(c) * side(d) < 0)
      const [x, y] = [a[0] + (b[0] - a[0]) * percent / 100, a[1] + (b[1] - a[1]) * percent / 100]
      expect([outline([[a, b, c]]), outline([[b, a, d]])].filter(each => holds(each, x, y))).toHaveLength(1)
    }))
  })
})

describe('the khwaeng of Bangkok', () => {
  const everywhere = fc.tuple(fc.double({ min: 100.3, max: 100.95, noNaN: true }), fc.double({ min: 13.45, max: 13.98, noNaN: true }))
  const locate = makeLocator(bangkok)

  test('the index finds what a look at every one of them finds', () => {
    fc.assert(fc.property(everywhere, ([lon, lat]) => {
      const all = bangkok.filter(each => holds(each, lon, lat))
      expect(all.length).toBeLessThanOrEqual(1)
      expect(locate(lon, lat)?.code).toBe(all[0]?.code)
    }), { numRuns: 1000 })
  })
  test('a corner that several share belongs to one of them', () => {
    const corners = bangkok.flatMap(each => each.rings.flatMap(ring => Array.from({ length: ring.length / 2 }, (_, i) => [ring[2 * i]!, ring[2 * i + 1]!] as const)))
    const shared = [...Map.groupBy(corners, ([lon, lat]) => `${lon} ${lat}`).values()].filter(same => same.length > 3).map(same => same[0]!)
    expect(shared.length).toBeGreaterThan(50)
    for (const [lon, lat] of shared) expect(bangkok.filter(each => holds(each, lon, lat)).length).toBeLessThanOrEqual(1)
  })
  test('the Grand Palace stands in Phra Borom Maha Ratchawang', () => { expect(locate(100.4913, 13.75)?.code).toBe('TH100101') })
  test('undivided Bang Na says that its halves lie in it', () => {
    expect(locate(100.6, 13.667)).toMatchObject({ code: 'TH104701', until: '2020-01-01', covers: ['TH104702', 'TH104703'] })
  })
  test('Pattani and the sea are not in Bangkok', () => { expect(locate(101.25, 6.87)).toBeNull() })
})

test('each tambon of Pattani is as large as the list of areas says, to a hundredth', () => {
  const list: Record<string, string>[] = parse(readFileSync(new URL('../../seed/area/area.csv', import.meta.url)), { columns: true })
  const km2 = new Map(list.map(area => [area['code'], Number(area['area_km2'])]))
  expect(pattani).toHaveLength(115)
  for (const each of pattani) expect(Math.abs(areaKm2(each) / km2.get(each.code)! - 1), each.code).toBeLessThan(0.01)
})
test('a locator of no outlines finds nothing', () => { expect(makeLocator([])(100, 13)).toBeNull() })
