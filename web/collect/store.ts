import { openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb'
import type { AreaCode, DatasetId, PersonId, PhoneId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import type { Sealed } from './seal.ts'
import { collectProblems } from './problems.ts'

export type EntryState = 'draft' | 'waiting' | 'sending' | 'sent' | 'refused'

/** What may be read before a PIN: how much is unsent and why, never what was answered. */
export type EntryRow = {
  instanceId: string; person: PersonId; dataset: DatasetId; version: string; formArea: AreaCode; formFiles: Record<string, string>
  state: EntryState; why: Text | null; madeAt: string; changedAt: string; finishedAt: string | null; sentAt: string | null
  /** Sending was begun: the server may have it, whatever became of the line. */
  tried: boolean
  sealed: Sealed
}
export type FileRow = { instanceId: string; name: string; person: PersonId; type: string; bytes: number; sent: number }
/** `keyId` names the device key of the one time that somebody is here, from coming to signing out. Opened by nothing but the PIN (or by no PIN at all): `wrapped` is the device key, closed with a key made of `salt` and the PIN. */
export type PersonRow = { id: PersonId; name: string; hasPin: boolean; keyId: string; salt: Uint8Array; wrapped: Uint8Array; iv: Uint8Array; wrong: number; wrongAt: number; addedAt: string }
export type MediaRow = { person: PersonId; digest: string; type: string; usedAt: string; sealed: Sealed }
type Content = { instanceId: string; person: PersonId; sealed: Sealed }

export interface Shelves extends DBSchema {
  phone: { key: 'phone'; value: { id: PhoneId; name: string } }
  people: { key: string; value: PersonRow }
  kits: { key: string; value: { person: PersonId; tag: string; at: string; sealed: Sealed } }
  /** Forms and their files, each once, by what is in them. */
  media: { key: [string, string]; value: MediaRow; indexes: { person: string; used: [string, string] } }
  entries: { key: string; value: EntryRow; indexes: { person: string } }
  answers: { key: string; value: Content; indexes: { person: string } }
  files: { key: [string, string]; value: FileRow; indexes: { person: string; entry: string } }
  bytes: { key: [string, string]; value: Content & { name: string }; indexes: { person: string; entry: string } }
}
export type Store = IDBPDatabase<Shelves>
export type ShelfName = StoreNames<Shelves>
export type Act<N extends ShelfName> = IDBPTransaction<Shelves, N[], 'readwrite'>

const NAME = 'rakkaeo-collect', VERSION = 1
let opened: Promise<Store> | null = null

/** The browser's own database; opened again when the browser closed it. */
export function openStore(): Promise<Store> {
  const forget = () => { opened = null }
  const opening = opened ?? openDB<Shelves>(NAME, VERSION, {
    upgrade: build, terminated: forget,
    blocking: (_old, _new, event) => { forget(); (event.target as IDBDatabase).close() },
  })
  opening.catch(forget)
  opened = opening
  return opening
}

/** Ends the connection, as closing every tab does. */
export async function closeStore(): Promise<void> {
  const closing = opened
  opened = null
  ;(await closing)?.close()
}

function build(db: Store): void {
  db.createObjectStore('phone')
  db.createObjectStore('people', { keyPath: 'id' })
  db.createObjectStore('kits', { keyPath: 'person' })
  const media = db.createObjectStore('media', { keyPath: ['person', 'digest'] })
  media.createIndex('person', 'person')
  media.createIndex('used', ['person', 'usedAt'])
  db.createObjectStore('entries', { keyPath: 'instanceId' }).createIndex('person', 'person')
  db.createObjectStore('answers', { keyPath: 'instanceId' }).createIndex('person', 'person')
  for (const name of ['files', 'bytes'] as const) {
    const shelf = db.createObjectStore(name, { keyPath: ['instanceId', 'name'] })
    shelf.createIndex('person', 'person')
    shelf.createIndex('entry', 'instanceId')
  }
}

/** One act, whole or not at all, and on the disk before it counts as done. Nothing but the store may be awaited inside: the browser would close the act. */
export async function act<N extends ShelfName, T>(db: Store, names: N[], work: (tx: Act<N>) => Promise<T>): Promise<T> {
  const tx = db.transaction(names, 'readwrite', { durability: 'strict' })
  const done = tx.done
  done.catch(() => undefined)
  try {
    const result = await work(tx)
    await done
    return result
  } catch (error) {
    const reason = tx.error ?? error
    try { tx.abort() } catch { /* it is over already */ }
    throw isFull(reason) || isFull(error) ? collectProblems.phoneFull({}) : error
  }
}

const isFull = (error: unknown) => (error as { name?: string } | null)?.name === 'QuotaExceededError'
