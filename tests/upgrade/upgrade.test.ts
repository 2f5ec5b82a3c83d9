import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import pg from 'pg'
import { beforeAll, expect, inject, test } from 'vitest'
import { openFileStore } from '../../server/base/file-store.ts'
import { findKeys, type Keys } from '../../server/base/keys.ts'
import { makeSeal } from '../../server/base/seal.ts'
import { listTables, quote, type TableName } from '../../server/backup/read.snapshot.ts'
import { verifyBackup } from '../../server/backup/read.verify.ts'
import { rehearse } from '../../server/backup/write.rehearsal.ts'
import { restoreAsItWas } from '../../server/backup/write.restore.ts'
import { listMigrations, migrate } from '../../server/db/migrate.ts'
import { openDatabase } from '../../server/db/open.ts'
import { makeRoles } from '../../server/db/roles.ts'
import { printSchema } from '../../server/db/schema.ts'
import { UNFINISHED } from '../../server/db/suitable.ts'
import { rakkaeo } from '../setup/command.ts'
import { environmentOf } from '../setup/database.ts'
import { startApp } from '../setup/fresh.ts'
import { whenFileEnds } from '../setup/leave.ts'
import { asOwner, emptyDatabase, hashTables, RELEASE_0024 } from '../setup/restored.ts'
import { askAll, type Answers } from './asked.ts'

/** Written down once and never again: no new version of the program may change a row of these. */
const WRITTEN = /^(raw|access|auth|audit|team)\.|^core\.(record|record_row|national_id|record_count|round|round_lock|duplicate|flag)$/
const RELEASED = '0024', LATER = listMigrations().map(({ name }) => name).filter(name => name.slice(0, 4) > RELEASED)
const bad = { name: '9999_bad.sql', checksum: 'x', sql: `create table core.half (id int); insert into core.half values (1); update core.record set type = 'half'; select 1 / 0` }

let place: Awaited<ReturnType<typeof emptyDatabase>>, keys: Keys, tables: TableName[]
const schemaOf = () => asOwner(place.url, printSchema)
const listCopies = () => asOwner(place.url, async owner => (await owner.query(`select datname from pg_database where datname ~ 'rehearsal'`)).rows)

beforeAll(async () => {
  place = await emptyDatabase()
  keys = findKeys(inject('cluster').keysFile) as Keys
  const manifest = await verifyBackup(RELEASE_0024)
  await asOwner(place.url, async client => {
    await makeRoles(client, keys)
    await restoreAsItWas({ client, keysId: keys.id, files: openFileStore(join(place.env['RAKKAEO_DATA'] as string, 'files')), place: place.name }, RELEASE_0024, manifest, { step: () => {}, load: () => {} })
    // as the release left it, and not as a restore that was broken off
    await client.query('delete from meta.setting where name = $1', [UNFINISHED])
    await client.query(`set role rakkaeo_owner; ${readFileSync(resolve(import.meta.dirname, '0024.roles.sql'), 'utf8')}; reset role`)
    tables = (await listTables(client)).filter(({ name }) => WRITTEN.test(name))
  })
})

/** Each table by the columns that it had then. */
function hashAsThen(): Promise<Record<string, string>> {
  return asOwner(place.url, async owner => {
    await owner.query(`set timezone = 'UTC'`)
    const hashes: Record<string, string> = {}
    for (const { name, columns } of tables) {
      const { rows } = await owner.query(`select row(${columns.map(quote).join(', ')})::text as line from ${quote(name)} order by row(${columns.map(quote).join(', ')})::text collate "C"`)
      hashes[name] = `${rows.length} rows ${createHash('sha256').update(rows.map(({ line }) => line).join('\n')).digest('hex').slice(0, 12)}`
    }
    return hashes
  })
}

test('a migration that fails half-way, in the middle of its work, leaves the database as it was', async () => {
  const before = [await schemaOf(), await hashTables(place.url)]
  await asOwner(place.url, async owner => {
    const known = listMigrations().filter(({ name }) => !LATER.includes(name))
    await expect(migrate(owner, [...known, bad])).rejects.toThrow('The migration 9999_bad.sql failed (division by zero). Nothing was changed.')
  })
  expect([await schemaOf(), await hashTables(place.url)]).toEqual(before)
})

