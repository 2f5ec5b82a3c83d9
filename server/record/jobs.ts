import { setTimeout as wait } from 'node:timers/promises'
import type { Seal } from '../base/seal.ts'
import type { Db } from '../db/db.ts'
import { mapWaiting } from './write.map.ts'

const EVERY_MS = 5000, AT_ONCE = 100, PAUSE_MS = 20

export type Reader = { /** Something has arrived. */ wake(): void; stop(): Promise<void> }

/**
 * Reads into core what has arrived: at once when this server took it in, and every few seconds what another one left. The queue is in the
 * database: a server that is killed leaves nothing undone.
 */
export function startReader(app: Db, seal: Seal, tell: (message: string) => void = () => {}): Reader {
  const stopping = new AbortController()
  let woken = new AbortController()
  const running = run()
  return { wake: () => woken.abort(), stop: async () => { stopping.abort(); woken.abort(); await running } }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await readAll()
      if (woken.signal.aborted && !stopping.signal.aborted) { woken = new AbortController(); await wait(PAUSE_MS) }
      else await wait(EVERY_MS, undefined, { signal: woken.signal }).catch(() => {})
    }
  }

  /** A database that is being restarted is no fault of what waits: it is read afterwards. */
  async function readAll(): Promise<void> {
    try {
      while (!stopping.signal.aborted && await mapWaiting(app, seal, AT_ONCE, tell) > 0);
    } catch (error) {
      tell(`what has arrived could not be read: ${(error as Error).message}`)
    }
  }
}
