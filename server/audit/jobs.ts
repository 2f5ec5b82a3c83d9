import { setTimeout as wait } from 'node:timers/promises'
import type { Db } from '../db/db.ts'
import { sealNext } from './write.seal.ts'

const EVERY_MS = 1000

/** Seals what was written, each second and after a pause all that gathered; `stop` seals once more, so that a quiet house is sealed. */
export function startSealer(sealer: Db, log: (message: string) => void = () => {}, everyMs = EVERY_MS): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const running = run()
  return { stop: async () => { stopping.abort(); await running } }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await sealAll()
      await wait(everyMs, undefined, { signal: stopping.signal }).catch(() => {})
    }
    await sealAll()
  }

  /** A database that is being restarted is no fault of the audit: the next second catches up. */
  async function sealAll(): Promise<void> {
    try {
      while (await sealNext(sealer) > 0);
    } catch (error) {
      log(`the audit could not be sealed: ${(error as Error).message}`)
    }
  }
}
