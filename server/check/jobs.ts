import { setTimeout as wait } from 'node:timers/promises'
import type { Db } from '../db/db.ts'
import { judgeAgain } from './write.again.ts'
import { countNext } from './write.quality.ts'

const EVERY_MS = 5000, AT_ONCE = 300, PAUSE_SECONDS = 60
export type Checker = { stop(): Promise<void> }

/**
 * Judges records again where checks changed, and counts flags and scores where records did. What is to be done stands in the database, and is
 * done a little at a time: a server that is killed leaves nothing half done, and two do not do the same.
 */
export function startChecker(app: Db, tell: (message: string) => void): Checker {
  const stopping = new AbortController(), running = run()
  return { stop: async () => { stopping.abort(); await running } }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await wait(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {})
      if (!stopping.signal.aborted) await doAll().catch((error: Error) => tell(`records could not be judged again: ${error.message}`))
    }
  }

  async function doAll(): Promise<void> {
    while (!stopping.signal.aborted && await judgeAgain(app, AT_ONCE) > 0);
    while (!stopping.signal.aborted && await countNext(app, PAUSE_SECONDS) !== null);
  }
}
