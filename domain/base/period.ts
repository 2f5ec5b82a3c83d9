import { z } from 'zod'

/** A calendar year of the common era, four digits. Shown as Buddhist era in Thai. */
export const Period = z.string().regex(/^(19|20)\d{2}$/, 'year').brand('Period')
export type Period = z.infer<typeof Period>

/** The last day of the period: places are drawn as they were on it. */
export function lastDayOf(period: Period): string {
  return `${period}-12-31`
}
