import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { KEPT_CODE } from './command.ts'

/** The real command, running in a process of its own. */
export type RunningServer = { address: string; child: ChildProcess; readyAfterMs: number; output: () => string; stop: () => Promise<void> }

const CHECKOUT = resolve(import.meta.dirname, '../..')
/** The first start also builds the site and loads the seed, perhaps on a slow machine. */
const PATIENCE_MS = 300_000

/** Starts `rakkaeo start` in a data folder and waits until it says that it is ready. The keys lie beside the folder, as for everybody. */
export async function startServer(dataFolder: string, env: Record<string, string> = {}, checkout = CHECKOUT): Promise<RunningServer> {
  // a port that was free a moment ago may have gone to a connection of another test
  return startOnce(dataFolder, env, checkout).catch(error => /is taken by another program/.test(String(error)) ? startOnce(dataFolder, env, checkout) : Promise.reject(error))
}

async function startOnce(dataFolder: string, env: Record<string, string>, checkout: string): Promise<RunningServer> {
  const port = Number(env.RAKKAEO_PORT ?? await getFreePort())
  const began = performance.now()
  const child = spawn(process.execPath, ['cli/rakkaeo.mjs', 'start'], {
    cwd: checkout,
    env: { ...process.env, ...KEPT_CODE, DATABASE_URL: '', RAKKAEO_DATA: dataFolder, RAKKAEO_KEYS: `${dataFolder}.keys`, RAKKAEO_PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece: Buffer) => { said += piece })
  const address = `http://127.0.0.1:${port}`
  await waitUntilHealthy(address, child, () => said)
  return { address, child, readyAfterMs: performance.now() - began, output: () => said, stop: () => stop(child) }
}

async function waitUntilHealthy(address: string, child: ChildProcess, said: () => string): Promise<void> {
  const until = performance.now() + PATIENCE_MS
  while (performance.now() < until) {
    if (child.exitCode !== null) throw new Error(`The server ended with code ${child.exitCode} before it was ready:\n${said()}`)
    const healthy = await fetch(`${address}/api/health`).then(reply => reply.ok, () => false)
    if (healthy) return
    await new Promise(wake => setTimeout(wake, 25))
  }
  await stop(child)
  throw new Error(`The server was not ready after ${PATIENCE_MS / 1000} s:\n${said()}`)
}

/** As Ctrl-C does; waits until it has gone. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const gone = once(child, 'exit')
  child.kill('SIGINT')
  await gone
}

/** A port that nobody listens on at this moment. */
export async function getFreePort(wanted = 0): Promise<number> {
  const listener = createServer().listen(wanted, '127.0.0.1')
  await once(listener, 'listening')
  const { port } = listener.address() as { port: number }
  listener.close()
  await once(listener, 'close')
  return port
}

const KEPT_PORTS = { from: 20_000, count: 10_000 }
/** One that no connection is given meanwhile: systems take those for connections from above. */
export async function getLastingPort(): Promise<number> {
  return getFreePort(KEPT_PORTS.from + Math.floor(Math.random() * KEPT_PORTS.count)).catch(() => getLastingPort())
}
