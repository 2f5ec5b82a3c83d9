import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lastLine, rakkaeo } from '../setup/command.ts'
import { hasDebianPostgres, startDebianPostgres, type DebianPostgres } from '../setup/debian-postgres.ts'
import { asOwner, hashTables, RELEASE_0024, restoredDatabase } from '../setup/restored.ts'
import { makeTempFolder } from '../setup/seeded-folder.ts'

const folder = makeTempFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!hasDebianPostgres)('on Debian’s PostgreSQL 15, by a user without superuser rights (left out where it is not installed)', () => {
  let debian: DebianPostgres, env: Record<string, string>
  beforeAll(async () => {
    debian = await startDebianPostgres()
    await debian.asAdmin(async admin => {
      await admin.query(`create role keeper login createrole password 'keeper'`)
      await admin.query('create database rakkaeo owner keeper')
    })
    env = { DATABASE_URL: debian.url('keeper', 'keeper', 'rakkaeo'), RAKKAEO_KEYS: join(folder, 'keys'), RAKKAEO_DATA: join(folder, 'data') }
  })
  afterAll(() => debian.stop())

  test('a backup of the embedded PostgreSQL is restored there and backed up again, and back in the embedded one every table is equal', async () => {
    const restored = await rakkaeo(['restore', RELEASE_0024, '--other-keys'], { env })
    expect(restored.code, restored.err).toBe(0)
    const there = await hashTables(debian.url('admin', 'admin', 'rakkaeo'))
    const made = await rakkaeo(['backup', join(folder, 'made')], { env })
    expect(made.code, made.err).toBe(0)
    const { url } = await restoredDatabase(join(folder, 'made'))
    expect(await hashTables(url)).toEqual(there)
    expect([there['raw.act'], there['auth.account'], there['audit.seal']]).toEqual([expect.stringMatching(/^302 rows/), expect.stringMatching(/^7 rows/), expect.stringMatching(/^[1-9]\d* rows/)])
  })

  test('who may not make a database is told what a rehearsal needs, and with that right it is rehearsed', async () => {
    const asAdmin = (statement: string) => asOwner(debian.url('admin', 'admin', 'rakkaeo'), admin => admin.query(statement)), rehearse = () => rakkaeo(['migrate', '--rehearse', '--json'], { env })
    await asAdmin(`delete from meta.migration where name = 'roles.sql'`)
    expect(lastLine(await rehearse())).toBe('The database user keeper may not make a copy for the rehearsal. Run: alter role keeper createdb')
    await asAdmin('alter role keeper createdb')
    const { code, out, err } = await rehearse()
    expect(code, err).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ steps: [{ name: 'roles.sql', added: [], removed: [], changed: [], rows: [] }] })
    expect((await asAdmin(`select from pg_database where datname ~ 'rehearsal'`)).rowCount).toBe(0)
  })
})