test('a rehearsal tells what each step does and how long it takes, and touches nothing; one that fails says at which step', async () => {
  const before = [await schemaOf(), await hashTables(place.url)]
  const { code, out, err } = await rakkaeo(['migrate', '--rehearse', '--json'], { env: place.env })
  expect(code, err).toBe(0)
  const { steps, copy } = JSON.parse(out) as Awaited<ReturnType<typeof rehearse>>
  expect(steps.map(({ name }) => name)).toEqual([...LATER, 'roles.sql'])
  expect(steps.find(({ name }) => name === '0025_table.sql')?.added).toEqual(expect.arrayContaining(['table raw.table_import', 'column raw.act.import_id']))
  expect(copy.rows).toBeGreaterThan(7000)
  const { host = '', port, user = '', password = '', database = '' } = new pg.Client({ connectionString: place.url })
  const touching = { name: '9998_touch.sql', checksum: 'x', sql: `select set_config('rakkaeo.areas', 'TH', true); alter table core.record disable trigger user; update core.record set type = 'x' where dataset_id = 'farmer'; alter table core.record enable trigger user` }
  const admin = { host, port, user, password: String(password), database }
  expect((await rehearse(admin, keys, [...listMigrations(), touching])).steps.find(({ name }) => name === touching.name)?.rows).toEqual([{ table: 'core.record', inserted: 0, updated: 59, deleted: 0 }])
  await expect(rehearse(admin, keys, [...listMigrations(), bad])).rejects.toThrow('The migration 9999_bad.sql failed (division by zero).')
  expect([await schemaOf(), await hashTables(place.url)]).toEqual(before)
  expect(await listCopies()).toEqual([])
})

/** Whatever was answered then is answered now; there may be more. */
function expectHeld(now: unknown, then: unknown, where: string): void {
  if (typeof then !== 'object' || then === null) return expect(now, where).toBe(then)
  if (Array.isArray(then)) expect((now as unknown[] | undefined)?.length, `${where}.length`).toBe(then.length)
  for (const [key, value] of Object.entries(then)) {
    // who may see a number is told beside how sure it is since decision 0036
    const [name, said] = key === 'status' && value === 'internal' ? ['internal', true] : [key, value]
    expectHeld((now as Record<string, unknown> | undefined)?.[name], said, `${where}.${name}`)
  }
}

test('what the last release left is brought up to date: every row that was written down, every page with its history and every figure is as it was', async () => {
  const before = await hashAsThen(), then = JSON.parse(zstdDecompressSync(readFileSync(resolve(import.meta.dirname, '0024.answers.json.zst'))).toString('utf8')) as Answers
  const migrated = await rakkaeo(['migrate'], { env: place.env })
  expect([migrated.code, migrated.out.trim()], migrated.err).toEqual([0, 'The database is up to date.'])
  expect(await hashAsThen()).toEqual(before)
  expect(before['raw.act']).toMatch(/^302 rows/)
  const seal = makeSeal(JSON.parse(readFileSync(resolve(import.meta.dirname, '0024.keys'), 'utf8')) as Keys)
  const { rows: numbers } = await asOwner(place.url, owner => owner.query('select sealed, hash from core.national_id'))
  expect(numbers.length).toBeGreaterThan(0)
  for (const { sealed, hash } of numbers) expect(seal.hash(seal.open(sealed))).toEqual(hash)
  const checked = await rakkaeo(['figures', 'check'], { env: place.env })
  expect(checked.out.trim()).toMatch(/^equal=\d{3,} different=0$/)
  const database = await openDatabase(environmentOf(inject('cluster'), place.name), 'command')
  whenFileEnds(() => database.close())
  const app = await startApp({ ...database, name: place.name, url: place.url })
  const now = await askAll(await app.listen({ port: 0, host: '127.0.0.1' }))
  expect(Object.keys(then).length).toBeGreaterThan(100)
  for (const [path, answer] of Object.entries(then)) expectHeld(now[path], answer, path)
})
