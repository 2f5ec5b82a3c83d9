import { sql, type RawBuilder } from 'kysely'
import { NATION } from '../../domain/area/rules.ts'
import type { Text } from '../../domain/base/text.ts'
import { FOLLOWS } from '../../domain/change/rules.tables.ts'
import { nounOf } from '../../domain/change/rules.warn.ts'
import type { Reader } from '../db/db.ts'
import { within } from '../db/place.ts'
import { columnOf, columnsThat, keyOf, type Act } from './read.columns.ts'

/** What stands against taking an act back: whatever came to its places afterwards, and what went from them. */
export async function listHindrances(tx: Reader, act: Act): Promise<Text[]> {
  const found: Text[] = []
  // what is known of how many rows lie where is older than the act: by it any index would seem as good as a key
  await sql`set local enable_nestloop = off`.execute(tx)
  const tell = async (say: (count: number) => Text, question: RawBuilder<{ count: number }>) => {
    const { rows: [row] } = await question.execute(tx)
    if (row && row.count > 0) found.push(say(row.count))
  }
  const ours = sql`j.area_code = ${act.area} and j.act_id = ${act.id}`, begun = sql`select j.becomes from core.area_act_row j where ${ours} and j.place = 'core.area.code' and j.was is null`
  await tell(count => ({ th: `มีการเปลี่ยนแปลงเขตหลังจากนั้น ${count} รายการ ต้องย้อนรายการหลังก่อน`, en: `later changes of these places stand (${count}): take those back first` }),
    sql`select count(*)::int as count from core.area_change c where (${within('c.predecessor', [...act.olds, ...act.news])} or ${within('c.successor', [...act.olds, ...act.news])})
      and c.made_at > (select max(o.made_at) from core.area_change o join core.area_act_row j on (j.key ->> 'id')::bigint = o.id where ${ours} and j.place = 'core.area_change.area_code')`)
  await tell(() => ({ th: 'เส้นเขตของจังหวัดเปลี่ยนไปหลังจากนั้น ต้องย้อนการเปลี่ยนแปลงหลังก่อน', en: 'the outlines of the province changed since: take the later change back first' }),
    sql`select count(*)::int as count from core.area_act_row j where ${ours} and j.place = 'core.boundary.area_code' and not exists (select from core.boundary b where b.area_code = j.was and b.level = j.key ->> 'level' and b.version = j.key ->> 'version')`)
  // what came with a table is gone once that was taken back
  await tell(count => ({ th: `รายการ ${count} รายการย้ายไปที่อื่นแล้ว`, en: `records that are elsewhere by now: ${count}` }),
    sql`with missed as materialized (
        select (j.key ->> 'id')::uuid as id from core.area_act_row j where ${ours} and j.place = 'core.record.area_code' and not exists (select from core.record r where ${within('r.area_code', act.news)} and r.area_code = j.becomes and r.id = (j.key ->> 'id')::uuid))
      select count(*)::int as count from missed m where exists (select from core.record r where ${within('r.area_code', [NATION])} and r.id = m.id)`)
  await tell(count => ({ th: `เป้าหมาย ${count} รายการตั้งใหม่หลังจากนั้น`, en: `targets that were set since: ${count}` }),
    sql`select count(*)::int as count from core.target t where ${within('t.area_code', [...act.olds, ...act.news])} and t.set_at > (select done_at from core.area_act a where a.area_code = ${act.area} and a.id = ${act.id})`)
  for (const name of [...columnsThat('place', 'each', 'shared', 'carried', 'stays'), 'core.record.area_code', 'raw.submission.area_code', 'core.area.parent_code']) {
    if (name.endsWith('.areas') || name.startsWith('audit.')) continue
    await tell(count => sayCame(name, count), countCame(act, name, begun))
  }
  await sql`set local enable_nestloop = on`.execute(tx)
  return found
}

function sayCame(name: string, count: number): Text {
  const noun = NOUNS[name] ?? (FOLLOWS[name] ? nounOf(name) : { th: name, en: name })
  return { th: `มี${noun.th}เพิ่มในพื้นที่ใหม่ ${count} รายการ`, en: `${noun.en} that came to the new places: ${count}` }
}

const NOUNS: Record<string, Text> = {
  'access.grant.area_code': { th: 'สิทธิ', en: 'roles' }, 'fact.figure.area_code': { th: 'ตัวเลข', en: 'figures' }, 'fact.reading.area_code': { th: 'ค่าที่อ่านได้', en: 'readings' },
  'raw.file.area_code': { th: 'ไฟล์', en: 'files' }, 'raw.import.area_code': { th: 'การนำเข้า', en: 'imports' }, 'raw.import_file.area_code': { th: 'ไฟล์ที่นำเข้า', en: 'imported files' }, 'raw.import_undo.area_code': { th: 'การย้อนนำเข้า', en: 'imports taken back' },
  'core.area.parent_code': { th: 'พื้นที่', en: 'areas' }, 'raw.erasure.area_code': { th: 'การลบข้อมูล', en: 'erasures' },
}

/** Rows at codes that the act began and that it did not bring there. Figures of datasets are counted; a submission to a record that it brought goes back with it, and so does what is left of tables. */
function countCame(act: Act, name: string, begun: RawBuilder<unknown>): RawBuilder<{ count: number }> {
  const { table, column, keys } = columnOf(name), here = sql.ref(`t.${column}`), isArea = name === 'core.area.parent_code'
  const ours = sql`j.area_code = ${act.area} and j.act_id = ${act.id}`
  // lists that are hashed once: there are as many lines as rows
  const isOurs = isArea ? sql`t.code in (select j.becomes from core.area_act_row j where ${ours} and j.place = 'core.area.code' and j.becomes is not null)`
    : keys.length === 0 ? sql`false` : sql`(${here}, ${keyOf(keys, 't')}) in (select j.becomes, j.key from core.area_act_row j where ${ours} and j.place = ${name} and j.becomes is not null)`
  const follows = name === 'core.table_mapping.area_code' ? sql`true` : name.startsWith('raw.table_import.') ? sql`t.state <> 'imported'` : name === 'fact.figure.area_code' ? sql`t.source_id like 'dataset-%'`
    : name === 'raw.submission.area_code' ? sql`exists (select from raw.act a where a.instance_id = t.instance_id and a.dataset_id = t.dataset_id
      and a.record_id in (select (j.key ->> 'id')::uuid from core.area_act_row j where ${ours} and j.place = 'core.record.area_code'))` : sql`false`
  return sql<{ count: number }>`select count(*)::int as count from ${table} t where ${within(isArea ? 't.code' : 't.area_code', [...act.olds, ...act.news])} and ${here} in (${begun}) and not ${isOurs} and not ${follows}`
}
