/** WGS84. */
const RADIUS = 6_378_137, FLATTENING = 1 / 298.257223563, SCALE = 0.9996, FALSE_EAST = 500_000
const N = FLATTENING / (2 - FLATTENING), MERIDIAN = RADIUS / (1 + N) * (1 + N ** 2 / 4 + N ** 4 / 64)
const BETA = [N / 2 - 2 / 3 * N ** 2 + 37 / 96 * N ** 3, N ** 2 / 48 + N ** 3 / 15, 17 / 480 * N ** 3]
const DELTA = [2 * N - 2 / 3 * N ** 2 - 2 * N ** 3, 7 / 3 * N ** 2 - 8 / 5 * N ** 3, 56 / 15 * N ** 3]

/**
 * Degrees of a position in metres of a northern UTM zone: Krüger's series (1912) to the third power of the third flattening, right to a millimetre.
 * @example fromUtm(47, 500000, 2000000).lon // => 99
 */
export function fromUtm(zone: number, east: number, north: number): { lat: number; lon: number } {
  const xi = north / (SCALE * MERIDIAN), eta = (east - FALSE_EAST) / (SCALE * MERIDIAN)
  const xiP = xi - BETA.reduce((sum, beta, i) => sum + beta * Math.sin(2 * (i + 1) * xi) * Math.cosh(2 * (i + 1) * eta), 0)
  const etaP = eta - BETA.reduce((sum, beta, i) => sum + beta * Math.cos(2 * (i + 1) * xi) * Math.sinh(2 * (i + 1) * eta), 0)
  const chi = Math.asin(Math.sin(xiP) / Math.cosh(etaP))
  const lat = chi + DELTA.reduce((sum, delta, i) => sum + delta * Math.sin(2 * (i + 1) * chi), 0)
  const lon = (zone * 6 - 183) * Math.PI / 180 + Math.atan2(Math.sinh(etaP), Math.cos(xiP))
  return { lat: degrees(lat), lon: degrees(lon) }
}

const degrees = (radians: number) => Number((radians * 180 / Math.PI).toFixed(7))
