import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../tests/setup/fresh.ts'
import { copyInto } from './copy.ts'
import { write } from './db.ts'

const database = await freshDatabase('empty')

test('a file whose name has tabs, quotes, backslashes and line ends arrives as it was, byte by byte', async () => {
  const file = { name: 'บ้าน\tแม่ริม\\N "เหนือ"\r\n\\.', bytes: Buffer.from([0, 1, 9, 10, 13, 92, 255]) }
  const kept = await write(database.app, async tx => {
    await copyInto(tx, 'raw.file', ['id', 'name', 'sha256', 'bytes', 'received_by'], [[randomUUID(), file.name, '', file.bytes, 'test']])
    return tx.selectFrom('raw.file').select(['name', 'bytes']).executeTakeFirstOrThrow()
  })
  expect(kept).toEqual(file)
})

test('when one row is refused, none of the rows is there and the connection can go on', async () => {
  const rows = [['x-1', 'x', 'ก', 'a'], ['x-1', 'x', 'ก', 'a']]
  await expect(write(database.app, tx => copyInto(tx, 'core.area_group', ['id', 'scheme', 'name_th', 'name_en'], rows))).rejects.toThrow(/duplicate key/)
  const { rows: [count] } = await sql<{ n: number }>`select count(*) as n from core.area_group`.execute(database.app)
  expect(count?.n).toBe(0)
})
