import pg from 'pg'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { AreaCode } from '../../domain/base/ids.ts'
import { findKeys, type Keys } from '../../server/base/keys.ts'
import { makeRoles } from '../../server/db/roles.ts'
import { inPlaces, readAs, STRANGER, SYSTEM, writeAs } from '../../server/db/scope.ts'
import { listLooseRoles, listOpenPolicies, listReach, listTablesWithoutNet } from '../../tools/check/net.ts'
import { freshDatabase, type Fresh } from '../setup/fresh.ts'
import { guarded } from '../setup/places.heard.ts'

let owner: pg.Client, database: Fresh
const place = (...codes: string[]) => ({ ...STRANGER, areas: codes.map(code => AreaCode.parse(code)) })

beforeAll(async () => {
  database = await freshDatabase('empty')
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
})
afterAll(() => owner.end())

async function findWith(tables: string, check: (db: pg.Client) => Promise<string[]>): Promise<string[]> {
  await owner.query('begin')
  try {
    await owner.query(tables)
    return await check(owner)
  } finally {
    await owner.query('rollback')
  }
}

test('every table of places stands under a forced policy, and one that does not is found', async () => {
  expect(await listTablesWithoutNet(owner)).toEqual([])
  const well = 'create schema well; create table well.visit (area_code text collate "C", id int)'
  expect(await findWith(well, listTablesWithoutNet)).toEqual(['well.visit'])
  expect(await findWith(`${well}; alter table well.visit enable row level security; create policy p on well.visit using (current_setting('rakkaeo.areas') = area_code)`, listTablesWithoutNet)).toEqual(['well.visit'])
  expect(await findWith(`${well}; alter table well.visit enable row level security, force row level security; create policy p on well.visit using (true)`, listTablesWithoutNet)).toEqual(['well.visit'])
  expect(await findWith(`${well}; call meta.keep_in_place('well.visit')`, listTablesWithoutNet)).toEqual([])
})

test('the check of queries knows every one of these tables', async () => {
  const { rows } = await owner.query(`select n.nspname || '.' || t.relname as name from pg_class t join pg_namespace n on n.oid = t.relnamespace
    join pg_attribute a on a.attrelid = t.oid and a.attname = 'area_code' where t.relkind in ('r', 'p') and t.relrowsecurity order by 1`)
  expect(guarded).toEqual(rows.map(row => row.name).sort())
  expect(guarded.length).toBeGreaterThan(7)
})

test('no policy lets anything through that the scope does not name', async () => {
  expect(await listOpenPolicies(owner)).toEqual([])
  expect(await findWith('create policy hole on fact.figure using (true)', listOpenPolicies)).toEqual(['fact.figure hole'])
  expect(await findWith('create policy hole on fact.figure for insert with check (true)', listOpenPolicies)).toEqual(['fact.figure hole'])
})

test('roles that serve requests own nothing, step over no policy, become nobody else and make nothing', async () => {
  // a copy of a database does not take over who may do what in it
  await makeRoles(owner, findKeys(inject('cluster').keysFile) as Keys)
  expect(await listLooseRoles(owner)).toEqual([])
  expect(await findWith('alter role rakkaeo_app bypassrls', listLooseRoles)).toEqual(['rakkaeo_app may more than its work'])
  expect(await findWith('grant rakkaeo_owner to rakkaeo_app', listLooseRoles)).toContain('rakkaeo_app is a member of rakkaeo_owner')
  for (const pool of [database.app, database.public]) {
    for (const statement of ['set role rakkaeo_owner', 'set session authorization rakkaeo_owner', 'create table public.x (a int)', 'alter table fact.figure disable row level security', 'drop policy in_place on fact.figure']) {
      await expect(sql.raw(statement).execute(pool), statement).rejects.toThrow(/permission denied|must be owner/)
    }
  }
})

test('the public role reaches the schema open and nothing else, and only to read', async () => {
  expect(await listReach(owner, 'rakkaeo_public', ['open'])).toEqual([])
  expect(await findWith('grant usage on schema fact to rakkaeo_public; grant select on fact.figure to rakkaeo_public', db => listReach(db, 'rakkaeo_public', ['open']))).toEqual(['fact.figure'])
  const { rows } = await owner.query(`select distinct privilege_type as may from information_schema.role_table_grants where grantee = 'rakkaeo_public'`)
  expect(rows).toEqual([{ may: 'SELECT' }])
})

