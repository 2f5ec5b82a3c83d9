import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Lang } from '../../domain/base/text.ts'

const texts = (lang: Lang) => JSON.parse(readFileSync(resolve(import.meta.dirname, `../../web/messages/${lang}.json`), 'utf8')) as Record<string, string>
const TEXTS: Record<Lang, Record<string, string>> = { th: texts('th'), en: texts('en') }

/** A text of the site as a person reads it, so that a test follows when the wording is improved. */
export function word(key: string, lang: Lang = 'th', blanks: Record<string, string | number> = {}): string {
  const text = TEXTS[lang][key]
  if (text === undefined) throw new Error(`web/messages/${lang}.json has no “${key}”`)
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => name in blanks ? String(blanks[name]) : whole)
}
