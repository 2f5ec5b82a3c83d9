import type { Rehearsal, RehearsedStep } from '../domain/backup/backup.rehearsal.ts'
import type { Lang, Text } from '../domain/base/text.ts'
import { readEnvironment } from '../server/base/environment.ts'
import { rehearse } from '../server/backup/write.rehearsal.ts'
import { withDatabase } from './database.ts'
import { withPlace } from './place.ts'
import { say } from './texts.ts'

export async function migrate({ rehearse: only, json }: { rehearse?: boolean; json?: boolean }, lang: Lang): Promise<void> {
  if (!only) return withDatabase(lang, async () => console.log(json ? JSON.stringify({ upToDate: true }) : say.upToDate[lang]))
  const rehearsal = await withPlace(readEnvironment(process.env), ({ admin, keys }) => rehearse(admin, keys))
  console.log(json ? JSON.stringify(rehearsal) : textOf(rehearsal, lang))
}

/** What each step would do, in lines. */
export function textOf({ copy, steps }: Rehearsal, lang: Lang): string {
  if (steps.length === 0) return say.upToDate[lang]
  const count = (value: number) => value.toLocaleString(lang)
  return [
    ...steps.flatMap(step => [`${step.name}  ${count(step.ms)} ms`, ...linesOf(step, lang, count)]),
    WORDS.over[lang].replace('{rows}', count(copy.rows)).replace('{copy}', count(copy.ms)).replace('{ms}', count(steps.reduce((sum, { ms }) => sum + ms, 0))),
  ].join('\n')
}

function linesOf({ added, removed, changed, rows }: RehearsedStep, lang: Lang, count: (value: number) => string): string[] {
  const things = [['+', added], ['-', removed], ['~', changed]] as const
  return [
    ...things.flatMap(([mark, names]) => names.map(name => `  ${mark} ${name}`)),
    ...rows.map(({ table, inserted, updated, deleted }) => `  ${table}: ${([['inserted', inserted], ['updated', updated], ['deleted', deleted]] as const).filter(([, many]) => many > 0).map(([what, many]) => `${WORDS[what][lang]} ${count(many)}`).join(', ')}`),
  ]
}

const WORDS = {
  inserted: { th: 'เพิ่มแถว', en: 'rows added' }, updated: { th: 'แก้แถว', en: 'rows changed' }, deleted: { th: 'ลบแถว', en: 'rows removed' },
  over: { th: 'ซ้อมกับสำเนา {rows} แถว (ทำสำเนา {copy} ms) ขั้นทั้งหมดใช้ {ms} ms ลบสำเนาแล้ว ฐานข้อมูลจริงไม่เปลี่ยน', en: 'Rehearsed on a copy of {rows} rows (made in {copy} ms). All steps took {ms} ms. The copy is gone, and the database is as it was.' },
} as const satisfies Record<string, Text>
