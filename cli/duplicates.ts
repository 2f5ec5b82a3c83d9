import { setTimeout as wait } from 'node:timers/promises'
import { sql } from 'kysely'
import { AreaCode } from '../domain/base/ids.ts'
import type { Lang, Text } from '../domain/base/text.ts'
import { accessProblems } from '../domain/access/problems.ts'
import { areaProblems } from '../domain/area/problems.ts'
import type { Db } from '../server/db/db.ts'
import { narrow } from '../server/db/place.ts'
import { readAs, SYSTEM, writeAs } from '../server/db/scope.ts'
import { askSearch, searchOn } from '../server/duplicate/write.search.ts'
import { actorOf } from './actor.ts'
import { withDatabase } from './database.ts'
import { makeProgress } from './progress.ts'

const LOOKING: Text = { th: 'กำลังหารายการที่ซ้ำกัน', en: 'Looking for duplicates' }
const PAUSE_MS = 200

/** Looks through a whole place for duplicates, as the button of the site does, with the server up or down. */
export async function findDuplicates({ area, as }: { area: string; as?: string }, lang: Lang): Promise<void> {
  const code = AreaCode.safeParse(area)
  if (!code.success) throw areaProblems.notFound({ code: area })
  const { records, found, crowded } = await withDatabase(lang, async ({ app }) => {
    const { scope, areas, by } = await actorOf(app, as, 'review-records')
    if (narrow(areas, code.data)[0] !== code.data) throw accessProblems.notThere({})
    return follow(app, await writeAs(app, scope, tx => askSearch(tx, code.data, { id: by.person, name: by.name })), lang)
  })
  const count = (value: number) => value.toLocaleString(lang)
  console.log(lang === 'th' ? `ดู ${count(records)} รายการ พบ ${count(found)} คู่ที่อาจซ้ำกัน ดูที่ /duplicates` : `Looked at ${count(records)} records and found ${count(found)} pairs that could be the same: see /duplicates`)
  if (crowded > 0) console.log(lang === 'th' ? `มี ${count(crowded)} กลุ่มที่ชื่อเหมือนกันมากเกินไป จึงเทียบเฉพาะชื่อที่เรียงติดกัน` : `In ${count(crowded)} groups too many records are alike: only neighbours by name were compared there.`)
}

type Far = { total: number; done: number; records: number; found: number; crowded: number; ended: boolean }

/** Does the work here; where a server has it in hand, waits for it. */
async function follow(app: Db, id: string, lang: Lang): Promise<Far> {
  const progress = makeProgress(lang)
  for (;;) {
    const far = await readAs(app, SYSTEM, async tx => (await sql<Far>`select total, done, records, found, crowded, ended_at is not null as ended from core.duplicate_search where area_code >= 'TH' and id = ${id}::uuid`.execute(tx)).rows[0] as Far)
    progress.count(LOOKING, far.done, far.total)
    if (far.ended) return far
    if (!await searchOn(app, message => console.error(message))) await wait(PAUSE_MS)
  }
}
