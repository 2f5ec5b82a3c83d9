import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { sql, type Kysely } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freshDatabase, type Fresh } from '../setup/fresh.ts'
import { idOf, PLACES, plantCanaries } from './canaries.ts'
import { listPlacedTables } from './tables.ts'

/** Somebody who holds the application's own password, and writes SQL by hand. */
let database: Fresh, owner: pg.Client, app: pg.Client, tables: string[]
const notices: string[] = []
const HOME = 'TH580101', NEIGHBOUR = PLACES.find(place => place === 'TH580102') as typeof PLACES[number]
const FOREIGN = /zq-th(?!580101-|58010101-)\d*-/i

beforeAll(async () => {
  database = await freshDatabase('empty')
  owner = new pg.Client({ connectionString: database.url })
  const address = new URL(database.url)
  app = new pg.Client({ host: address.hostname, port: Number(address.port), database: database.name, user: 'rakkaeo_app', password: database.keys.app })
  await Promise.all([owner.connect(), app.connect()])
  app.on('notice', notice => notices.push(String(notice.message)))
  tables = await listPlacedTables(owner)
  await plantCanaries(owner, new Set([...tables, 'auth.user', 'auth.session', 'auth.token']))
  expect(tables.length).toBeGreaterThan(8)
})
afterAll(() => Promise.all([owner.end(), app.end()]))

/** Runs statements in a transaction that speaks for some places, and undoes it. */
async function inScope<T>(areas: string | null, work: () => Promise<T>): Promise<T> {
  await app.query('begin')
  if (areas !== null) await app.query(`set local rakkaeo.person = ''; set local rakkaeo.kind = 'system'; set local rakkaeo.areas = '${areas}'`)
  try { return await work() } finally { await app.query('rollback') }
}
const textOf = async (query: string) => JSON.stringify((await app.query(query)).rows)
const touched = (query: string) => app.query(query).then(({ rowCount }) => `${rowCount} rows`, error => (error as Error).message)
const refusal = (query: string) => app.query(query).then(() => 'done', error => (error as Error).message)

