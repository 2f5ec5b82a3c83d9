import { fold } from '../../engine/text/fold.ts'

/** A thing that was recorded before, as the list beside a form has it. */
export type Thing = { id: string; label: string; place: string; point: Point | null; /** What is searched in. */ sought: string }
export type Point = { lat: number; lon: number }

const POINT = /^-?\d+(\.\d+)? -?\d+(\.\d+)? -?\d+(\.\d+)? -?\d+(\.\d+)?$/, EARTH_KM = 6371

export function readThings(csv: string): Thing[] {
  const [head = [], ...rows] = readCsv(csv), at = Object.fromEntries(head.map((name, i) => [name, i]))
  const cell = (row: string[], name: string) => row[at[name] ?? -1] ?? ''
  return rows.map(row => ({ id: cell(row, 'name'), label: cell(row, 'label') || cell(row, 'name'), place: cell(row, 'village'), point: pointOf(row.find(each => POINT.test(each)) ?? ''), sought: fold(cell(row, 'label')) }))
}

/** @example pointOf('19.5 98.25 0 7') // => { lat: 19.5, lon: 98.25 } */
export function pointOf(text: string): Point | null {
  const [lat, lon] = text.split(' ').map(Number)
  return text !== '' && lat !== undefined && lon !== undefined && Number.isFinite(lat) && Number.isFinite(lon) ? { lat, lon } : null
}

/** Cells may hold commas, quotes and line breaks (RFC 4180). */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [whole, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    if (whole === '' && row.length === 0) continue
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

export function search<T extends { sought: string }>(all: readonly T[], typed: string): T[] {
  const words = fold(typed).split(/\s+/).filter(Boolean)
  return words.length === 0 ? [...all] : all.filter(({ sought }) => words.every(word => sought.includes(word)))
}

/** Kilometres over the ground, by the haversine formula. @example distanceKm({ lat: 0, lon: 0 }, { lat: 0, lon: 1 }) // => 111.19 */
export function distanceKm(a: Point, b: Point): number {
  const rad = (degrees: number) => degrees * Math.PI / 180
  const h = Math.sin(rad(b.lat - a.lat) / 2) ** 2 + Math.cos(rad(a.lat)) * Math.cos(rad(b.lat)) * Math.sin(rad(b.lon - a.lon) / 2) ** 2
  return Math.round(2 * EARTH_KM * Math.asin(Math.sqrt(h)) * 100) / 100
}

/** Nearest first; what has no position comes after. */
export function byNearness<T extends { point: Point | null }>(all: readonly T[], here: Point): (T & { km: number | null })[] {
  return all.map(each => ({ ...each, km: each.point && distanceKm(here, each.point) })).sort((a, b) => (a.km ?? Infinity) - (b.km ?? Infinity))
}
