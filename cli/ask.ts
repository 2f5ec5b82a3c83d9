import { Problem } from '../domain/base/problem.ts'
import type { Lang } from '../domain/base/text.ts'
import { makeApp } from '../server/app.ts'
import { withDatabase } from './database.ts'

/** Asks the API in-process: a command answers by the same code as the site. */
export function ask(path: string, lang: Lang): Promise<string> {
  return withDatabase(lang, async (database, environment) => {
    const app = await makeApp({ ...environment, rateLimit: { perMinute: 0, spareLoopback: true } }, database)
    const answer = await app.inject({ url: path, headers: { 'accept-language': lang } })
    await app.close()
    if (answer.statusCode === 200) return answer.body
    const { code, title, details } = answer.json<{ code: string; title: string; details: Record<string, unknown> }>()
    throw new Problem(code, { th: title, en: title }, details)
  })
}
