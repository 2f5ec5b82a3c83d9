import { setTimeout as wait } from 'node:timers/promises'
import { NATION } from '../../domain/area/rules.ts'
import { readAs, SYSTEM } from '../db/scope.ts'
import { listWaiting } from './read.ts'
import { workOn, type Workshop } from './write.work.ts'

const EVERY_MS = 2000, KEPT_DAYS = 30, DAY_MS = 86_400_000
export type TableWorker = { /** Something is asked for. */ wake(): void; stop(): Promise<void> }

/**
 * Works on tables one after the other: at once when this server was asked, and every few seconds on what another one left. What is to be
 * done stands in the database, and is done in one transaction: a server that is killed leaves nothing half done.
 */
export function startTables(shop: Omit<Workshop, 'signal'>): TableWorker {
  const stopping = new AbortController(), { signal } = stopping
  let woken = new AbortController()
  const running = run()
  return { wake: () => woken.abort(), stop: async () => { stopping.abort(); woken.abort(); await running } }

  async function run(): Promise<void> {
    let sweptAt = 0
    while (!signal.aborted) {
      woken = new AbortController()
      if (Date.now() - sweptAt >= DAY_MS) {
        sweptAt = Date.now()
        await shop.spool.sweep(KEPT_DAYS * DAY_MS).catch(() => {})
      }
      await workOnAll().catch((error: Error) => { if (!signal.aborted) shop.tell(`tables could not be worked on: ${error.message}`) })
      if (!signal.aborted) await wait(EVERY_MS, undefined, { signal: woken.signal }).catch(() => {})
    }
  }

  async function workOnAll(): Promise<void> {
    for (const id of await readAs(shop.app, SYSTEM, tx => listWaiting(tx, [NATION]))) if (!signal.aborted) await workOn({ ...shop, signal }, id)
  }
}
