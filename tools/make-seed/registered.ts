import { pcode } from './area.ts'
import { noteFault } from './fault.ts'
import { cell, readRows, type Row } from './source.ts'

export const REGISTER_FILE = 'population/registered_population_2017_2021.csv'
export const COUNTS = ['total', 'male', 'female', 'houses'] as const
export type Registered = { year: string; level: 'province' | 'district' | 'tambon'; code: string; name_th: string; name_en: string } & Record<typeof COUNTS[number], number>

const LEVELS: Record<string, Registered['level']> = { 1: 'province', 2: 'district', 3: 'tambon' }
const DIGITS = { province: 2, district: 4, tambon: 6 }

let kept: Registered[] | null = null

/** The registers of 2017 to 2021 without rows that repeat another or are empty. */
export function registered(): Registered[] {
  kept ??= readRows(REGISTER_FILE).filter(isRow).map(parseRow)
  return kept
}

function isRow(row: Row): boolean {
  const wrongLength = cell(row, 'code').length !== DIGITS[LEVELS[cell(row, 'level')]!]
  const empty = COUNTS.every(column => !cell(row, column))
  if (wrongLength) noteFault(REGISTER_FILE, `${cell(row, 'year')}: the row “${cell(row, 'code')} ${cell(row, 'name_th')}” (${cell(row, 'total')} persons) has a code of no ${LEVELS[cell(row, 'level')]} and repeats 720205; left out.`)
  if (empty) noteFault(REGISTER_FILE, `${cell(row, 'year')}: district ${cell(row, 'code')} ${cell(row, 'name_th')} has a second, empty row; left out.`)
  return !wrongLength && !empty
}

/** A blank beside a filled cell is zero: the upper levels of the same table only add up that way. */
function parseRow(row: Row): Registered {
  for (const column of COUNTS) {
    if (!cell(row, column)) noteFault(REGISTER_FILE, `${cell(row, 'year')}: ${cell(row, 'code')} ${cell(row, 'name_th')} has no “${column}”; read as 0, because the district's own row only adds up that way.`)
  }
  const [total, male, female, houses] = COUNTS.map(column => Number(cell(row, column))) as [number, number, number, number]
  return {
    year: cell(row, 'year'), level: LEVELS[cell(row, 'level')]!, code: pcode(cell(row, 'code')),
    name_th: cell(row, 'name_th'), name_en: cell(row, 'name_en'), total, male, female, houses,
  }
}
