import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../tests/setup/fresh.ts'
import { NATION } from '../../domain/area/rules.ts'
import { copyInto } from './copy.ts'
import { write } from './db.ts'
import { insertMany } from './insert.ts'
import { SYSTEM, writeAs } from './scope.ts'

const database = await freshDatabase('empty')

const text = 'บ้าน\tแม่ริม\\N "เหนือ"\r\n\\.', bytes = Buffer.from([0, 1, 9, 10, 13, 92, 255])

test('a text with tabs, quotes, backslashes and line ends arrives as it was, and bytes byte by byte', async () => {
  const kept = await write(database.app, async tx => {
    await copyInto(tx, 'core.area', ['code', 'level', 'type', 'name_th', 'name_en'], [['TH', 'nation', 'nation', text, '']])
    await copyInto(tx, 'core.boundary', ['area_code', 'level', 'topology', 'version'], [['TH', 'province', bytes, 'a']])
    return tx.selectFrom('core.boundary').innerJoin('core.area', 'code', 'area_code').select(['name_th as text', 'topology as bytes']).executeTakeFirstOrThrow()
  })
  expect(kept).toEqual({ text, bytes })
})

test('so does it in a table under a policy, with lists, gaps and the word NULL', async () => {
  const importId = randomUUID()
  const columns = { area_code: 'text', source_id: 'text', period: 'text', part: 'text', publication: 'text', cells: 'float8[]', import_id: 'uuid' }
  const kept = await writeAs(database.app, SYSTEM, async tx => {
    await sql`insert into core.source (id, definition) values ('s', '{}')`.execute(tx)
    expect(await insertMany(tx, 'fact.reading', columns, [['TH', 's', '2018', text, 'internal', '{1.5,NULL,-2e300}', importId], ['TH', 's', '2018', 'NULL', 'internal', '{}', importId]])).toBe(2)
    return tx.selectFrom('fact.reading').select(['part', 'cells', 'import_id']).where('area_code', '=', NATION).orderBy('cells').execute()
  })
  expect(kept).toEqual([{ part: 'NULL', cells: [], import_id: importId }, { part: text, cells: [1.5, null, -2e300], import_id: importId }])
})

test('when one row is refused, none of the rows is there and the connection can go on', async () => {
  const rows = [['x-1', 'x', 'ก', 'a'], ['x-1', 'x', 'ก', 'a']]
  await expect(write(database.app, tx => copyInto(tx, 'core.area_group', ['id', 'scheme', 'name_th', 'name_en'], rows))).rejects.toThrow(/duplicate key/)
  const { rows: [count] } = await sql<{ n: number }>`select count(*) as n from core.area_group`.execute(database.app)
  expect(count?.n).toBe(0)
})
