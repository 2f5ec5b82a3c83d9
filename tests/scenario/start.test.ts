import { createServer } from 'node:http'
import { once } from 'node:events'
import { chmodSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openEmbedded } from '../../server/db/embedded.ts'
import { lastLine, rakkaeo } from '../setup/command.ts'
import { copySeeded, isRunning, makeTempFolder, postmasterOf } from '../setup/seeded-folder.ts'
import { startServer, type RunningServer } from '../setup/server.ts'

const folder = makeTempFolder()
const data = join(folder, 'home/data')
const keys = `${data}.keys`
const env = { RAKKAEO_DATA: data, RAKKAEO_KEYS: keys }
let server: RunningServer

beforeAll(async () => {
  await copySeeded(data)
  server = await startServer(data)
})
afterAll(async () => {
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

const get = async (path: string) => (await fetch(server.address + path)).status
async function untilHealthy(patienceMs = 60_000): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(100)) if (await get('/api/health') === 200) return
  throw new Error(`not healthy again:\n${server.output()}`)
}
async function asOwner<T>(work: (owner: pg.Client) => Promise<T>): Promise<T> {
  const house = await openEmbedded(data, keys, null)
  const owner = new pg.Client(house.admin)
  await owner.connect()
  try { return await work(owner) } finally { await owner.end(); await house.close() }
}

test('site and API are served on one port, and where is said last', async () => {
  expect(await get('/api/areas/TH500701')).toBe(200)
  expect(await get('/')).toBe(200)
  expect(server.output()).toContain(`Rakkaeo is ready at ${server.address}`)
})

test('a second start on the same folder says in one line where the first one serves', async () => {
  const second = await rakkaeo(['start'], { env: { ...env, RAKKAEO_PORT: '0' } })
  expect([second.code, lastLine(second)]).toEqual([1, `Rakkaeo is already running on ${data}, at ${server.address}.`])
  const samePort = await rakkaeo(['start'], { env: { ...env, RAKKAEO_PORT: new URL(server.address).port } })
  expect([samePort.code, samePort.err.trim()]).toEqual([1, `Rakkaeo is already running on ${data}, at ${server.address}.`])
  expect(await get('/api/health')).toBe(200)
})

test('a port that another program has is told before anything is made', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const port = String((other.address() as AddressInfo).port)
  const elsewhere = join(folder, 'elsewhere')
  const start = await rakkaeo(['start'], { env: { RAKKAEO_DATA: elsewhere, RAKKAEO_PORT: port, LC_ALL: 'th_TH.UTF-8' } })
  expect([start.code, start.err.trim()]).toEqual([1, `พอร์ต ${port} ที่ 127.0.0.1 มีโปรแกรมอื่นใช้อยู่ โปรดกำหนด RAKKAEO_PORT เป็นเลขอื่น`])
  expect([existsSync(elsewhere), existsSync(`${elsewhere}.keys`)]).toEqual([false, false])
  other.close()
})

test('a command works while the server is up and leaves it up', async () => {
  const shown = await rakkaeo(['area', 'show', 'TH500701'], { env })
  expect([shown.code, shown.out.split('\n')[0]]).toEqual([0, 'TH500701  Rim Tai Tambon · ตำบลริมใต้'])
  expect(await get('/api/health')).toBe(200)
})

test('when the database is killed under the running server, it comes back by itself', async () => {
  const killed = postmasterOf(data) as number
  process.kill(killed, 'SIGKILL')
  await wait(100)
  expect([503, 200]).toContain(await get('/api/areas/TH50'))
  await untilHealthy()
  expect(postmasterOf(data)).not.toBe(killed)
  expect(await get('/api/areas/TH500701')).toBe(200)
})

test('after the server was killed, its database lives on, and the next start takes it over without loading anything twice', async () => {
  const left = postmasterOf(data)
  server.child.kill('SIGKILL')
  await once(server.child, 'exit')
  expect(isRunning(left as number)).toBe(true)
  server = await startServer(data)
  expect(postmasterOf(data)).toBe(left)
  expect(server.output()).not.toContain('tambons')
  expect(await get('/api/areas/TH500701')).toBe(200)
})

test('Ctrl-C stops the site and the database, and a command starts the database for itself and stops it again', async () => {
  const database = postmasterOf(data) as number
  await server.stop()
  expect([server.child.exitCode, isRunning(database), server.output().trim().split('\n').at(-1)]).toEqual([0, false, 'Stopped.'])
  const shown = await rakkaeo(['area', 'show', 'TH10', '--lang', 'th'], { env })
  expect([shown.code, shown.out.split('\n')[0]]).toEqual([0, 'TH10  กรุงเทพมหานคร · Bangkok'])
  expect(postmasterOf(data)).toBe(null)
})

test('a database that a newer program made is refused in one line and left alone', async () => {
  await asOwner(owner => owner.query(`insert into meta.migration (name, checksum) values ('9999_future.sql', 'x')`))
  const start = await rakkaeo(['start'], { env: { ...env, RAKKAEO_PORT: '0' } })
  expect([start.code, lastLine(start)]).toEqual([1, 'The database is newer than this program (it has 9999_future.sql). Use a newer Rakkaeo. Nothing was changed.'])
  expect(postmasterOf(data)).toBe(null)
  await asOwner(owner => owner.query(`delete from meta.migration where name = '9999_future.sql'`))
})

test('keys that are lost, that others can read, or that belong to another database are told apart', async () => {
  const migrate = async () => { const ran = await rakkaeo(['migrate'], { env }); return [ran.code, lastLine(ran)] }
  chmodSync(keys, 0o640)
  expect(await migrate()).toEqual([1, `Others can read the keys file ${keys}. Run: chmod 600 ${keys}`])
  chmodSync(keys, 0o600)
  renameSync(keys, `${keys}.away`)
  expect(await migrate()).toEqual([1, `The keys file ${keys}, made together with this database, is missing. Put it back or set RAKKAEO_KEYS.`])
  expect(existsSync(keys)).toBe(false)
  renameSync(`${keys}.away`, keys)
})

test('after both were killed, and although the number of the dead database belongs to another program by now, everything is found in place', async () => {
  server = await startServer(data)
  server.child.kill('SIGKILL')
  process.kill(postmasterOf(data) as number, 'SIGKILL')
  await once(server.child, 'exit')
  const pidFile = join(data, 'postgres/postmaster.pid')
  writeFileSync(pidFile, readFileSync(pidFile, 'utf8').replace(/^\d+/, String(process.pid)))
  server = await startServer(data)
  expect(await get('/api/areas/TH500701')).toBe(200)
})
