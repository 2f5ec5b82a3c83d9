import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { FOLLOWS } from '../../domain/change/rules.tables.ts'
import { freshDatabase } from '../setup/fresh.ts'
import { whenFileEnds } from '../setup/leave.ts'

let owner: pg.Client

beforeAll(async () => {
  owner = new pg.Client({ connectionString: (await freshDatabase('empty')).url })
  await owner.connect()
  whenFileEnds(() => owner.end())
})

/** Columns that hold codes of places: by their name, or by a foreign key to them. */
async function listColumns(): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(`
    select n.nspname || '.' || c.relname || '.' || a.attname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'meta') and c.relname !~ '^pg_' and (a.attname ~ '(^|_)areas?(_|$)' and a.atttypid in ('text'::regtype, 'text[]'::regtype) or a.attname in ('predecessor', 'successor')
      or exists (select from pg_constraint k where k.conrelid = c.oid and k.confrelid = 'core.area'::regclass and k.contype = 'f' and a.attnum = any(k.conkey)) or c.oid = 'core.area'::regclass and a.attname = 'code') order by 1`)
  return rows.map(({ name }) => name)
}

test('of every column with codes of places it is said what becomes of it when a place changes, and of no other', async () => {
  expect(await listColumns()).toEqual(Object.keys(FOLLOWS).sort())
  await owner.query('create table core.forgotten (area_code text collate "C")')
  expect((await listColumns()).filter(name => !(name in FOLLOWS))).toEqual(['core.forgotten.area_code'])
})

test('the columns that find a row again are its key, apart from its place', async () => {
  for (const [name, follows] of Object.entries(FOLLOWS)) {
    if (!('key' in follows)) continue
    const [schema, table] = name.split('.')
    const { rows } = await owner.query<{ key: string[] }>(`select array_agg(a.attname::text order by a.attname) as key from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey) and a.attname <> 'area_code'
      where k.conrelid = $1::regclass and k.contype in ('p', 'u') group by k.oid`, [`${schema}."${table}"`])
    expect(rows.some(({ key }) => key.every(column => follows.key.includes(column))), name).toBe(true)
  }
})
