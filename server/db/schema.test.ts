import { readFileSync } from 'node:fs'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freshDatabase } from '../../tests/setup/fresh.ts'
import { printSchema } from './schema.ts'

let owner: pg.Client

beforeAll(async () => {
  owner = new pg.Client({ connectionString: (await freshDatabase('empty')).url })
  await owner.connect()
})
afterAll(() => owner.end())

test('db/schema.sql says what the migrations make; if not, run: node tools/dump-schema.ts', async () => {
  expect(await printSchema(owner)).toBe(readFileSync(new URL('../../db/schema.sql', import.meta.url), 'utf8'))
})

test('a table that somebody adds by hand, with its key, index and view, is seen', async () => {
  await owner.query('begin')
  await owner.query('create table core.well (id int primary key, depth_m numeric default 2); create index well_depth on core.well (depth_m); create view open.well as select id from core.well')
  const printed = await printSchema(owner)
  await owner.query('rollback')
  for (const part of ['create table core.well (\n  id integer not null,\n  depth_m numeric default 2\n);', 'PRIMARY KEY (id)', 'INDEX well_depth', 'create view open.well']) expect(printed).toContain(part)
})
