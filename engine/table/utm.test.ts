import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromUtm } from './utm.ts'

/** The textbook's series the other way (Snyder 1987, 8-9 to 8-13): slow, long and of another family than Krüger's. */
function toUtm(zone: number, lat: number, lon: number): { east: number; north: number } {
  const a = 6_378_137, f = 1 / 298.257223563, e2 = f * (2 - f), ep2 = e2 / (1 - e2), phi = lat * Math.PI / 180
  const n = a / Math.sqrt(1 - e2 * Math.sin(phi) ** 2), t = Math.tan(phi) ** 2, c = ep2 * Math.cos(phi) ** 2, A = (lon - (zone * 6 - 183)) * Math.PI / 180 * Math.cos(phi)
  const m = a * ((1 - e2 / 4 - 3 * e2 ** 2 / 64 - 5 * e2 ** 3 / 256) * phi - (3 * e2 / 8 + 3 * e2 ** 2 / 32 + 45 * e2 ** 3 / 1024) * Math.sin(2 * phi) + (15 * e2 ** 2 / 256 + 45 * e2 ** 3 / 1024) * Math.sin(4 * phi) - 35 * e2 ** 3 / 3072 * Math.sin(6 * phi))
  return {
    east: 500_000 + 0.9996 * n * (A + (1 - t + c) * A ** 3 / 6 + (5 - 18 * t + t ** 2 + 72 * c - 58 * ep2) * A ** 5 / 120),
    north: 0.9996 * (m + n * Math.tan(phi) * (A ** 2 / 2 + (5 - t + 9 * c + 4 * c ** 2) * A ** 4 / 24 + (61 - 58 * t + t ** 2 + 600 * c - 330 * ep2) * A ** 6 / 720)),
  }
}

test('metres of zones 47 and 48 become the degrees that they came from, to a few centimetres', () => {
  fc.assert(fc.property(fc.constantFrom(47, 48), fc.double({ min: 5.5, max: 20.5, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }), (zone, lat, away) => {
    const lon = zone * 6 - 183 + away, { east, north } = toUtm(zone, lat, lon), back = fromUtm(zone, east, north)
    expect(Math.abs(back.lat - lat)).toBeLessThan(5e-7)
    expect(Math.abs(back.lon - lon)).toBeLessThan(5e-7)
  }))
})
