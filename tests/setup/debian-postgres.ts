import { spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { getFreePort } from './server.ts'
import { NOBODY } from './seeded-folder.ts'

/** The oldest PostgreSQL that is supported, as Debian 12 packages it. */
const BINARIES = '/usr/lib/postgresql/15/bin'
export const hasDebianPostgres = existsSync(BINARIES)

export type DebianPostgres = { url(user: string, password: string, database: string): string; asAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T>; stop(): void }

/** A server of its own in a temporary folder, with passwords, on loopback. */
export async function startDebianPostgres(): Promise<DebianPostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'rakkaeo-pg15-'))
  chmodSync(folder, 0o700)
  if (NOBODY) chownSync(folder, NOBODY.uid, NOBODY.gid)
  const data = join(folder, 'data'), port = await getFreePort()
  writeFileSync(join(folder, 'password'), 'admin', { mode: 0o644 })
  const run = (program: string, args: string[]) => {
    const { status, stderr, stdout } = spawnSync(join(BINARIES, program), args, { ...NOBODY, cwd: folder, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' }, stdio: ['ignore', 'ignore', 'pipe'] })
    if (status !== 0) throw new Error(`${program}: ${stderr}${stdout}`)
  }
  run('initdb', ['-D', data, '-U', 'admin', '--pwfile', join(folder, 'password'), '-A', 'scram-sha-256', '-E', 'UTF8', '-N'])
  run('pg_ctl', ['-D', data, '-w', '-s', '-l', join(folder, 'log'), '-o', `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off`, 'start'])
  const url = (user: string, password: string, database: string) => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`
  return {
    url,
    asAdmin: async work => {
      const admin = new pg.Client({ connectionString: url('admin', 'admin', 'postgres') })
      await admin.connect()
      try { return await work(admin) } finally { await admin.end() }
    },
    stop: () => { run('pg_ctl', ['-D', data, '-w', '-s', '-m', 'immediate', 'stop']); rmSync(folder, { recursive: true, force: true }) },
  }
}
