/**
 * `node tools/make-release.ts CHECKOUT NAME`: what a released version leaves in a data folder, small enough to be kept (tests/upgrade/NAME.*).
 * CHECKOUT is a checkout of that release, with its packages; its program makes its first start and answers what is asked of it.
 */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import pg from 'pg'
import { openEmbedded } from '../server/db/embedded.ts'
import { startServer } from '../tests/setup/server.ts'
import { askAll, type Answers } from '../tests/upgrade/asked.ts'

/** All of the nation's list would be eight megabytes more, and nothing else. */
const KEPT = 'TH58'

const [checkout, name] = process.argv.slice(2)
if (!checkout || !name) throw new Error('say which checkout, and by what name: node tools/make-release.ts ../rakkaeo-0024 0024')
const folder = mkdtempSync(join(tmpdir(), 'rakkaeo-release-')), data = join(folder, 'data')
const kept = (what: string) => resolve(import.meta.dirname, `../tests/upgrade/${name}.${what}`)
try {
  await serve(async () => {})
  await cut()
  const answers = await serve(askAll)
  writeFileSync(kept('answers.json.zst'), zstdCompressSync(JSON.stringify(answers)))
  spawnSync(process.execPath, ['cli/rakkaeo.mjs', 'backup', '--force', kept('rakkaeo')], { cwd: resolve(import.meta.dirname, '..'), stdio: 'inherit', env: { ...process.env, RAKKAEO_DATA: data, RAKKAEO_KEYS: '', DATABASE_URL: '' } })
  copyFileSync(`${data}.keys`, kept('keys'))
  copyFileSync(join(checkout, 'db/roles.sql'), kept('roles.sql'))
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** The release itself, started over the data folder and stopped again. */
async function serve<T extends Answers | void>(work: (address: string) => Promise<T>): Promise<T> {
  const server = await startServer(data, {}, resolve(checkout as string))
  try {
    return await work(server.address)
  } finally {
    await server.stop()
  }
}

/** Takes away whatever lies in another province. */
async function cut(): Promise<void> {
  const house = await openEmbedded(data, `${data}.keys`, null), owner = new pg.Client(house.admin)
  await owner.connect()
  await owner.query('set session_replication_role = replica')
  const { rows } = await owner.query(`select attrelid::regclass as name, attname as code from pg_attribute join pg_class c on c.oid = attrelid join pg_namespace n on n.oid = relnamespace
    where relkind = 'r' and nspname !~ '^pg_' and (attname = 'area_code' or attrelid = 'core.area'::regclass and attname = 'code') and not attisdropped`)
  for (const { name, code } of rows) await owner.query(`delete from ${name} where ${code} <> 'TH' and ${code} not like '${KEPT}%'`)
  await owner.query(`delete from core.area_change where not exists (select from core.area where code = coalesce(predecessor, area_code)) or not exists (select from core.area where code = coalesce(successor, area_code))`)
  await owner.end()
  await house.close()
}
