import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { printSchema } from '../../server/db/schema.ts'
import { listKeysWithoutPlace, listUnindexedKeys, listWrongCollations } from '../../tools/check/keys.ts'
import { freshDatabase } from '../setup/fresh.ts'

let owner: pg.Client

beforeAll(async () => {
  owner = new pg.Client({ connectionString: (await freshDatabase('empty')).url })
  await owner.connect()
})
afterAll(() => owner.end())

/** What a check finds in the migrated database when these tables stood in it too. */
async function findWith(tables: string, check: (db: pg.Client) => Promise<string[]>): Promise<string[]> {
  await owner.query('begin')
  try {
    await owner.query(tables)
    return await check(owner)
  } finally {
    await owner.query('rollback')
  }
}

test('db/schema.sql is what the migrations make; a table more would be seen', async () => {
  const committed = readFileSync(resolve(import.meta.dirname, '../../db/schema.sql'), 'utf8')
  expect(await printSchema(owner)).toBe(committed)
  const [grown] = await findWith('create table core.visit (id int primary key)', async db => [await printSchema(db)])
  expect(grown).not.toBe(committed)
})

test('every foreign key has an index, and one that has none is found', async () => {
  expect(await listUnindexedKeys(owner)).toEqual([])
  const bad = 'create table core.visit (id int primary key, source_id text references core.source (id)); create index on core.visit (id, source_id)'
  expect(await findWith(bad, listUnindexedKeys)).toEqual(['core.visit visit_source_id_fkey'])
  expect(await findWith(`${bad}; create index on core.visit (source_id, id)`, listUnindexedKeys)).toEqual([])
})

test('a table of places could be spread by place: its unique keys hold the area code', async () => {
  expect(await listKeysWithoutPlace(owner)).toEqual([])
  expect(await findWith('create table core.visit (id int primary key, area_code text collate "C")', listKeysWithoutPlace)).toEqual(['core.visit core.visit_pkey'])
})

test('a range of codes is a subtree: every column of area codes sorts by collation C', async () => {
  expect(await listWrongCollations(owner)).toEqual([])
  expect(await findWith('create table core.visit (area_code text primary key)', listWrongCollations)).toEqual(['core.visit.area_code'])
})
