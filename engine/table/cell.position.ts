import type { Point } from '../../domain/record/record.ts'
import { cellFault } from '../../domain/table/problems.cell.ts'
import type { TableCell } from '../../domain/table/table.ts'
import { EMPTY, isGap, latinDigits, plainText, value, type CellResult } from './cell.result.ts'
import { fromUtm } from './utm.ts'

/** Generous: the islands and the borders lie inside. */
const THAILAND = { south: 5.5, north: 20.6, west: 97.2, east: 105.8 }
const DECIMAL = /^[+-]?\d+(?:\.\d+)?$/, PAIR = /^\(?\s*([+-]?\d+(?:\.\d+)?)\s*[,;/ ]\s*([+-]?\d+(?:\.\d+)?)((?:\s+-?\d+(?:\.\d+)?){0,2})\s*\)?$/
const DEGREES = String.raw`([NSEW])?\s*(\d{1,3}(?:\.\d+)?)\s*[°ºo]\s*(?:(\d{1,2}(?:\.\d+)?)\s*['’′]\s*)?(?:(\d{1,2}(?:\.\d+)?)\s*(?:["”″]|'')\s*)?\s*([NSEW])?`
const ONE = new RegExp(`^${DEGREES}$`, 'i'), TWO = new RegExp(`^${DEGREES}\\s*[,;]?\\s*${DEGREES}$`, 'i')
const UTM = /^(?:zone\s*|โซน\s*)?(47|48)\s*[NPQ]?[\s,]+(\d{6}(?:\.\d+)?)\s*m?e?[\s,]+(\d{6,7}(?:\.\d+)?)\s*m?n?$/i

/** A position in one cell: `18.79, 98.98`, degrees with minutes and seconds, or metres of UTM zone 47 or 48. */
export function readPositionText(text: string): CellResult {
  const plain = latinDigits(text), pair = PAIR.exec(plain)
  if (pair) return judged(Number(pair[1]), Number(pair[2]), (pair[3] ?? '').trim().split(/\s+/).filter(Boolean).map(Number))
  const utm = UTM.exec(plain)
  if (utm) { const { lat, lon } = fromUtm(Number(utm[1]), Number(utm[2]), Number(utm[3])); return judged(lat, lon) }
  const [, ...groups] = TWO.exec(plain) ?? []
  return groups.length > 0 ? judged(degreesOf(groups.slice(0, 5)), degreesOf(groups.slice(5))) : { fault: cellFault('notPosition', {}) }
}

/** A position in two cells. */
export function readPosition(lat: TableCell, lon: TableCell): CellResult {
  const [north, east] = [lat, lon].map(cell => cell === null ? '' : plainText(latinDigits(String(cell)))).map(text => isGap(text, false) ? '' : text) as [string, string]
  if (north === '' && east === '') return EMPTY
  return north === '' || east === '' ? { fault: cellFault('halfPosition', {}) } : judged(oneDegree(north), oneDegree(east))
}

function oneDegree(text: string): number {
  const [, ...groups] = ONE.exec(text) ?? []
  return DECIMAL.test(text) ? Number(text) : groups.length > 0 ? degreesOf(groups) : NaN
}

function degreesOf([before, degrees, minutes = '0', seconds = '0', after]: readonly (string | undefined)[]): number {
  if (Number(minutes) >= 60 || Number(seconds) >= 60) return NaN
  const size = Number(degrees) + Number(minutes) / 60 + Number(seconds) / 3600
  return /[SW]/i.test(before ?? after ?? '') ? -size : Number(size.toFixed(7))
}

function judged(lat: number, lon: number, [altitude, accuracy]: readonly number[] = []): CellResult {
  if (lat === 0 && lon === 0) return { value: null, warning: cellFault('noPosition', {}) }
  const point = (lat: number, lon: number): Point => ({ lat, lon, altitude: altitude ?? null, accuracy: accuracy ?? null })
  if (isInThailand(lat, lon)) return value(point(lat, lon))
  if (isInThailand(lon, lat)) return value(point(lon, lat), cellFault('swapped', { lat: lon, lon: lat }))
  if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 180)) return { fault: cellFault('notPosition', {}) }
  return value(point(lat, lon), cellFault('outsideThailand', { lat, lon }))
}

const isInThailand = (lat: number, lon: number) => lat >= THAILAND.south && lat <= THAILAND.north && lon >= THAILAND.west && lon <= THAILAND.east
