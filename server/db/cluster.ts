import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { reasonOf } from '../base/folder.ts'
import { startProblems } from '../base/problems.ts'
import { giveTo, runAs, type Account } from './account.ts'

/** A folder of PostgreSQL with the programs and the account that serve it. */
export type Cluster = { folder: string; binaries: string; account: Account }

export const SUPERUSER = 'rakkaeo'
const LOG_TAIL_CHARACTERS = 3000
const LAUNCH_ATTEMPTS = 20
const LOG_FILE = 'server.log'
/** Ours; postgresql.auto.conf stays free for ALTER SYSTEM. */
const SETTINGS_FILE = 'rakkaeo.conf'

/** Text is UTF-8 and sorted by byte; letters of all scripts are known, so that trigrams of Thai exist. */
const LOCALE = ['-E', 'UTF8', '--locale=C.UTF-8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
/** For machines without that locale in their C library: only the trigram index is weaker. */
const PLAIN_LOCALE = ['-E', 'UTF8', '--locale=C']

export function isMade({ folder }: Cluster): boolean {
  return existsSync(join(folder, 'PG_VERSION'))
}

/** Made under another name and renamed when whole: an interrupted start leaves no half of a database. */
export async function makeCluster(cluster: Cluster, password: string): Promise<void> {
  const draft = mkdtempSync(`${cluster.folder}.new-`)
  const passwordFile = join(draft, 'password')
  const data = join(draft, 'data')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  mkdirSync(data, { mode: 0o700 })
  for (const path of [draft, passwordFile, data]) giveTo(cluster.account, path)
  try {
    await initialise(cluster, draft)
    appendFileSync(join(data, 'postgresql.conf'), `include '${SETTINGS_FILE}'\n`)
    if (!isMade(cluster)) renameSync(data, cluster.folder)
  } finally {
    rmSync(draft, { recursive: true, force: true })
  }
}

async function initialise({ binaries, account }: Cluster, draft: string): Promise<void> {
  const run = (locale: string[]) => runAs(account, join(binaries, 'bin/initdb'), draft, folder =>
    ['-D', join(folder, 'data'), '-U', SUPERUSER, `--pwfile=${join(folder, 'password')}`, '-A', 'scram-sha-256', ...locale])
  const first = await run(LOCALE)
  if (first.ok) return
  const second = await run(PLAIN_LOCALE)
  if (!second.ok) throw startProblems.databaseFailed({ step: 'initdb', log: first.output })
}

/** Starts the server and gives its port. The port is kept when asked for, so that open pools find the server again. */
export async function launch(cluster: Cluster, samePort?: number): Promise<number> {
  const port = samePort ?? await freePort()
  writeSettings(cluster, port)
  dropStalePidFile(cluster)
  for (let attempt = 1; ; attempt++) {
    const logged = logSize(cluster)
    const started = await control(cluster, folder => ['start', '-w', '-t', '120', '-s', '-l', join(folder, LOG_FILE)])
    if (started.ok) return port
    const log = readLog(cluster, logged) || started.output
    // After a crash the old processes take a moment to go; another start may also have been faster than we.
    const isPassing = /shared memory block|lock file .* already exists|another server might be running/.test(log + started.output)
    if (!isPassing || attempt === LAUNCH_ATTEMPTS || runningPort(cluster)) throw startProblems.databaseFailed({ step: 'pg_ctl start', log })
    await wait(250)
  }
}

/** Ends all sessions, writes everything down and stops. */
export async function halt(cluster: Cluster): Promise<void> {
  await control(cluster, () => ['stop', '-w', '-t', '60', '-s', '-m', 'fast'])
}

/** The port of a server that runs on the folder, by its own pid file; null when none does. */
export function runningPort(cluster: Pick<Cluster, 'folder'>): number | null {
  const { pid, port } = readPidFile(cluster)
  return pid && port && isPostgres(pid) ? port : null
}

/** After a crash the number of the dead server may belong to another program by now, and PostgreSQL would refuse to start. */
function dropStalePidFile(cluster: Cluster): void {
  const { pid } = readPidFile(cluster)
  if (pid && !isPostgres(pid)) rmSync(pidFile(cluster), { force: true })
}

function readPidFile(cluster: Pick<Cluster, 'folder'>): { pid: number; port: number } {
  if (!existsSync(pidFile(cluster))) return { pid: 0, port: 0 }
  const [pid, , , port] = readFileSync(pidFile(cluster), 'utf8').split('\n')
  return { pid: Number(pid) || 0, port: Number(port) || 0 }
}

function isPostgres(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (reasonOf(error) !== 'EPERM') return false
  }
  if (process.platform !== 'linux') return true
  // A zombie has an empty command line, a stranger another one.
  return commandOf(pid).includes('postgres')
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function control({ folder, binaries, account }: Cluster, args: (folder: string) => string[]) {
  return runAs(account, join(binaries, 'bin/pg_ctl'), folder, door => ['-D', door, ...args(door)])
}

/** TCP on loopback only; no Unix socket, whose path may become too long. */
function writeSettings({ folder, account }: Cluster, port: number): void {
  const settings = [
    `listen_addresses = '127.0.0.1'`, `port = ${port}`, `unix_socket_directories = ''`,
    `shared_buffers = '${sharedMegabytes()}MB'`, `work_mem = '16MB'`, `max_wal_size = '2GB'`, 'jit = off', `timezone = 'UTC'`,
    `log_timezone = 'UTC'`, `log_min_messages = 'warning'`, 'max_connections = 100',
    // after a kill one call to the system instead of one for each of some 1,600 files
    ...process.platform === 'linux' ? [`recovery_init_sync_method = 'syncfs'`] : [],
  ]
  const file = join(folder, SETTINGS_FILE)
  writeFileSync(file, settings.join('\n') + '\n', { mode: 0o600 })
  giveTo(account, file)
}

/** An eighth of what this process may have: what a large import changes is then written once, by the checkpoint, and not by the import again and again. */
function sharedMegabytes(): number {
  const most = Math.min(totalmem(), process.constrainedMemory() || Infinity)
  return Math.min(2048, Math.max(128, Math.round(most / 8 / 2 ** 20)))
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo
      server.close(() => resolve(port))
    })
  })
}

const pidFile = ({ folder }: Pick<Cluster, 'folder'>) => join(folder, 'postmaster.pid')
const logFile = ({ folder }: Cluster) => join(folder, LOG_FILE)

function logSize(cluster: Cluster): number {
  return existsSync(logFile(cluster)) ? statSync(logFile(cluster)).size : 0
}

function readLog(cluster: Cluster, from: number): string {
  if (!existsSync(logFile(cluster))) return ''
  return readFileSync(logFile(cluster)).subarray(from).toString('utf8').trim().slice(-LOG_TAIL_CHARACTERS)
}
