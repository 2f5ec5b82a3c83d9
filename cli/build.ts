import type { Lang } from '../domain/base/text.ts'
import { makeProgress } from './progress.ts'
import { buildSite } from './site.ts'
import { say } from './texts.ts'

export async function build(lang: Lang): Promise<void> {
  await buildSite(() => makeProgress(lang).step(say.buildingSite))
  console.log(say.built[lang])
}
