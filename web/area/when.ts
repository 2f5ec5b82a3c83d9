import type { AreaChange } from '../../domain/area/area.ts'
import { m } from '../paraglide/messages.js'
import { formatDay, formatYear } from '../base/format.ts'
import { lang } from '../base/link.ts'

/** When a change happened, no more exactly than is known. */
export function whenText({ day, precision }: Pick<AreaChange, 'day' | 'precision'>): string {
  if (precision === 'day') return m.change_on({ day: formatDay(day, lang()) })
  const year = formatYear(day.slice(0, 4), lang())
  return precision === 'year' ? m.change_in_year({ year }) : m.change_before({ year })
}
