import type { Entry } from './entry.ts'

export type Watching = {
  /** Calls at once, and again after every change, in other tabs too. Returns how to end it. */
  watch: (told: (entries: Entry[]) => void) => () => void
  /** Something changed. */
  tell: () => void
  close: () => void
}

/** A list of hundreds takes a while: of the time there is, at most a fifth goes into telling. */
const CHANNEL = 'rakkaeo-collect', TOGETHER_MS = 50, REST = 4

/** Changes that come close together are told once. */
export function makeWatching(list: () => Promise<Entry[]>): Watching {
  const watchers = new Set<(entries: Entry[]) => void>()
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL)
  let soon: ReturnType<typeof setTimeout> | null = null
  let took = 0
  const pass = async () => {
    soon = null
    const began = performance.now(), entries = await list().catch(() => null)
    if (entries) for (const told of watchers) told(entries)
    took = performance.now() - began
  }
  const tellHere = () => { if (watchers.size > 0) soon ??= setTimeout(() => void pass(), Math.max(TOGETHER_MS, REST * took)) }
  channel?.addEventListener('message', tellHere)
  return {
    watch: told => {
      watchers.add(told)
      void list().then(entries => { if (watchers.has(told)) told(entries) }, () => undefined)
      return () => { watchers.delete(told) }
    },
    tell: () => { tellHere(); channel?.postMessage('changed') },
    close: () => {
      watchers.clear()
      if (soon) clearTimeout(soon)
      channel?.close()
    },
  }
}
