import { setTimeout as wait } from 'node:timers/promises'
import type { FileStore } from '../base/file-store.ts'
import type { Db } from '../db/db.ts'
import { removeGone } from './write.gone.ts'
import { proposeDue } from './write.proposals.ts'

const EVERY_MS = 3000, CLOCK_EVERY_MS = 3_600_000

export type Keeper = { stop(): Promise<void> }

/** The clock of what is held of persons: each hour it proposes what is due, and takes from the disk what was erased. It erases no record by itself. */
export function startKeeper(app: Db, files: FileStore, tell: (message: string) => void = () => {}, everyMs = EVERY_MS): Keeper {
  const stopping = new AbortController(), { signal } = stopping
  let nextClock = 0
  const running = run()
  return { stop: async () => { stopping.abort(); await running } }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        while (!signal.aborted && await removeGone(app, files) > 0);
        if (Date.now() >= nextClock) {
          while (!signal.aborted && await proposeDue(app) > 0);
          nextClock = Date.now() + CLOCK_EVERY_MS
        }
      } catch (error) {
        tell(`what is due could not be looked for: ${(error as Error).message}`)
      }
      await wait(everyMs, undefined, { signal }).catch(() => {})
    }
  }
}
