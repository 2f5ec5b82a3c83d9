import type { DatasetUnit } from '../../domain/dataset/dataset.ts'
import type { Thing } from './score.ts'

/** What lies nearer than this is compared whatever it is called. */
export const NEAR_METRES = 250
/** A little less than they are, so that a cell is never too small. */
const METRES_PER_DEGREE = 111_194
const TAMBON = 8, YEAR = 4, LEAST_SKELETON = 3, MOST_SKELETON = 24

/**
 * Keys: two records that share one are compared. Within a tambon: names whose consonants are the same but for one letter (each with one letter
 * left out is a key, as in Mor and Fraenkel 1982); one word of a person's name with the year of birth; the house number of a village.
 * Everywhere: a citizen's number. Places have their position as well (`cellsOf`).
 */
export function keysOf(unit: DatasetUnit, thing: Thing): string[] {
  const tambon = thing.area.slice(0, TAMBON), isOfPeople = unit === 'person' || unit === 'household'
  return [
    ...thing.name ? deletionsOf(thing.name.skeleton.slice(0, MOST_SKELETON)).map(part => `${tambon} ${part}`) : [],
    ...isOfPeople ? thing.numbers.map(number => `number ${number}`) : [],
    ...unit === 'person' && thing.born && thing.name ? halvesOf(thing.name.skeleton).map(part => `${tambon} ${thing.born?.slice(0, YEAR)} ${part}`) : [],
    ...unit === 'household' && thing.house !== null ? [`${thing.area} house ${thing.house}`] : [],
  ]
}

/** A skeleton itself and with each letter left out; a short one would be like too many others. @example deletionsOf('มสง') // => ['มสง', 'สง', 'มง', 'มส'] */
export function deletionsOf(skeleton: string): string[] {
  if (skeleton.length < LEAST_SKELETON) return skeleton === '' ? [] : [skeleton]
  return [...new Set([skeleton, ...[...skeleton].map((_, i) => skeleton.slice(0, i) + skeleton.slice(i + 1))])]
}

/** How a name begins and how it ends: one of both stays where the other was misspelt, or changed by marriage. */
function halvesOf(skeleton: string): string[] {
  return skeleton.length < LEAST_SKELETON ? [] : [`<${skeleton.slice(0, LEAST_SKELETON)}`, `>${skeleton.slice(-LEAST_SKELETON)}`]
}

/** The cell of a position, and those to the north and the east of it: of two neighbours one names the other's cell. */
export function cellsOf({ point }: Thing): { own: string; beside: string[] } | null {
  if (!point) return null
  // cells of one band have one width: as many degrees as the metres are at its side away from the equator
  const band = Math.floor(point.lat * METRES_PER_DEGREE / NEAR_METRES)
  const columnIn = (row: number) => Math.floor(point.lon * widthOf(row))
  const cell = (row: number, step: number) => `${row} ${columnIn(row) + step}`
  return { own: cell(band, 0), beside: [cell(band, 1), ...[-1, 0, 1].map(step => cell(band + 1, step))] }
}

/** Cells to a degree of longitude. */
function widthOf(band: number): number {
  const furthest = Math.max(Math.abs(band), Math.abs(band + 1)) * NEAR_METRES / METRES_PER_DEGREE
  return METRES_PER_DEGREE * Math.cos(furthest * Math.PI / 180) / NEAR_METRES
}