describe('the places of a transaction', () => {
  test('unset or empty, nobody sees a row of any table; in a place, its own rows alone', async () => {
    for (const table of tables) {
      const places = async () => (await app.query(`select distinct area_code as place from ${table} order by 1`)).rows.map(row => row.place)
      expect(await places(), `${table} without a scope`).toEqual([])
      expect(await inScope('', places), `${table} with an empty scope`).toEqual([])
      expect(await inScope(HOME, places), `${table} in a tambon`).toEqual([HOME, `${HOME}01`])
      expect(await inScope('TH5001', places), `${table} in a district whose code begins others`).toEqual(['TH5001', 'TH500101'])
      expect(await inScope('TH380101,TH580201', places), `${table} in scattered tambons`).toEqual(['TH380101', 'TH580201'])
      expect(await inScope('TH', places), `${table} in the nation`).toEqual([...PLACES].sort())
    }
  })

  test('end with it: the next one on the same connection sees nothing', async () => {
    await inScope('TH', () => app.query('select 1'))
    for (const table of tables) expect((await app.query(`select from ${table}`)).rowCount, table).toBe(0)
  })

  test('are stated in one file of the server and nowhere else', () => {
    const root = resolve(import.meta.dirname, '../..')
    const stating = globSync('{server,cli}/**/*.ts', { cwd: root }).filter(file => !file.endsWith('.test.ts') && /set_config\(['"`]rakkaeo\.(areas|person|kind)|set (local |session )?rakkaeo\./i.test(readFileSync(resolve(root, file), 'utf8')))
    expect(stating).toEqual(['server/db/scope.ts'])
  })

  test('bind writing too: a foreign row is neither changed nor removed, none is added, none is moved there', async () => {
    for (const table of tables) {
      const update = await inScope(HOME, () => touched(`update ${table} set area_code = area_code where area_code = '${NEIGHBOUR}'`))
      expect(update, table).toMatch(/^0 rows$|permission denied/)
      const remove = await inScope(HOME, () => touched(`delete from ${table} where area_code = '${NEIGHBOUR}'`))
      expect(remove, table).toMatch(/^0 rows$|permission denied/)
      const move = await inScope(HOME, () => refusal(`update ${table} set area_code = '${NEIGHBOUR}'`))
      expect(move, table).toMatch(/row-level security|permission denied/)
    }
  })

  test('an insert tells nothing of whether a foreign row is there', async () => {
    const insert = (id: string) => inScope(HOME, () => refusal(`insert into access.person (area_code, id, name) values ('${NEIGHBOUR}', '${id}', 'x') on conflict do nothing`))
    const [there, unknown] = [await insert(idOf(NEIGHBOUR, 'person')), await insert('dead0000-0000-4000-8000-000000000000')]
    expect(there).toMatch(/row-level security/)
    expect(there).toBe(unknown)
  })
})

describe('a hostile query', () => {
  test('with a cheap function or operator of its own is shown only rows that passed the policy', async () => {
    await app.query(`create function pg_temp.peek(text) returns boolean language plpgsql cost 0.0000001 as $$ begin raise notice '%', $1; return true; end $$;
      create function pg_temp.meet(text, text) returns boolean language plpgsql cost 0.0000001 as $$ begin raise notice '%', $1; return true; end $$;
      create operator pg_temp.<<<< (leftarg = text, rightarg = text, procedure = pg_temp.meet, restrict = eqsel)`)
    for (const table of tables) {
      notices.length = 0
      await inScope(HOME, async () => {
        await app.query(`select from ${table} t where pg_temp.peek(t::text)`)
        await app.query(`select from ${table} t where t::text operator(pg_temp.<<<<) 'x'`)
        await app.query(`select from ${table} t join ${table} u on pg_temp.peek(u::text) where u.area_code = '${NEIGHBOUR}'`)
      })
      expect(notices.length, `${table}: the function was called on own rows`).toBeGreaterThan(0)
      expect(notices.filter(notice => FOREIGN.test(notice)), table).toEqual([])
    }
  })

  test('cannot make a foreign value stand in an error', async () => {
    for (const [table, column] of [['access.person', 'name'], ['audit.line', 'reason'], ['raw.file', 'name']]) {
      const error = await inScope(HOME, () => refusal(`select from ${table} where ${column}::int = 1 order by area_code desc`))
      expect(error, table).not.toMatch(FOREIGN)
      expect(await inScope(HOME, () => refusal(`select 1 / case when area_code = '${NEIGHBOUR}' then 0 else 1 end from ${table}`)), table).toBe('done')
    }
  })

  test('through a view, a copy, a cursor or a common table sees no more', async () => {
    for (const table of tables) {
      const seen = await inScope(HOME, async () => {
        await app.query(`create temp view v as select * from ${table}; create temp table c as select * from ${table}; declare d cursor for select * from ${table}`)
        return await textOf('select * from v') + await textOf('select * from c') + await textOf('fetch all from d') + await textOf(`with w as materialized (table ${table}) select * from w`)
      })
      expect(seen, table).toMatch(/580101/)
      expect(seen, table).not.toMatch(FOREIGN)
    }
  })

  test('gains nothing by names of its own before those of the policy', async () => {
    await app.query(`create function pg_temp.current_setting(text, boolean) returns text language sql as $$ select 'TH' $$;
      create function pg_temp.string_to_array(text, text) returns text[] language sql as $$ select array['TH'] $$; set search_path = pg_temp, pg_catalog`)
    for (const table of tables) expect((await app.query(`select from ${table}`)).rowCount, table).toBe(0)
    await app.query('reset search_path')
  })

  test('finds no values in the statistics of the planner, and no counts in sequences', async () => {
    await owner.query('analyze access.person, audit.line, access.grant')
    expect(await textOf(`select most_common_vals, histogram_bounds from pg_stats where schemaname in ('access', 'audit', 'raw', 'team')`)).toBe('[]')
    const { rows } = await owner.query(`select quote_ident(schemaname) || '.' || quote_ident(sequencename) as name from pg_sequences where schemaname in ('access', 'audit', 'raw', 'team', 'auth', 'fact')`)
    for (const { name } of rows) expect(await refusal(`select last_value from ${name}`), name).toMatch(/permission denied/)
  })

  test('cannot become anybody else, or turn the policies off', async () => {
    for (const role of ['rakkaeo_owner', 'rakkaeo_auth', 'rakkaeo_sealer', 'rakkaeo_public', 'postgres', 'rakkaeo']) expect(await refusal(`set role ${role}`), role).toMatch(/permission denied|does not exist/)
    for (const table of tables) expect(await refusal(`alter table ${table} disable row level security`), table).toMatch(/must be owner/)
    expect(await inScope(HOME, async () => { await app.query('set local row_security = off'); return refusal('select from access.person') })).toMatch(/row-level security|affected/)
    expect(await refusal('create schema mine')).toMatch(/permission denied/)
    expect(await refusal(`copy access.person to program 'true'`)).toMatch(/permission denied|must be/)
  })

  test('of the owner sees nothing either: the policies bind the one who migrates', async () => {
    await owner.query('set role rakkaeo_owner')
    for (const table of tables) expect((await owner.query(`select from ${table}`)).rowCount, table).toBe(0)
    await owner.query('reset role')
  })
})

test('two views alone show tables of places with their owner’s eyes, and whatever places are stated these see only what may be published', async () => {
  const { rows } = await owner.query(`
    select distinct v.oid::regclass::text as view, pg_get_userbyid(v.relowner) as "of" from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class v on v.oid = r.ev_class
    join pg_class t on t.oid = d.refobjid and t.relrowsecurity where not coalesce(v.reloptions @> '{security_invoker=true}', false) order by 1`)
  // docs/decisions/0021-public-records.md
  expect(rows).toEqual([{ view: 'open.picture', of: 'rakkaeo_owner' }, { view: 'open.record', of: 'rakkaeo_owner' }])
  const ofRecords = `select count(*) filter (where not may_publish or state not in ('approved', 'verified', 'locked'))::int as kept, count(*)::int as all from core.record`
  const ofVisits = `select count(*) filter (where not exists (select from core.record r where r.id = a.record_id and r.may_publish and r.state in ('approved', 'verified', 'locked')))::int as kept from raw.act a`
  const ofFiles = `select count(*) filter (where not exists (select from raw.act a join core.record r on r.id = a.record_id where a.instance_id = f.instance_id and a.dataset_id = f.dataset_id and r.may_publish and r.state in ('approved', 'verified', 'locked')))::int as kept from raw.attachment f`
  for (const counted of [ofRecords, ofVisits, ofFiles]) expect((await owner.query(counted)).rows[0].kept, 'there is something to hide').toBeGreaterThan(0)
  await owner.query('begin; set local role rakkaeo_owner')
  for (const places of ['', 'XX']) {
    await owner.query(`select set_config('rakkaeo.areas', $1, true)`, [places])
    for (const counted of [ofRecords, ofVisits, ofFiles]) expect((await owner.query(counted)).rows[0].kept).toBe(0)
  }
  await owner.query('rollback')
})

test('every other role sees its own schema and no other: the public one `open`, the door `auth`, the sealer `audit`', async () => {
  const { rows } = await owner.query<{ schema: string; name: string }>(`
    select n.nspname as schema, c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'v', 'm', 'S', 'p') and n.nspname in ('raw', 'core', 'fact', 'open', 'access', 'auth', 'audit', 'team', 'meta')`)
  expect(rows.length).toBeGreaterThan(30)
  const roles: [string, Kysely<never>, string][] = [['public', database.public as never, 'open'], ['auth', database.auth as never, 'auth'], ['sealer', database.sealer as never, 'audit']]
  for (const [role, db, own] of roles) {
    for (const { schema, name } of rows) {
      const answer = await sql.raw(`select 1 from ${name} limit 1`).execute(db).then(() => 'seen', error => (error as Error).message)
      if (schema !== own) expect(answer, `${role} reads ${name}`).toMatch(/permission denied/)
    }
  }
})