test('a scope shows its places and no more: unset, empty, one, several, the nation', async () => {
  const codes = ['TH', 'TH50', 'TH5001', 'TH500101', 'TH5002', 'TH58', 'TH580101']
  await owner.query(`insert into core.area (code, level, type, parent_code, name_th, name_en) select code, 'tambon', 'tambon', nullif('TH', code), '', '' from unnest($1::text[]) code on conflict do nothing`, [codes])
  await owner.query('begin')
  await owner.query(`set local rakkaeo.areas = 'TH'`)
  await owner.query(`insert into fact.figure select code, 'a', '1', '2018', 's', 'tambon', 1, null, 'published', 'internal', null from unnest($1::text[]) code`, [codes])
  await owner.query('commit')
  const seen = (...areas: string[]) => readAs(database.app, place(...areas), tx => sql<{ code: string }>`select area_code as code from fact.figure order by 1`.execute(tx)).then(({ rows }) => rows.map(row => row.code))
  expect(await seen()).toEqual([])
  expect((await sql`select from fact.figure`.execute(database.app)).rows).toEqual([])
  expect((await owner.query(`set role rakkaeo_owner; select from fact.figure; reset role`) as unknown as pg.QueryResult[])[1]?.rows).toEqual([])
  expect(await seen('TH50')).toEqual(['TH50', 'TH5001', 'TH500101', 'TH5002'])
  expect(await seen('TH5001', 'TH580101')).toEqual(['TH5001', 'TH500101', 'TH580101'])
  expect(await seen('TH')).toEqual(codes)
  expect(await seen('TH', 'TH50')).toEqual(codes)
})

test('a scope is parsed: what is no area code or no person cannot become a setting', async () => {
  for (const area of ["TH'; set role rakkaeo_owner; --", '', 'T', 'TH5', 'th50', 'TH50,TH', '%']) {
    await expect(readAs(database.app, { ...STRANGER, areas: [area as AreaCode] }, async () => {}), area).rejects.toThrow(/area code/)
  }
  await expect(readAs(database.app, { ...STRANGER, person: "'; drop table x" as never }, async () => {})).rejects.toThrow(/UUID/)
})

test('a scope ends with its transaction, also where the work fails, and the next one on that connection sees nothing', async () => {
  await writeAs(database.app, SYSTEM, async () => { throw new Error('stop') }).catch(() => {})
  const left = await sql<{ areas: string | null }>`select nullif(current_setting('rakkaeo.areas', true), '') as areas`.execute(database.app)
  expect(left.rows).toEqual([{ areas: null }])
})

test('reading cannot write; writing cannot put a row in a foreign place, nor move one there', async () => {
  await expect(readAs(database.app, SYSTEM, tx => sql`delete from fact.figure`.execute(tx))).rejects.toThrow(/read-only/)
  await expect(writeAs(database.app, place('TH50'), tx => sql`update fact.figure set area_code = 'TH58' where area_code = 'TH5001'`.execute(tx))).rejects.toThrow(/row-level security/)
  await expect(writeAs(database.app, place('TH50'), tx => sql`insert into fact.figure values ('TH58', 'b', '1', '2018', 's', 'tambon', 1, null, 'published', 'internal', null)`.execute(tx))).rejects.toThrow(/row-level security/)
  const gone = await writeAs(database.app, place('TH50'), tx => sql`delete from fact.figure where area_code = 'TH58'`.execute(tx))
  expect(gone.numAffectedRows).toBe(0n)
})

test('an act in other places speaks for its own again afterwards', async () => {
  const areas = () => sql<{ areas: string }>`select current_setting('rakkaeo.areas') as areas`
  await writeAs(database.app, place('TH50', 'TH5801'), async tx => {
    expect(await inPlaces(tx, SYSTEM.areas, async () => (await areas().execute(tx)).rows[0]?.areas)).toBe('TH')
    expect((await areas().execute(tx)).rows[0]?.areas).toBe('TH50,TH5801')
  })
})

test('nobody gives themselves a role: one’s own grants can be read wherever they are, and not written', async () => {
  const me = '7a1b6c00-0000-4000-8000-000000000001' as never
  await writeAs(database.app, SYSTEM, tx => sql`insert into access.grant (area_code, id, person_id, role, valid_from) values ('TH58', gen_random_uuid(), ${me}, 'collector', '2026-01-01')`.execute(tx))
  const mine = { person: me, kind: 'person' as const, areas: [] }
  expect((await readAs(database.app, mine, tx => sql`select role from access.grant`.execute(tx))).rows).toEqual([{ role: 'collector' }])
  expect((await writeAs(database.app, mine, tx => sql`update access.grant set role = 'administrator'`.execute(tx))).numAffectedRows).toBe(0n)
  await expect(writeAs(database.app, mine, tx => sql`insert into access.grant (area_code, id, person_id, role, valid_from) values ('TH', gen_random_uuid(), ${me}, 'administrator', '2026-01-01')`.execute(tx))).rejects.toThrow(/row-level security/)
})
