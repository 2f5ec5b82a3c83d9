import { setTimeout as wait } from 'node:timers/promises'
import { settleCounts } from '../count/write.ts'
import type { Db } from '../db/db.ts'
import { SYSTEM, writeAs } from '../db/scope.ts'
import { getDefinitionsEdition } from './read.follow.ts'
import { followCounts, followDefinitions } from './write.follow.ts'

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
      while (!stopping.signal.aborted && (await follow(app) ?? 0) > 0);
    } catch (error) {
      tell(`counts and figures could not follow: ${(error as Error).message}`)
    }
  }
}

/** The definitions that figures were last made by, as this process has seen them. */
const seen = new WeakMap<Db, string>()

/**
 * Adds up what has been noted so far, and makes the figures of it anew, in one transaction: killed half-way, nothing of it was done.
 * Tells in how many places something changed; null: another one is at it.
 */
export async function follow(app: Db): Promise<number | null> {
  const done = await writeAs(app, SYSTEM, async tx => {
    const touched = await settleCounts(tx, AT_ONCE)
    if (touched === null) return null
    const edition = await getDefinitionsEdition(tx)
    if (edition !== seen.get(app)) await followDefinitions(tx)
    if (touched.length > 0) await followCounts(tx, touched)
    return { places: touched.length, edition }
  })
  if (done) seen.set(app, done.edition)
  return done && done.places
}
