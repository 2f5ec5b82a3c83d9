import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { freshDatabase } from '../../tests/setup/fresh.ts'
import { PLANNED } from './planned.ts'
import { makeDb } from './pool.ts'

test('a question that says so is planned once for a connection, and anew after a migration has changed what it reads', async () => {
  const { url } = await freshDatabase('empty'), db = makeDb({ connectionString: url }, { name: 'a test', max: 1 })
  await sql`create table house (number int); insert into house values (1), (2)`.execute(db)
  const find = (number: number) => sql`select ${PLANNED} * from house where number = ${number}`.execute(db).then(({ rows }) => rows)
  const plans = async () => (await sql<{ count: number }>`select count(*) from pg_prepared_statements`.execute(db)).rows[0]?.count
  expect([await find(1), await find(2), await find(3), await plans()]).toEqual([[{ number: 1 }], [{ number: 2 }], [], 1])
  await sql`select * from house where number = ${1}`.execute(db)
  expect(await plans()).toBe(1)
  await sql`alter table house add column moo int`.execute(db)
  await expect(find(1)).rejects.toMatchObject({ code: '0A000' })
  expect([await find(1), await plans()]).toEqual([[{ number: 1, moo: null }], 1])
  await db.destroy()
})
