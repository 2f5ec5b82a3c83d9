import { buddhistYear } from '../../domain/base/era.ts'
import type { Lang } from '../../domain/base/text.ts'

const LOCALE: Record<Lang, string> = { th: 'th-TH', en: 'en-GB' }
const MILLION = 1e6

/** A formatter costs more to make than to use, and a page uses few kinds of them hundreds of times. */
const kept = new Map<string, { format(value: number): string }>()
function once(key: string, make: () => { format(value: number): string }): { format(value: number): string } {
  const made = kept.get(key) ?? make()
  kept.set(key, made)
  return made
}

/** Grouped, with as many decimals as are known. @example formatNumber(36647817, 'th') // => '36,647,817' */
export function formatNumber(value: number, lang: Lang, decimals = 0): string {
  return once(`${lang} ${decimals}`, () => new Intl.NumberFormat(LOCALE[lang], { minimumFractionDigits: decimals, maximumFractionDigits: decimals })).format(value)
}

/** Long numbers in words from a million on. @example formatRounded(36647817, 'th') // => '36.6 ล้าน' */
export function formatRounded(value: number, lang: Lang): string {
  if (Math.abs(value) < MILLION) return formatNumber(Math.round(value), lang)
  return once(`${lang} long`, () => new Intl.NumberFormat(LOCALE[lang], { notation: 'compact', compactDisplay: 'long', minimumFractionDigits: 1, maximumFractionDigits: 1 })).format(value)
}

/** A number and its unit as people write them: after a Thai word (ล้าน) the unit follows without a space. @example joinUnit('36.6 ล้าน', 'คน') // => '36.6 ล้านคน' */
export function joinUnit(number: string, unit: string): string {
  return /[\u0E00-\u0E7F]$/.test(number) ? number + unit : `${number} ${unit}`
}

/** A ratio as percent: one decimal, two below one percent, and never a false zero. @example formatPercent(0.0063, 'en') // => '0.63%' */
export function formatPercent(ratio: number, lang: Lang): string {
  if (ratio > 0 && ratio < 0.00005) return `< ${formatPercent(0.0001, lang)}`
  const decimals = ratio > 0 && ratio < 0.00995 ? 2 : 1
  return `${formatNumber(ratio * 100, lang, ratio === 0 ? 0 : decimals)}%`
}

/** A common-era year as the reader's calendar has it. @example formatYear('2018', 'th') // => '2561' */
export function formatYear(year: string | number, lang: Lang): string {
  return String(lang === 'th' ? buddhistYear(Number(year)) : year)
}

/** Both eras, the reader's first. @example formatBothEras('2018', 'th') // => 'พ.ศ. 2561 (ค.ศ. 2018)' */
export function formatBothEras(year: string | number, lang: Lang): string {
  const be = buddhistYear(Number(year))
  return lang === 'th' ? `พ.ศ. ${be} (ค.ศ. ${year})` : `${year} (B.E. ${be})`
}

/** A day in words. @example formatDay('2018-03-01', 'en') // => '1 March 2018' */
export function formatDay(day: string, lang: Lang): string {
  const make = () => new Intl.DateTimeFormat(lang === 'th' ? 'th-TH-u-ca-buddhist' : 'en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  return once(`${lang} day`, make).format(Date.parse(`${day}T00:00:00Z`))
}

/** A moment in words, in the time of Thailand. @example formatMoment('2026-03-01T05:04:00Z', 'en') // => '1 Mar 2026, 12:04' */
export function formatMoment(moment: string, lang: Lang): string {
  return new Intl.DateTimeFormat(lang === 'th' ? 'th-TH-u-ca-buddhist' : 'en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'Asia/Bangkok' })
    .format(new Date(moment))
}

/** Names in the order of the reader's dictionary. */
export function compareNames(a: string, b: string, lang: Lang): number {
  return (lang === 'th' ? THAI : ENGLISH).compare(a, b)
}
const THAI = new Intl.Collator('th')
const ENGLISH = new Intl.Collator('en')
