import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lastLine, rakkaeo } from '../setup/command.ts'
import { hasDebianPostgres, startDebianPostgres, type DebianPostgres } from '../setup/debian-postgres.ts'
import { makeTempFolder } from '../setup/seeded-folder.ts'
import { getFreePort, startServer } from '../setup/server.ts'

const folder = makeTempFolder()
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const start = async (DATABASE_URL: string, keys = join(folder, 'keys')) => {
  const ran = await rakkaeo(['start'], { env: { DATABASE_URL, RAKKAEO_KEYS: keys, RAKKAEO_PORT: '0', RAKKAEO_DATA: join(folder, 'data') } })
  return [ran.code, lastLine(ran)]
}

test('a database that nobody serves is told with its address', async () => {
  const port = await getFreePort()
  expect(await start(`postgres://me:secret@127.0.0.1:${port}/rakkaeo`)).toEqual([1, `The database at 127.0.0.1:${port} cannot be reached (ECONNREFUSED). Check DATABASE_URL.`])
  expect(existsSync(join(folder, 'keys'))).toBe(false)
})

test('with DATABASE_URL the keys need a place', async () => {
  expect(await start('postgres://me@127.0.0.1/rakkaeo', '')).toEqual([1, 'With DATABASE_URL, set RAKKAEO_KEYS to the path of the keys file (kept outside the data folder and outside backups).'])
})

describe.skipIf(!hasDebianPostgres)('on Debian’s PostgreSQL 15 (left out where it is not installed)', () => {
  let debian: DebianPostgres
  beforeAll(async () => {
    debian = await startDebianPostgres()
    await debian.asAdmin(async admin => {
      await admin.query(`create role keeper login createrole password 'keeper'`)
      await admin.query(`create role guest login password 'guest'`)
      await admin.query('create database rakkaeo owner keeper')
      await admin.query(`create database guests owner guest`)
      await admin.query(`create database ascii encoding 'SQL_ASCII' locale 'C' template template0 owner keeper`)
    })
  })
  afterAll(() => debian.stop())

  test('a wrong password is told without showing it', async () => {
    const [code, said] = await start(debian.url('keeper', 'wrong', 'rakkaeo'))
    expect([code, said]).toEqual([1, expect.stringMatching(/does not accept the user keeper \(password authentication failed/)])
    expect(said).not.toContain('wrong')
  })

  test('a user who may not make roles is told so', async () => {
    expect(await start(debian.url('guest', 'guest', 'guests'))).toEqual([1, expect.stringMatching(/does not accept the user guest \(permission denied to create role\)/)])
  })

  test('a database that cannot hold Thai is refused', async () => {
    expect(await start(debian.url('keeper', 'keeper', 'ascii'))).toEqual([1, expect.stringContaining('The database is encoded in SQL_ASCII and must be UTF8.')])
  })

  test('a user without superuser rights sets up a whole Rakkaeo, and the public role sees only what is open', async () => {
    const env = { DATABASE_URL: debian.url('keeper', 'keeper', 'rakkaeo'), RAKKAEO_KEYS: join(folder, 'real.keys') }
    const server = await startServer(join(folder, 'data'), env)
    const rimTai = await (await fetch(`${server.address}/api/areas?q=ริมใต้`)).json() as { items: { code: string }[] }
    const poor = await (await fetch(`${server.address}/api/figures?indicator=target-poor&period=2018`)).json() as { values: { numerator: number }[] }
    await server.stop()
    expect([rimTai.items[0]?.code, poor.values[0]?.numerator, existsSync(join(folder, 'data'))]).toEqual(['TH500701', 1032987, false])
    const keys = JSON.parse(readFileSync(env.RAKKAEO_KEYS, 'utf8'))
    const reader = new pg.Client({ connectionString: debian.url('rakkaeo_public', keys.public, 'rakkaeo') })
    await reader.connect()
    expect((await reader.query('select count(*)::int as n from open.area')).rows[0].n).toBeGreaterThan(80_000)
    for (const table of ['raw.file', 'core.area', 'fact.figure', 'meta.setting']) await expect(reader.query(`select from ${table}`)).rejects.toThrow('permission denied')
    await reader.end()
  }, 300_000)

  test('another keys file is refused, and so is a lost one', async () => {
    const url = debian.url('keeper', 'keeper', 'rakkaeo')
    expect(await start(url, join(folder, 'lost.keys'))).toEqual([1, expect.stringContaining('made together with this database, is missing')])
    expect(existsSync(join(folder, 'lost.keys'))).toBe(false)
  })
})
