import { BUDDHIST_ERA_OFFSET } from '../../domain/base/era.ts'
import { cellFault } from '../../domain/table/problems.cell.ts'
import type { CellReading, TableCell } from '../../domain/table/table.ts'
import { latinDigits, value, type CellResult } from './cell.result.ts'

const MONTHS = [
  'มกราคม มค january jan', 'กุมภาพันธ์ กพ february feb', 'มีนาคม มีค march mar', 'เมษายน เมย april apr', 'พฤษภาคม พค may', 'มิถุนายน มิย june jun',
  'กรกฎาคม กค july jul', 'สิงหาคม สค august aug', 'กันยายน กย september sep sept', 'ตุลาคม ตค october oct', 'พฤศจิกายน พย november nov', 'ธันวาคม ธค december dec',
]
const MONTH_OF = new Map(MONTHS.flatMap((names, i) => names.split(' ').map(name => [name, i + 1] as const)))
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/, PARTED = /^(\d{1,4})[/.\- ](\d{1,2})[/.\- ](\d{1,4})$/, DIGITS = /^(\d{4})(\d\d)(\d\d)$/
const NAMED = /^(\d{1,2})\s*[-/ ]?\s*([ก-๎.]+|[a-z]+)\.?,?\s*[-/ ]?\s*(?:(พ\.?ศ\.?|ค\.?ศ\.?|b\.?e\.?|a\.?d\.?|c\.?e\.?)\s*)?(\d{2}|\d{4})$/i, NAMED_FIRST = /^([a-z]+)\.?\s+(\d{1,2}),?\s+(\d{4})$/i
/** A spreadsheet gives a day a time that nobody wrote. */
const MIDNIGHT = /[T ]00:00(?::00(?:\.0+)?)?Z?$/
const LEADING = /^(?:วัน[ก-๎]*ที่|วันที่|ที่)\s*/
/** Years from here on are B.E.; C.E. years lie before the next bound. */
const FIRST_BUDDHIST = 2300, LAST_COMMON = 2200, CENTURY = 100
/** Until then the year began on 1 April. */
const NEW_YEAR_MOVED = 2484, APRIL = 4
const SERIALS = { from: 18_000, until: 80_000 }, DAY = 86_400_000, SERIAL_ZERO = Date.UTC(1899, 11, 30)

type Era = CellReading['era']
type Parts = { year: number; month: number; day: number; era: Era; digits: number }

/** A day as `YYYY-MM-DD` of the common era. */
export function dateReader(reading: CellReading): (text: string, cell: TableCell) => CellResult {
  return (text, cell) => {
    if (typeof cell === 'number' && cell > SERIALS.from && cell < SERIALS.until) return { fault: cellFault('dateSerial', { date: new Date(SERIAL_ZERO + Math.floor(cell) * DAY).toISOString().slice(0, 10) }) }
    const parts = partsOf(latinDigits(text).replace(MIDNIGHT, '').replace(LEADING, '').trim(), reading)
    return parts === null ? { fault: cellFault('notDate', {}) } : dayOf(parts)
  }
}

const MOMENT = /^(.*?\d)(?:T|,?\s+)(?:เวลา\s*)?(\d{1,2}[:.]\d\d(?:[:.]\d\d(?:\.\d+)?)?(?:\s*น\.?)?(?:Z|[+-]\d\d:?\d\d)?)$/

/** A day with its time; midnight where no time is written. */
export function dateTimeReader(reading: CellReading): (text: string, cell: TableCell) => CellResult {
  const readDate = dateReader(reading)
  return (text, cell) => {
    const [, day = text, time = '00:00'] = MOMENT.exec(latinDigits(text)) ?? []
    const date = readDate(day, cell), clock = readTime(time)
    if ('fault' in date) return date
    return 'fault' in clock ? clock : value(`${String(date.value)}T${String(clock.value)}`, date.warning)
  }
}

const TIME = /^(\d{1,2})[:.](\d\d)(?:[:.](\d\d)(?:\.\d+)?)?\s*(?:น\.?)?\s*(am|pm)?(Z|[+-]\d\d:?\d\d)?$/i

/** A time of day, as phones write it. @example readTime('8.30 น.') // => { value: '08:30:00', warning: null } */
export function readTime(text: string): CellResult {
  const [, hours, minutes, seconds = '00', half, zone = ''] = TIME.exec(latinDigits(text)) ?? []
  const hour = Number(hours) % (half ? 12 : 24) + (half?.toLowerCase() === 'pm' ? 12 : 0)
  if (hours === undefined || Number(hours) > (half ? 12 : 23) || Number(minutes) > 59 || Number(seconds) > 59) return { fault: cellFault('notTime', {}) }
  return value(`${String(hour).padStart(2, '0')}:${minutes}:${seconds}${zone}`)
}

function partsOf(text: string, { era, order }: CellReading): Parts | null {
  const numbers = (year: string, month: string, day: string): Parts => ({ year: Number(year), month: Number(month), day: Number(day), era, digits: year.length })
  const iso = ISO.exec(text) ?? DIGITS.exec(text)
  if (iso) return numbers(iso[1]!, iso[2]!, iso[3]!)
  const parted = PARTED.exec(text)
  if (parted) {
    const [, a, b, c] = parted as unknown as [string, string, string, string]
    if (a.length > 2 || order === 'ymd') return c.length > 2 ? null : numbers(a, b, c)
    return order === 'mdy' ? numbers(c, a, b) : numbers(c, b, a)
  }
  const named = NAMED.exec(text), first = named ? null : NAMED_FIRST.exec(text)
  const [day, month, said, year] = named ? named.slice(1) : first ? [first[2], first[1], undefined, first[3]] : []
  const known = MONTH_OF.get((month ?? '').replaceAll('.', '').toLowerCase())
  if (known === undefined || day === undefined || year === undefined) return null
  return { ...numbers(year, String(known), day), era: said === undefined ? era : /^[พb]/i.test(said) ? 'be' : 'ce' }
}

function dayOf({ year: written, month, day, era, digits }: Parts): CellResult {
  if (digits === 3 || digits === 1) return { fault: cellFault('notDate', {}) }
  const year = digits === 2 ? fullYear(written, era) : written, isBuddhist = era === 'be' || (era === 'any' && year >= FIRST_BUDDHIST)
  if (year >= LAST_COMMON && year < FIRST_BUDDHIST || (era === 'be' && year < FIRST_BUDDHIST) || (era === 'ce' && year >= LAST_COMMON)) return { fault: cellFault('era', { year }) }
  if (month === 0 || day === 0) return { fault: cellFault('unknownDay', { known: month === 0 ? String(year) : `${month}/${year}` }) }
  const isOld = isBuddhist && year < NEW_YEAR_MOVED && month < APRIL, common = isBuddhist ? year - BUDDHIST_ERA_OFFSET + (isOld ? 1 : 0) : year
  const date = new Date(Date.UTC(common, month - 1, day))
  if (month > 12) return { fault: day <= 12 ? cellFault('dateOrder', {}) : cellFault('noSuchDay', {}) }
  if (date.getUTCDate() !== day || date.getUTCMonth() !== month - 1) return { fault: cellFault('noSuchDay', {}) }
  return value(`${String(common).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`, isOld ? cellFault('oldYear', { year: common }) : null)
}

/** Two digits are B.E. in Thailand, unless the column says otherwise; then they are of the hundred years that end in 2049. */
function fullYear(two: number, era: Era): number {
  return era === 'ce' ? two + (two < CENTURY / 2 ? 2000 : 1900) : 2500 + two
}
