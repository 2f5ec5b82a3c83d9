import type { Lang } from '../domain/base/text.ts'
import { withDatabase } from './database.ts'
import { say } from './texts.ts'

export async function migrate(lang: Lang): Promise<void> {
  await withDatabase(lang, async () => console.log(say.upToDate[lang]))
}
