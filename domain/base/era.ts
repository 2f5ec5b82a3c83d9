/** Buddhist era minus common era, for years from 1941 on. */
export const BUDDHIST_ERA_OFFSET = 543

/** @example buddhistYear(2018) // => 2561 */
export function buddhistYear(commonEraYear: number): number {
  return commonEraYear + BUDDHIST_ERA_OFFSET
}
