import type { PersonId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import type { Holder, Parts } from './entry.ts'
import { ALL, dropContent, dropEntry, type All } from './shelf.drop.ts'
import { act, type Act, type EntryRow, type Store } from './store.ts'

/** The outbox's own steps: each is one act, so that a tab may be killed between any two. */
export type Appointments = {
  /** Before the first byte leaves. False: it is not waiting any more. */
  begin: (instanceId: string) => Promise<boolean>
  /** So many bytes of a file have been confirmed. */
  noteSent: (instanceId: string, sent: Readonly<Record<string, number>>) => Promise<void>
  /** They wait on, for this reason. */
  hold: (instanceIds: readonly string[], why: Text | null) => Promise<void>
  /** The server will not take it as it is. It is kept. */
  refuse: (instanceId: string, why: Text) => Promise<void>
  /** The server named every file: answers and photos go from the phone, its line and the names of its files stay. */
  confirm: (instanceId: string) => Promise<void>
  /** Takes away the lines of what was sent long ago. */
  clearSent: () => Promise<void>
}

const KEPT_DAYS = 30, DAY_MS = 86_400_000

export function makeAppointments({ person }: Holder, { store, now }: Parts, tell: () => void): Appointments {
  /** Only what waits or is being sent; another tab may have been quicker. */
  const change = async (instanceId: string, made: Partial<EntryRow>, work: (tx: All) => Promise<void> = async () => {}): Promise<boolean> => {
    const changed = await act(await store(), [...ALL], async tx => {
      const row = await tx.objectStore('entries').get(instanceId)
      if (!row || !isOut(row, person)) return false
      await work(tx)
      await tx.objectStore('entries').put({ ...row, ...made })
      return true
    })
    if (changed) tell()
    return changed
  }
  return {
    begin: id => change(id, { state: 'sending', why: null, tried: true }),
    hold: async (ids, why) => { await act(await store(), ['entries'], tx => holdAll(tx, ids, why, person)); tell() },
    refuse: async (id, why) => { await change(id, { state: 'refused', why }) },
    noteSent: async (id, sent) => { await change(id, {}, tx => noteSent(tx, id, sent)) },
    confirm: async id => { await change(id, { state: 'sent', why: null, sentAt: now().toISOString() }, tx => giveUp(tx, id)) },
    clearSent: async () => { if (await clearSent(await store(), person, now())) tell() },
  }
}

const isOut = (row: EntryRow, person: PersonId) => row.person === person && (row.state === 'waiting' || row.state === 'sending')

async function holdAll(tx: Act<'entries'>, ids: readonly string[], why: Text | null, person: PersonId): Promise<void> {
  for (const id of ids) {
    const row = await tx.objectStore('entries').get(id)
    if (row && isOut(row, person)) await tx.objectStore('entries').put({ ...row, state: 'waiting', why })
  }
}

async function clearSent(db: Store, person: PersonId, now: Date): Promise<boolean> {
  const before = new Date(now.getTime() - KEPT_DAYS * DAY_MS).toISOString()
  const old = (await db.getAllFromIndex('entries', 'person', person)).filter(({ state, sentAt }) => state === 'sent' && (sentAt ?? '') < before)
  if (old.length > 0) await act(db, [...ALL], async tx => { for (const { instanceId } of old) await dropEntry(tx, instanceId) })
  return old.length > 0
}

async function noteSent(tx: All, instanceId: string, sent: Readonly<Record<string, number>>): Promise<void> {
  for (const file of await tx.objectStore('files').index('entry').getAll(instanceId)) {
    const bytes = sent[file.name]
    if (bytes !== undefined) await tx.objectStore('files').put({ ...file, sent: Math.min(bytes, file.bytes) })
  }
}

async function giveUp(tx: All, instanceId: string): Promise<void> {
  await dropContent(tx, instanceId)
  for (const file of await tx.objectStore('files').index('entry').getAll(instanceId)) await tx.objectStore('files').put({ ...file, sent: file.bytes })
}
