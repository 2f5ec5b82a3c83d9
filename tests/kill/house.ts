import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { postmasterOf } from '../setup/seeded-folder.ts'
import { startServer, type RunningServer } from '../setup/server.ts'

/** The real server and its database over a data folder, each in processes of its own that can be killed at any moment. */
export class House {
  readonly data: string
  readonly #env: Record<string, string>
  #server: RunningServer | null = null
  #serving = Promise.withResolvers<string>()

  constructor(data: string) {
    this.data = data
    // What takes the time of a start: code is compiled.
    this.#env = { NODE_COMPILE_CACHE: join(dirname(data), 'compiled') }
  }

  /** Where it serves, as soon as it does. */
  address(): Promise<string> { return this.#serving.promise }

  async start(): Promise<void> {
    this.#server = await startServer(this.data, this.#env)
    this.#serving.resolve(this.#server.address)
  }

  /** As when the power goes: the server and the database in the same moment. */
  async kill(): Promise<void> {
    const { child } = this.#server as RunningServer, database = databaseOf(this.data)
    if (database.length === 0) throw new Error(`no database runs on ${this.data}: nothing would be proved by killing the server alone`)
    this.#serving = Promise.withResolvers()
    await killAll(child, database)
  }

  /** The power comes back for a moment only: killed while it is getting up. */
  async killWhileStarting(afterMs: number): Promise<void> {
    const env = { ...process.env, ...this.#env, DATABASE_URL: '', RAKKAEO_DATA: this.data, RAKKAEO_KEYS: `${this.data}.keys`, RAKKAEO_PORT: '0' }
    const child = spawn(process.execPath, ['cli/rakkaeo.mjs', 'start'], { cwd: join(import.meta.dirname, '../..'), env, stdio: 'ignore' })
    await wait(afterMs)
    await killAll(child, databaseOf(this.data))
  }

  async stop(): Promise<void> {
    await this.#server?.stop()
    for (const pid of databaseOf(this.data)) end(pid)
  }
}

async function killAll(server: ChildProcess, database: number[]): Promise<void> {
  const gone = server.exitCode === null && server.signalCode === null ? once(server, 'exit') : null
  server.kill('SIGKILL')
  database.forEach(end)
  await gone
}

/** The database of this folder and no other: a number in an old pid file may be somebody else's by now. Every other time with its helpers, which else go by themselves. */
function databaseOf(data: string): number[] {
  const pid = postmasterOf(data)
  if (pid === null || folderOf(pid) !== realpathSync(join(data, 'postgres'))) return []
  return Math.random() < 0.5 ? [pid] : [pid, ...childrenOf(pid)]
}

/** What a process had, when it has just ended by itself, is nothing. */
const folderOf = (pid: number) => unlessGone(() => readlinkSync(`/proc/${pid}/cwd`), '')
const childrenOf = (pid: number) => unlessGone(() => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number), [])
const end = (pid: number) => unlessGone(() => process.kill(pid, 'SIGKILL'), false)

function unlessGone<T>(look: () => T, gone: T): T {
  try { return look() } catch { return gone }
}
