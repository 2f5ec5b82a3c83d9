import type { Holder, Parts } from './entry.ts'
import { makeAppointments, type Appointments } from './shelf.appoint.ts'
import { makeReading, type Reading } from './shelf.read.ts'
import { makeWatching, type Watching } from './shelf.watch.ts'
import { makeWriting, type Writing } from './shelf.write.ts'
import { openStore } from './store.ts'

export type { Content, Draft, Entry, EntryFile, Holder } from './entry.ts'
export type { EntryState } from './store.ts'
export type Shelf = Reading & Writing & Appointments & Watching & { holder: Holder }

/** What one person wrote down on this phone: drafts, the outbox and what was sent. Whatever is done to it is done whole or not at all. */
export function openShelf(holder: Holder, parts: Partial<Parts> = {}): Shelf {
  const full: Parts = { store: openStore, now: () => new Date(), ...parts }
  const reading = makeReading(holder, full), watching = makeWatching(reading.list)
  return { ...reading, ...makeWriting(holder, full, watching.tell), ...makeAppointments(holder, full, watching.tell), ...watching, holder }
}
