const METRES_PER_RADIAN = 6_371_008.8
const RADIANS = Math.PI / 180

type Spot = { lat: number; lon: number }

/**
 * Metres along the ground between two places, on a sphere of the earth's mean radius (haversine): right to half a percent anywhere.
 * @example Math.round(distanceMetres({ lat: 36.12, lon: -86.67 }, { lat: 33.94, lon: -118.4 }) / 1000) // => 2886
 */
export function distanceMetres(a: Spot, b: Spot): number {
  const half = Math.sin((b.lat - a.lat) * RADIANS / 2) ** 2 + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * Math.sin((b.lon - a.lon) * RADIANS / 2) ** 2
  return 2 * METRES_PER_RADIAN * Math.asin(Math.min(1, Math.sqrt(half)))
}

/** The smallest box of degrees that holds everything within so many metres; away from the poles. */
export function boxAround({ lat, lon }: Spot, metres: number): { south: number; north: number; west: number; east: number } {
  const angle = metres / METRES_PER_RADIAN, up = angle / RADIANS, aside = Math.asin(Math.sin(angle) / Math.cos(lat * RADIANS)) / RADIANS
  return { south: lat - up, north: lat + up, west: lon - aside, east: lon + aside }
}
