import type { Entry } from './entry.ts'

export type Watching = {
  /** Calls at once, and again after every change, in other tabs too. Returns how to end it. */
  watch: (told: (entries: Entry[]) => void) => () => void
  /** Something changed. */
  tell: () => void
  close: () => void
}

const CHANNEL = 'rakkaeo-collect', TOGETHER_MS = 50

/** Changes that come close together are told once. */
export function makeWatching(list: () => Promise<Entry[]>): Watching {
  const watchers = new Set<(entries: Entry[]) => void>()
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL)
  let soon: ReturnType<typeof setTimeout> | null = null
  const pass = async () => {
    soon = null
    const entries = await list().catch(() => null)
    if (entries) for (const told of watchers) told(entries)
  }
  const tellHere = () => { if (watchers.size > 0) soon ??= setTimeout(() => void pass(), TOGETHER_MS) }
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
