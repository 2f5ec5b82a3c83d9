import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { AreaCode, PersonId } from '../../domain/base/ids.ts'
import { note } from '../db/note.ts'
import { STRANGER, writeAs } from '../db/scope.ts'
import { freshDatabase, type Fresh } from '../../tests/setup/fresh.ts'
import { verify } from './read.verify.ts'
import { sealNext } from './write.seal.ts'

let database: Fresh, owner: pg.Client
const tambon = AreaCode.parse('TH580101'), somchai = PersonId.parse('5f0c2f6e-0b0e-4c58-9d7b-0d7f3f1f0a01')

beforeAll(async () => {
  database = await freshDatabase('empty')
  owner = new pg.Client({ connectionString: database.url })
  await owner.connect()
})
afterAll(() => owner.end())

const act = (reason: string) => writeAs(database.app, { person: somchai, kind: 'person', areas: [tambon] }, tx => note(tx, { action: 'person.see', area: tambon, reason }))
/**
 * Lines are sealed once nothing older is under way, in any database of the cluster: other tests work beside this one. `held`: so many are
 * to wait for an act of our own.
 */
const untilOver = (held = 0) => expect.poll(async () => (await owner.query(`select from audit.line
  where cluster = (select system_identifier from pg_control_system()) and transaction >= pg_snapshot_xmin(pg_current_snapshot())`)).rowCount, { timeout: 50_000 }).toBe(held)
const sealAll = async (held = 0) => {
  await untilOver(held)
  while (await sealNext(database.sealer) > 0);
}
/** What a hand in the database does while nobody checks; policies do not bind the superuser. Undone at the end. */
async function findsAfter(tampering: string): Promise<string[]> {
  await owner.query('create temp table line as table audit.line; create temp table seal as table audit.seal')
  await owner.query(tampering)
  const { faults } = await verify(database.sealer)
  await owner.query(`truncate audit.line, audit.seal; insert into audit.seal table seal; insert into audit.line overriding system value table line; drop table line, seal`)
  return faults.map(fault => `${fault.what} ${fault.line ?? `seal ${fault.seal}`}`)
}

test('a hand in the database is found, and the line is named', async () => {
  for (const reason of ['one', 'two', 'three', 'four']) await act(reason)
  await sealAll()
  await act('five')
  await sealAll()
  const { rows } = await owner.query<{ id: string }>('select id from audit.line order by id')
  const ids = rows.map(row => row.id)
  expect(await verify(database.sealer)).toMatchObject({ seals: 2, lines: 5, unsealed: 0, faults: [] })
  expect(await findsAfter(`update audit.line set reason = 'nothing' where reason = 'two'`)).toEqual([`line-changed ${ids[1]}`])
  expect(await findsAfter(`update audit.line set actor = null where reason = 'five'`)).toEqual([`line-changed ${ids[4]}`])
  expect(await findsAfter(`delete from audit.line where reason = 'three'`)).toEqual([`line-removed ${ids[2]}`])
  expect(await findsAfter(`insert into audit.line (area_code, kind, action, transaction) values ('TH58', 'system', 'person.see', '1')`)).toEqual([expect.stringMatching(/^line-inserted /)])
  expect(await findsAfter(`update audit.line a set reason = b.reason from audit.line b where (a.reason, b.reason) in (('one', 'two'), ('two', 'one'))`)).toEqual([`line-changed ${ids[0]}`, `line-changed ${ids[1]}`])
  expect(await findsAfter('delete from audit.seal where id = 1')).toContain('seal-missing seal 1')
  expect(await findsAfter(`update audit.seal set until_transaction = '1' where id = 1`)).toContain('seal-changed seal 1')
  expect((await verify(database.sealer)).faults).toEqual([])
})

test('who noted the last hash outside learns that the chain was made anew', async () => {
  const { head } = await verify(database.sealer)
  expect((await verify(database.sealer, head)).passed).toBe(true)
  await act('six')
  await sealAll()
  expect((await verify(database.sealer, head)).passed).toBe(true)
  expect((await verify(database.sealer, '00'.repeat(32))).passed).toBe(false)
})

test('an act that is still going on holds back those after it, and none is left out', async () => {
  let go = () => {}
  const slow = writeAs(database.app, STRANGER, async tx => {
    await note(tx, { action: 'sign-in.fail', area: tambon, reason: 'slow' })
    await new Promise<void>(done => { go = done })
  })
  while ((await owner.query(`select from pg_stat_activity where datname = $1 and state = 'idle in transaction'`, [database.name])).rowCount === 0) await new Promise(wake => setTimeout(wake, 10))
  await act('quick')
  await sealAll(1)
  expect((await verify(database.sealer)).unsealed).toBe(1)
  go()
  await slow
  await sealAll()
  expect(await verify(database.sealer)).toMatchObject({ unsealed: 0, faults: [] })
})

test('what gathered while the sealer was away is sealed in links of bounded length', async () => {
  const before = await verify(database.sealer)
  await owner.query(`set role rakkaeo_app; set rakkaeo.kind = 'system'`)
  for (const count of [700, 700, 1200]) await owner.query(`insert into audit.line (area_code, kind, action) select 'TH', 'system', 'figure.see' from generate_series(1, ${count})`)
  await owner.query('reset role; reset rakkaeo.kind')
  await untilOver()
  const [one, other] = await Promise.all([sealNext(database.sealer), sealNext(database.sealer)])
  expect(one + other).toBe(1400)
  await sealAll()
  const after = await verify(database.sealer)
  expect(after).toMatchObject({ lines: before.lines + 2600, unsealed: 0, faults: [] })
})

test('a restored backup goes on with the chain, although its transactions are counted anew', async () => {
  await owner.query(`insert into audit.line (area_code, kind, action, cluster, transaction) values ('TH', 'system', 'figure.see', 42, '999999999999')`)
  await act('after the restore')
  await sealAll()
  expect(await verify(database.sealer)).toMatchObject({ unsealed: 0, faults: [] })
})

test('neither the application nor the sealer can change or remove a line, or speak in another name', async () => {
  const refused = async (role: string, statement: string) => {
    await owner.query(`begin; set local role ${role}; set local rakkaeo.areas = 'TH'; set local rakkaeo.kind = 'person'; set local rakkaeo.person = '${somchai}'`)
    return owner.query(statement).then(() => 'done', error => (error as Error).message).finally(() => owner.query('rollback'))
  }
  for (const role of ['rakkaeo_app', 'rakkaeo_sealer', 'rakkaeo_auth', 'rakkaeo_public']) {
    for (const statement of [`update audit.line set reason = ''`, 'delete from audit.line', 'truncate audit.line', 'update audit.seal set id = 9', 'delete from audit.seal', 'truncate audit.seal']) {
      expect(await refused(role, statement), `${role}: ${statement}`).toMatch(/permission denied/)
    }
  }
  const insert = (columns: string, values: string) => refused('rakkaeo_app', `insert into audit.line (area_code, action, ${columns}) values ('TH', 'person.see', ${values})`)
  expect(await insert('kind, actor', `'person', '${somchai}'`)).toBe('done')
  expect(await insert('kind, actor', `'person', '5f0c2f6e-0b0e-4c58-9d7b-0d7f3f1f0a02'`)).toMatch(/row-level security/)
  expect(await insert('kind, actor', `'system', '${somchai}'`)).toMatch(/row-level security/)
  for (const column of ['at', 'transaction', 'cluster', 'id']) expect(await insert(`kind, actor, ${column}`, `'person', '${somchai}', default`), column).toMatch(/permission denied/)
})
