import type { Lang } from '../../domain/base/text.ts'

/**
 * In the browser this stands for Paraglide's runtime, which asks a pattern of addresses at each word, and brings a substitute for browsers
 * that have none: what our pages use of it, by the one rule that there is. The server keeps Paraglide's own.
 */
export const experimentalStaticLocale = undefined

const ENGLISH = /^\/en(?=\/|$)/

/** The language of the page that is open. */
export const getLocale = (): Lang => ENGLISH.test(location.pathname) ? 'en' : 'th'

/** @example deLocalizeUrl('https://house/en/place/TH50').pathname // => '/place/TH50' */
export function deLocalizeUrl(address: string | URL): URL {
  const url = new URL(address)
  url.pathname = url.pathname.replace(ENGLISH, '') || '/'
  return url
}
