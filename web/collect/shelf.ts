import type { AreaCode, DatasetId, PersonId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import { makeAppointments, type Appointments } from './shelf.appoint.ts'
import { makeReading, type Reading } from './shelf.read.ts'
import { makeWatching, type Watching } from './shelf.watch.ts'
import { makeWriting, type Writing } from './shelf.write.ts'
import { openStore, type EntryState, type Store } from './store.ts'

export type { EntryState } from './store.ts'

/** Whose phone it is at this moment, and the key that opens what they wrote down. */
export type Holder = { person: PersonId; name: string; key: CryptoKey }

/** Known of a file: `sent` bytes of it the server has confirmed, or is being given. */
export type EntryFile = { name: string; type: string; bytes: number; sent: number }

/** What a draft says of itself each time it is kept. */
export type Draft = {
  instanceId: string; dataset: DatasetId; version: string; formArea: AreaCode
  /** The files of the form as they were when it was opened (`readForm`): kept as long as the draft. */
  formFiles: Record<string, string>
  formName: Text; title: string | null; place: AreaCode | null
  /** The thing that it is about or updates. */
  about: string | null
}
export type Entry = Draft & {
  person: PersonId; state: EntryState
  /** Why it waits, or why it was refused. */
  why: Text | null
  files: EntryFile[]; madeAt: string; changedAt: string; finishedAt: string | null; sentAt: string | null
  /** Sending was begun: the server may have it, whatever became of the line. */
  tried: boolean
}
/** `at`: where in the form the person was. */
export type Content = { entry: Entry; xml: string; at: string | null; files: Map<string, File> }

export type Parts = { store: () => Promise<Store>; now: () => Date }
export type Shelf = Reading & Writing & Appointments & Watching & { holder: Holder; close: () => void }

/** What one person wrote down on this phone: drafts, the outbox and what was sent. Whatever is done to it is done whole or not at all. */
export function openShelf(holder: Holder, parts: Partial<Parts> = {}): Shelf {
  const full: Parts = { store: openStore, now: () => new Date(), ...parts }
  const reading = makeReading(holder, full)
  const watching = makeWatching(reading.list)
  return { ...reading, ...makeWriting(holder, full, watching.tell), ...makeAppointments(holder, full, watching.tell), watch: watching.watch, tell: watching.tell, close: watching.close, holder }
}
