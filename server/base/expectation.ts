import { z } from 'zod'
import type { Text } from '../../domain/base/text.ts'

const inThai = z.locales.th().localeError
const inEnglish = z.locales.en().localeError

/** What a value had to be, as zod says it in each language. */
export function expectationOf(issue: z.core.$ZodIssue): Text {
  const raw = issue as z.core.$ZodRawIssue
  return { th: sentence(inThai(raw), issue), en: sentence(inEnglish(raw), issue) }
}

function sentence(said: string | { message: string } | undefined | null, issue: z.core.$ZodIssue): string {
  return (typeof said === 'string' ? said : said?.message) ?? issue.message
}
