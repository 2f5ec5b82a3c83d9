import type { Text } from '../../domain/base/text.ts'
import type { Holder, Parts } from './shelf.ts'
import { ALL, dropContent, dropEntry } from './shelf.drop.ts'
import { act, type EntryRow } from './store.ts'

/** The outbox's own steps: each one row or one act, so that a tab may be killed between any two. */
export type Appointments = {
  /** Before the first byte leaves. False: it is not waiting any more. */
  begin: (instanceId: string) => Promise<boolean>
  /** So many bytes of a file have been confirmed. */
  noteSent: (instanceId: string, sent: Readonly<Record<string, number>>) => Promise<void>
  /** It waits on, for this reason. */
  hold: (instanceId: string, why: Text | null) => Promise<void>
  /** The server will not take it as it is. It is kept. */
  refuse: (instanceId: string, why: Text) => Promise<void>
  /** The server named every file: answers and photos go from the phone, its line and the names of its files stay. */
  confirm: (instanceId: string) => Promise<void>
  /** Takes away the lines of what was sent long ago. */
  clearSent: () => Promise<void>
}

const KEPT_DAYS = 30, DAY_MS = 86_400_000

export function makeAppointments({ person }: Holder, { store, now }: Parts, tell: () => void): Appointments {
  const change = async (instanceId: string, make: (row: EntryRow) => Partial<EntryRow> | null): Promise<boolean> => {
    const changed = await act(await store(), ['entries'], async tx => {
      const row = await tx.objectStore('entries').get(instanceId), made = row?.person === person ? make(row) : null
      if (row && made) await tx.objectStore('entries').put({ ...row, ...made })
      return made !== null
    })
    if (changed) tell()
    return changed
  }
  const isOut = ({ state }: EntryRow) => state === 'waiting' || state === 'sending'
  return {
    begin: id => change(id, row => isOut(row) ? { state: 'sending', why: null, tried: true } : null),
    hold: async (id, why) => { await change(id, row => isOut(row) ? { state: 'waiting', why } : null) },
    refuse: async (id, why) => { await change(id, row => isOut(row) ? { state: 'refused', why } : null) },
    noteSent: async (id, sent) => {
      await act(await store(), ['files'], async tx => {
        for (const row of await tx.objectStore('files').index('entry').getAll(id)) {
          const bytes = sent[row.name]
          if (bytes !== undefined && row.person === person) await tx.objectStore('files').put({ ...row, sent: Math.min(bytes, row.bytes) })
        }
      })
      tell()
    },
    confirm: async id => {
      await act(await store(), [...ALL], async tx => {
        const row = await tx.objectStore('entries').get(id)
        if (row?.person !== person || !isOut(row)) return
        await dropContent(tx, id)
        for (const file of await tx.objectStore('files').index('entry').getAll(id)) await tx.objectStore('files').put({ ...file, sent: file.bytes })
        await tx.objectStore('entries').put({ ...row, state: 'sent', why: null, sentAt: now().toISOString() })
      })
      tell()
    },
    clearSent: async () => {
      const before = new Date(now().getTime() - KEPT_DAYS * DAY_MS).toISOString()
      await act(await store(), [...ALL], async tx => {
        for (const row of await tx.objectStore('entries').index('person').getAll(person)) if (row.state === 'sent' && (row.sentAt ?? '') < before) await dropEntry(tx, row.instanceId)
      })
      tell()
    },
  }
}
