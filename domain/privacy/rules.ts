import { AreaCode, RecordId } from '../base/ids.ts'
import { SpotText, type Spot } from './privacy.ts'

/** @example textOf({ record, repeat: '/data/member', row: 2 }) // => '…~/data/member~2' */
export function textOf({ record, repeat, row }: Spot): string {
  return repeat === null || row === null ? record : `${record}~${repeat}~${row}`
}

/** Spots with commas between them, as an address carries them; null: they are none. */
export function parseSpots(text: string): Spot[] | null {
  const spots = text.split(',').filter(Boolean)
  if (!spots.every(spot => SpotText.safeParse(spot).success)) return null
  return spots.map(spot => {
    const [record, repeat, row] = spot.split('~')
    return { record: RecordId.parse(record), repeat: repeat ?? null, row: row === undefined ? null : Number(row) }
  })
}

/** The day from which on a record should be gone: so many years after its last visit. @example dueOf('2024-02-29', 1) // => '2025-03-01' */
export function dueOf(lastDay: string, years: number): string {
  const [year = 0, month = 1, day = 1] = lastDay.split('-').map(Number)
  return new Date(Date.UTC(year + years, month - 1, day)).toISOString().slice(0, 10)
}

/** A name is looked for in a district at most: a whole province's names are read for nobody. */
export const isNarrow = (area: AreaCode): boolean => area.length >= DISTRICT
const DISTRICT = 6
