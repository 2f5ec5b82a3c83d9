import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AreaCode } from '../../domain/base/ids.ts'
import { distanceMetres } from './distance.ts'
import { metresTo } from './metres-to.ts'
import type { Outline } from './outline.ts'

/** A tenth of a degree each way, near Pang Mapha. */
const SQUARE: Outline = { code: AreaCode.parse('TH580703'), rings: [Float64Array.from([98, 19, 98.1, 19, 98.1, 19.1, 98, 19.1, 98, 19])], box: [98, 19, 98.1, 19.1] }

test('inside it is no way; beside it, the way to the nearest edge or corner', () => {
  expect(metresTo(SQUARE, { lat: 19.05, lon: 98.05 })).toBe(0)
  expect(metresTo(SQUARE, { lat: 19.05, lon: 98.101 })).toBeCloseTo(distanceMetres({ lat: 19.05, lon: 98.101 }, { lat: 19.05, lon: 98.1 }), 0)
  expect(metresTo(SQUARE, { lat: 19.101, lon: 98.101 })).toBeCloseTo(distanceMetres({ lat: 19.101, lon: 98.101 }, { lat: 19.1, lon: 98.1 }), 0)
})

test('as far as the nearest of a thousand points along the edge', () => {
  const steps = Array.from({ length: 1001 }, (_, i) => i / 10_000)
  const edge = steps.flatMap(step => [{ lat: 19, lon: 98 + step }, { lat: 19.1, lon: 98 + step }, { lat: 19 + step, lon: 98 }, { lat: 19 + step, lon: 98.1 }])
  fc.assert(fc.property(fc.double({ min: 18.98, max: 19.12, noNaN: true }), fc.double({ min: 97.98, max: 98.12, noNaN: true }), (lat, lon) => {
    const isInside = lat > 19 && lat < 19.1 && lon > 98 && lon < 98.1, walked = Math.min(...edge.map(point => distanceMetres(point, { lat, lon })))
    // a step of the walk is eleven metres
    expect(Math.abs(metresTo(SQUARE, { lat, lon }) - (isInside ? 0 : walked))).toBeLessThan(6)
  }), { numRuns: 60 })
})
