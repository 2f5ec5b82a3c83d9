import { atDays, DAY, instantOf, localDate, writeDate, writeDateTime, type Instant } from './compile.clock.ts'
import { known, type Functions } from './compile.known.ts'
import { toText, type Given, type Value } from './compile.values.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
/** What comes later than the year 9999 is no date. */
const LATEST_DAY = 2_932_896
const two = (n: number) => String(n).padStart(2, '0')
const PARTS: Record<string, (date: Date) => string> = {
  Y: date => String(date.getUTCFullYear()).padStart(4, '0'), y: date => two(date.getUTCFullYear() % 100), m: date => two(date.getUTCMonth() + 1), n: date => String(date.getUTCMonth() + 1),
  b: date => MONTHS[date.getUTCMonth()] ?? '', d: date => two(date.getUTCDate()), e: date => String(date.getUTCDate()), a: date => DAYS[date.getUTCDay()] ?? '',
  H: date => two(date.getUTCHours()), h: date => String(date.getUTCHours()), M: date => two(date.getUTCMinutes()), S: date => two(date.getUTCSeconds()),
  3: date => String(date.getUTCMilliseconds()).padStart(3, '0'),
}

const format = known(2, 2, ({ given }, value = '', pattern = '') => {
  const instant = momentOf(value, given)
  return instant === null ? '' : toText(pattern, given).replace(/%([YymnbdeaHhMS3])/g, (_, part: string) => PARTS[part]?.(localDate(instant)) ?? '')
})

export const DATE_FUNCTIONS: Functions = {
  today: known(0, 0, ({ given }) => given.today),
  now: known(0, 0, ({ given }) => given.now),
  'format-date': format, 'format-date-time': format,
  date: known(1, 1, ({ given }, value = '') => date(value, given, given.client === 'web')),
  'date-time': known(1, 1, ({ given }, value = '') => date(value, given, true)),
  'decimal-date-time': known(1, 1, ({ given }, value = '') => momentOf(value, given)?.days ?? NaN),
  'decimal-time': known(1, 1, ({ given }, value = '') => {
    const instant = instantOf(`1970-01-01T${toText(value, given)}`, given)
    return instant === null ? NaN : instant.localDays - Math.floor(instant.localDays)
  }),
}

/** A number is days since 1970; Collect takes whole days of the place for it where no time is wanted. */
function momentOf(value: Value, given: Given): Instant | null {
  if (typeof value === 'boolean') return null
  if (typeof value !== 'number') return instantOf(toText(value, given), given)
  return Math.abs(value) < LATEST_DAY ? atDays(value, given) : null
}

/** Web Forms keeps the time of a date, where it has one. */
function date(value: Value, given: Given, keepsTime: boolean): string {
  const moment = momentOf(value, given)
  if (moment === null) return ''
  const instant = typeof value === 'number' && !keepsTime ? { ...moment, localDays: Math.trunc(value) } : moment
  return keepsTime && localDate(instant).getTime() % DAY !== 0 ? writeDateTime(instant, given) : writeDate(instant)
}
