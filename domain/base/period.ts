import { z } from 'zod'

/** A calendar year of the common era, four digits. Shown as Buddhist era in Thai. */
export const Period = z.string().regex(/^(19|20)\d{2}$/, 'year').brand('Period')
export type Period = z.infer<typeof Period>

/** Buddhist era minus common era, for years from 1941 on. */
export const BUDDHIST_ERA_OFFSET = 543

/** @example buddhistYear(2018) // => 2561 */
export function buddhistYear(commonEraYear: number): number {
  return commonEraYear + BUDDHIST_ERA_OFFSET
}

/** The last day of the period: places are drawn as they were on it. */
export function lastDayOf(period: Period): string {
  return `${period}-12-31`
}
