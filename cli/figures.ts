import type { Lang, Text } from '../domain/base/text.ts'
import { OPERATOR, streamAs, writeAs } from '../server/db/scope.ts'
import { checkFigures, type Checked } from '../server/publication/read.check.ts'
import { rebuildFigures } from '../server/publication/write.rebuild.ts'
import { withDatabase } from './database.ts'

const DIFFERENCES_SHOWN = 100

/** Exit code 0 when every count and figure of the datasets is what the acts come to. */
export async function checkAll({ json }: { json?: boolean }, lang: Lang): Promise<void> {
  const checked = await withDatabase(lang, ({ app }) => streamAs(app, OPERATOR, checkFigures))
  console.log(json ? JSON.stringify(checked) : report(checked, lang))
  process.exitCode = checked.different > 0 ? 1 : 0
}

/** Makes counts and figures of the datasets anew from the acts. */
export async function rebuildAll(lang: Lang): Promise<void> {
  await withDatabase(lang, ({ app }) => writeAs(app, OPERATOR, rebuildFigures))
  console.log(WORDS.rebuilt[lang])
}

/** What differs, and last how much is equal. */
export function report({ equal, different, differences }: Checked, lang: Lang): string {
  const told = differences.slice(0, DIFFERENCES_SHOWN).map(({ cell, kept, should }) => `${cell}: ${WORDS.kept[lang]} ${kept ?? '–'}, ${WORDS.should[lang]} ${should ?? '–'}`)
  const more = different > DIFFERENCES_SHOWN ? [`${WORDS.more[lang]} ${different - DIFFERENCES_SHOWN}`] : []
  return [...told, ...more, ...different > 0 ? [WORDS.repair[lang]] : [], `equal=${equal} different=${different}`].join('\n')
}

const WORDS = {
  kept: { th: 'เก็บไว้', en: 'kept' },
  should: { th: 'ควรเป็น', en: 'should be' },
  more: { th: '… และที่เหลืออีก', en: '… and more:' },
  repair: { th: 'ทำใหม่จากการกระทำที่บันทึกไว้ด้วย: rakkaeo figures rebuild', en: 'Make them anew from the acts with: rakkaeo figures rebuild' },
  rebuilt: { th: 'ทำจำนวนและตัวเลขของชุดข้อมูลใหม่จากการกระทำทั้งหมดแล้ว', en: 'The counts and figures of the datasets were made anew from all acts.' },
} as const satisfies Record<string, Text>
