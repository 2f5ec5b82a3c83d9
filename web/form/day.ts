import { buddhistYear } from '../../domain/base/era.ts'
import type { Lang } from '../../domain/base/text.ts'

/** A day as it is being written: parts may be empty or not right yet. */
export type DayParts = { day: string; month: string; year: string }
export const NO_DAY: DayParts = { day: '', month: '', year: '' }

const OLDEST = 1800, NEWEST = 2200, ERAS_APART = 543

/** In the reader's calendar. @example partsOf('2024-02-09', 'th') // => { day: '9', month: '2', year: '2567' } */
export function partsOf(iso: string, lang: Lang): DayParts {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso) ?? []
  return year === '' ? NO_DAY : { day: String(Number(day)), month: String(Number(month)), year: String(lang === 'th' ? buddhistYear(Number(year)) : year) }
}

/** The day that the parts name; '' while they name none. A year of either era is understood by its size. @example isoOf({ day: '๙', month: '2', year: '2567' }) // => '2024-02-09' */
export function isoOf({ day, month, year }: DayParts): string {
  const [d, m, written] = [day, month, year].map(numberOf) as [number, number, number]
  const y = written >= NEWEST ? written - ERAS_APART : written
  const date = new Date(Date.UTC(y, m - 1, d))
  const isDay = y >= OLDEST && y < NEWEST && date.getUTCMonth() === m - 1 && date.getUTCDate() === d
  return isDay ? date.toISOString().slice(0, 10) : ''
}

const numberOf = (text: string): number => Number(westernDigits(text).trim() || NaN)

/** Thai digits are digits. */
export function westernDigits(text: string): string {
  return text.replace(/[๐-๙]/g, digit => String(digit.charCodeAt(0) - 0x0e50))
}
