import { noteFault } from './fault.ts'
import { count, writeFigures } from './figure.ts'
import { COUNTS, REGISTER_FILE, registered, type Registered } from './registered.ts'

const INDICATORS = {
  total: 'registered-population', male: 'registered-population-male', female: 'registered-population-female', houses: 'registered-houses',
} as const

/** Registered people and houses by tambon; districts and provinces are summed from them. */
export function writePopulation(): void {
  const tambons = registered().filter(row => row.level === 'tambon')
  writeFigures('dopa-population', tambons.flatMap(row => COUNTS.map(column => count(row.code, row.year, INDICATORS[column], row[column]))))
  for (const row of registered()) if (row.level !== 'tambon') noteDifferences(row, sums(tambons).get(`${row.year}/${row.code}`)!)
  for (const row of registered()) if (row.male + row.female !== row.total) noteFault(REGISTER_FILE, `${row.year}: ${row.code} ${row.name_th}: men and women do not add up to ${row.total}.`)
}

function noteDifferences(row: Registered, sum: Record<typeof COUNTS[number], number>): void {
  const different = COUNTS.filter(column => row[column] !== sum[column])
  if (!different.length) return
  const cells = different.map(column => `${column} ${row[column]} published, ${sum[column]} summed`)
  noteFault(REGISTER_FILE, `${row.year}: ${row.level} ${row.code} ${row.name_th}: ${cells.join('; ')}.`)
}

type Sums = Map<string, Record<typeof COUNTS[number], number>>
let kept: Sums | null = null

function sums(tambons: readonly Registered[]): Sums {
  if (kept) return kept
  kept = new Map()
  for (const row of tambons) for (const digits of [4, 6]) add(kept, `${row.year}/${row.code.slice(0, digits)}`, row)
  return kept
}

function add(into: Sums, key: string, row: Registered): void {
  const sum = into.get(key) ?? { total: 0, male: 0, female: 0, houses: 0 }
  for (const column of COUNTS) sum[column] += row[column]
  into.set(key, sum)
}
