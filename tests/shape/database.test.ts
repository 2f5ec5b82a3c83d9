import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Readable } from 'node:stream'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { loadTables } from '../../server/backup/write.load.ts'
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

const PLACES = `insert into core.area (code, level, type, parent_code, name_th, name_en) values ('TH', 'nation', 'nation', null, 'ก', 'A'), ('TH99', 'province', 'changwat', 'TH', 'ข', 'B'), ('TH98', 'province', 'changwat', 'TH', 'ค', 'C')`
const RECORD = `insert into core.record (area_code, id, dataset_id, state, form_area, version, instance_id, versions, made_at, made_by, changed_at, changed_by, open, internal, personal, sensitive, faults)
  select unnest($1::text[]), gen_random_uuid(), 'd', 'received', 'TH', '1', 'i', 1, now(), gen_random_uuid(), now(), gen_random_uuid(), '{}', '{}', '{}', '{}', '[]'`

test('a record lies in a place that is there, and a place with records stays, also while somebody else is at it', async () => {
  const other = new pg.Client({ connectionString: (await freshDatabase('empty')).url }), { host, port, user, password, database } = other
  const owner = new pg.Client({ host, port, user, database, password: password as string })
  await Promise.all([owner.connect(), other.connect()])
  try {
    for (const one of [owner, other]) await one.query(`set rakkaeo.areas = 'TH'`)
    await owner.query(PLACES)
    await expect(owner.query(RECORD, [['TH99', 'TH97']])).rejects.toThrow('TH97')
    await owner.query('begin')
    await owner.query(RECORD, [['TH99', 'TH99']])
    const going = other.query(`delete from core.area where code = 'TH99'`).then(() => 'gone', (error: Error) => error.message)
    await owner.query('select pg_sleep(0.1)')
    await owner.query('commit')
    expect(await going).toBe('core.record has rows of this place: TH99')
    await expect(owner.query(`update core.record set area_code = 'TH97'`)).rejects.toThrow('TH97')
    await expect(other.query(`update core.area set code = 'TH96' where code = 'TH99'`)).rejects.toThrow('TH99')
    // whoever sees no record is told all the same, and sees no more than before
    await other.query(`set role rakkaeo_app; set rakkaeo.areas = ''`)
    await expect(other.query(`delete from core.area where code = 'TH99'`)).rejects.toThrow('TH99')
    expect((await other.query('select from core.record')).rowCount).toBe(0)
    await owner.query(`update core.record set area_code = 'TH98'`)
    expect((await other.query(`delete from core.area where code = 'TH99'`)).rowCount).toBe(1)
    expect((await other.query('select from core.record')).rowCount).toBe(0)
  } finally {
    await Promise.all([owner.end(), other.end()])
  }
})

test('a figure is of a place that is there, and a place with figures stays', async () => {
  const FIGURE = `insert into fact.figure (area_code, indicator_id, version, period, source_id, level, numerator, status, publication) select unnest($1::text[]), 'i', '1', '2015', 's', 'province', 1, 'published', 'public'`
  const refused = async (statement: string, values: unknown[] = []) => {
    await owner.query('savepoint asked')
    await expect(owner.query(statement, values)).rejects.toThrow(/TH9[79]/)
    await owner.query('rollback to savepoint asked')
  }
  await owner.query('begin')
  try {
    await owner.query(`set local rakkaeo.areas = 'TH'; ${PLACES}`)
    await refused(FIGURE, [['TH99', 'TH97']])
    await owner.query(FIGURE, [['TH99', 'TH98']])
    await refused(`update fact.figure set area_code = 'TH97' where area_code = 'TH99'`)
    await refused(`update core.area set code = 'TH96' where code = 'TH99'`)
    await owner.query(`set local role rakkaeo_app; set local rakkaeo.areas = ''`)
    await refused(`delete from core.area where code = 'TH99'`)
    await owner.query(`set local rakkaeo.areas = 'TH'; delete from fact.figure where area_code = 'TH99'`)
    expect((await owner.query(`delete from core.area where code = 'TH99'`)).rowCount).toBe(1)
  } finally {
    await owner.query('rollback')
  }
})

test('records and figures without their place are not loaded from a copy either', async () => {
  const columns = ['area_code', 'id', 'dataset_id', 'state', 'form_area', 'version', 'instance_id', 'versions', 'made_at', 'made_by', 'changed_at', 'changed_by', 'open', 'internal', 'personal', 'sensitive', 'faults']
  const [person, now] = ['7d4f7e0a-0000-7000-8000-000000000001', '2026-11-27'], ofFigure = ['area_code', 'indicator_id', 'version', 'period', 'source_id', 'level', 'numerator', 'status', 'publication']
  const load = async (name: string, columns: string[], cells: (string | number)[]) => {
    await owner.query('begin')
    try {
      await loadTables(owner, { sequences: [], tables: [{ name, columns, rows: 1 }] }, Readable.from([{ table: name, bytes: Buffer.from(`${cells.join('\t')}\n`) }]))
    } finally {
      await owner.query('rollback')
    }
  }
  await expect(load('core.record', columns, ['TH97', person, 'd', 'received', 'TH', '1', 'i', 1, now, person, now, person, '{}', '{}', '{}', '{}', '[]'])).rejects.toThrow('core.record: the place TH97 is not there')
  await expect(load('fact.figure', ofFigure, ['TH97', 'i', '1', '2015', 's', 'province', 1, 'published', 'public'])).rejects.toThrow('fact.figure: the place TH97 is not there')
})
