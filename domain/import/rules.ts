import { SourceId } from '../base/ids.ts'
import { BUDDHIST_ERA_OFFSET } from '../base/era.ts'
import { Period } from '../base/period.ts'

/** Column names without what publishers vary: dots, underscores, spaces, case. @example plainName('HOUSEMEMBER_CNT') // => 'housemember.cnt' */
export function plainName(name: string): string {
  return name.trim().toLowerCase().replace(/[\s._-]+/g, '.')
}

const CENTURY = 2500, FIRST_TWO_DIGIT_YEAR = 40, FIRST_BUDDHIST_YEAR = 2443, FIRST_COMMON_YEAR = 1900, LAST_COMMON_YEAR = 2099

/** The period of a year as people write it: `61`, `2561` and `2018` are one year. Null when it is none. */
export function periodOf(year: string): Period | null {
  if (!/^(\d{2}|\d{4})$/.test(year)) return null
  const written = Number(year)
  const commonEra = year.length === 2 ? written + CENTURY - BUDDHIST_ERA_OFFSET : written >= FIRST_BUDDHIST_YEAR ? written - BUDDHIST_ERA_OFFSET : written
  return commonEra >= FIRST_COMMON_YEAR && commonEra <= LAST_COMMON_YEAR ? Period.parse(String(commonEra)) : null
}

/** The year in a file's name: `61_province_common.csv`, `tpmap_2561_amphur_poor.csv`. Bits of a filter (`_11111`) are no year. */
export function periodInName(fileName: string): Period | null {
  const numbers = fileName.split(/\D+/)
  const full = numbers.find(number => /^25\d{2}$/.test(number)) ?? numbers.find(number => /^20\d{2}$/.test(number))
  const short = numbers.find(number => number.length === 2 && Number(number) >= FIRST_TWO_DIGIT_YEAR)
  const year = full ?? short
  return year === undefined ? null : periodOf(year)
}

/** The five bits of a filtered file of the poor (health, living, education, income, access); `11111` is everyone who is poor. */
export function filterInName(fileName: string): string | null {
  return /(?:^|[^0-9])([01]{5})(?:[^0-9]|$)/.exec(fileName)?.[1] ?? null
}
export const UNFILTERED = '11111'

/** @example tpmapSource(Period.parse('2018')) // => 'tpmap-2561' */
export function tpmapSource(period: Period): SourceId {
  return SourceId.parse(`tpmap-${Number(period) + BUDDHIST_ERA_OFFSET}`)
}

/** The BMN set of 2560 was asked up to the survey of B.E. 2564, which TPMAP published as 2565; from 2566 on the numbers mean other things. */
export const LAST_PERIOD_OF_BMN2560 = Period.parse('2022')
