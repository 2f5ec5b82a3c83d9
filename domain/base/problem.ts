import type { Lang, Text } from './text.ts'

/** Something went wrong that a person can understand. Thrown inside, mapped to HTTP only in server/http. */
export class Problem<Code extends string = string> extends Error {
  readonly code: Code
  readonly say: Text
  readonly details: Record<string, unknown>
  constructor(code: Code, say: Text, details: Record<string, unknown>) {
    super(say.en)
    this.name = 'Problem'
    this.code = code
    this.say = say
    this.details = details
  }
  in(lang: Lang): string {
    return this.say[lang]
  }
}

/** One line per problem: its code, its details, its sentence in both languages (what is wrong, and what to do). */
export function problem<D extends Record<string, unknown>, C extends string>(
  code: C, say: { [L in Lang]: (details: D) => string },
) {
  return (details: D) => new Problem(code, { th: say.th(details), en: say.en(details) }, details)
}
