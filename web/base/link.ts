import { getLocale } from '../paraglide/runtime.js'
import type { Lang } from '../../domain/base/text.ts'

/** The language of the page that is being written. */
export function lang(): Lang {
  return getLocale() as Lang
}

/** The address of one of our pages in a language: Thai at the root, English below `/en`. What has no value is left out. */
export function link(path: string, query: Record<string, string | number | null | undefined> = {}, inLang: Lang = lang()): string {
  const kept = Object.entries(query).filter(([, value]) => value !== null && value !== undefined && value !== '')
  const search = kept.length > 0 ? `?${new URLSearchParams(kept.map(([key, value]) => [key, String(value)]))}` : ''
  const prefix = inLang === 'en' ? (path === '/' ? '/en' : `/en${path}`) : path
  return prefix + search
}

/** What was given in Thai alone is marked as Thai on an English page, so that it is read out as what it is. */
export function tongueOf(text: string): 'th' | undefined {
  return lang() === 'en' && /[\u0E00-\u0E7F]/.test(text) ? 'th' : undefined
}
