import { lang } from '../base/link.ts'

/** A name that was given in Thai alone is marked as Thai on an English page, so that it is read out as what it is. */
export function tongueOf(name: string): 'th' | undefined {
  return lang() === 'en' && /[\u0E00-\u0E7F]/.test(name) ? 'th' : undefined
}
