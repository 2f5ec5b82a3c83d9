import { setTimeout as wait } from 'node:timers/promises'
import type { Db } from '../db/db.ts'
import { compareArrived, searchOn } from './write.search.ts'

const EVERY_MS = 2000

export type Comparer = { stop(): Promise<void> }

/** Compares what has arrived with what is there, and goes on with searches that were asked for. Both queues are in the database. */
export function startComparer(app: Db, tell: (message: string) => void = () => {}, everyMs = EVERY_MS): Comparer {
  const stopping = new AbortController(), { signal } = stopping, running = run()
  return { stop: async () => { stopping.abort(); await running } }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        while (!signal.aborted && (await compareArrived(app, tell) || await searchOn(app, tell)));
      } catch (error) {
        tell(`duplicates could not be looked for: ${(error as Error).message}`)
      }
      await wait(everyMs, undefined, { signal }).catch(() => {})
    }
  }
}
