import { setTimeout as wait } from 'node:timers/promises'
import { settleCounts } from '../count/write.ts'
import type { Db } from '../db/db.ts'
import { SYSTEM, writeAs } from '../db/scope.ts'

const EVERY_MS = 1000, AT_ONCE = 20_000

/** Lets counts and figures follow what was done to records: each second what acts have noted meanwhile, whoever's server did them. */
export function startFollower(app: Db, tell: (message: string) => void = () => {}): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const running = run()
  return { stop: async () => { stopping.abort(); await running } }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await followAll()
      await wait(EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {})
    }
  }

  /** A database that is being restarted is no fault of what waits: it is added up afterwards. */
  async function followAll(): Promise<void> {
    try {
      while (!stopping.signal.aborted && await follow(app) > 0);
    } catch (error) {
      tell(`counts and figures could not follow: ${(error as Error).message}`)
    }
  }
}

/** Adds up what has been noted so far; tells in how many places something changed. */
export async function follow(app: Db): Promise<number> {
  return writeAs(app, SYSTEM, async tx => (await settleCounts(tx, AT_ONCE))?.length ?? 0)
}
