import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxAround, distanceMetres } from './distance.ts'

/** Another way to the same number: the angle between two vectors from the middle of the earth. */
function byVectors(a: Spot, b: Spot): number {
  const vector = ({ lat, lon }: Spot) => [Math.cos(lat * Math.PI / 180) * Math.cos(lon * Math.PI / 180), Math.cos(lat * Math.PI / 180) * Math.sin(lon * Math.PI / 180), Math.sin(lat * Math.PI / 180)] as const
  const [u, v] = [vector(a), vector(b)], cross = Math.hypot(u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0])
  return 6_371_008.8 * Math.atan2(cross, u[0] * v[0] + u[1] * v[1] + u[2] * v[2])
}
type Spot = { lat: number; lon: number }
const thailand = fc.record({ lat: fc.double({ min: 5, max: 21, noNaN: true }), lon: fc.double({ min: 97, max: 106, noNaN: true }) })

describe('how far it is', () => {
  test('from Nashville to Los Angeles, the example that everybody computes', () => {
    expect(distanceMetres({ lat: 36.12, lon: -86.67 }, { lat: 33.94, lon: -118.4 })).toBeCloseTo(2_886_448, -1)
  })
  test('between any two places of Thailand is the angle between them', () => {
    fc.assert(fc.property(thailand, thailand, (a, b) => { expect(distanceMetres(a, b)).toBeCloseTo(byVectors(a, b), 2) }))
  })
  test('and nothing that is near lies outside the box, which nothing smaller could be', () => {
    fc.assert(fc.property(thailand, fc.double({ min: 1, max: 20_000, noNaN: true }), fc.double({ min: 0, max: 2 * Math.PI, noNaN: true }), (at, metres, turn) => {
      const box = boxAround(at, metres), there = { lat: at.lat + Math.cos(turn) * metres / 111_195 * 1.2, lon: at.lon + Math.sin(turn) * metres / 111_195 * 1.2 }
      if (distanceMetres(at, there) <= metres) expect(there.lat >= box.south && there.lat <= box.north && there.lon >= box.west && there.lon <= box.east).toBe(true)
      expect(distanceMetres(at, { lat: box.north, lon: at.lon }) / metres).toBeCloseTo(1, 6)
      expect(distanceMetres(at, { lat: at.lat, lon: box.east }) / metres).toBeLessThan(1.001)
    }))
  })
})
