/** A moment: days since 1970 began in Greenwich, and the same on the clock of the place. */
export type Instant = { days: number; localDays: number }
type Clock = { now: string }

export const DAY = 86_400_000
const MINUTE = 60_000
const DATE_TIME = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:T(\d\d):(\d\d)(?::(\d\d(?:\.\d+)?))?(Z|[+-]\d\d(?::?\d\d)?)?)?$/
const OFFSET = /(Z|[+-]\d\d(?::?\d\d)?)$/

/** @example offsetOf({ now: '2026-11-26T15:30:00+07:00' }) // => 420 */
export function offsetOf({ now }: Clock): number {
  return minutesOf(now.includes('T') ? OFFSET.exec(now)?.[1] : undefined) ?? 0
}

function minutesOf(offset: string | undefined): number | null {
  if (offset === undefined) return null
  if (offset === 'Z') return 0
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(3).replace(':', '') || 0)
  return offset.startsWith('-') ? -minutes : minutes
}

/** What a date or date with time means; without an offset it is of the place. Null where it is none. */
export function instantOf(text: string, clock: Clock): Instant | null {
  const [, year, month, day, hour = '0', minute = '0', second = '0', offset] = DATE_TIME.exec(text) ?? []
  if (year === undefined) return null
  const date = new Date(0)
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day))
  if (date.getUTCMonth() !== Number(month) - 1 || date.getUTCDate() !== Number(day)) return null
  const local = date.getTime() + Number(hour) * 60 * MINUTE + Number(minute) * MINUTE + Number(second) * 1000
  return atDays((local - (minutesOf(offset) ?? offsetOf(clock)) * MINUTE) / DAY, clock)
}

export function atDays(days: number, clock: Clock): Instant {
  return { days, localDays: days + offsetOf(clock) * MINUTE / DAY }
}

/** The parts of a moment on the clock of the place. */
export function localDate({ localDays }: Instant): Date {
  return new Date(Math.round(localDays * DAY))
}

/** @example writeDate(instantOf('2026-8-7', { now: '' })) // => '2026-08-07' */
export function writeDate(instant: Instant): string {
  return localDate(instant).toISOString().slice(0, 10)
}

/** With the offset of the place. */
export function writeDateTime(instant: Instant, clock: Clock): string {
  const minutes = offsetOf(clock), two = (n: number) => String(Math.floor(n)).padStart(2, '0')
  return `${localDate(instant).toISOString().slice(0, -1)}${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`
}
