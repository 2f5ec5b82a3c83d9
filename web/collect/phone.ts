import { isPhoneReply, phoneAddress } from './addresses.ts'
import { logOut } from './people.ts'
import type { Entry, Shelf } from './shelf.ts'
import { getPhone } from './phone.name.ts'
import { openStore, type Store } from './store.ts'

export { getPhone, renamePhone, type Phone } from './phone.name.ts'
export type PhoneParts = { store: () => Promise<Store>; fetch: typeof globalThis.fetch }
type Told = { unsent: number; oldest: string | null }

const here: PhoneParts = { store: openStore, fetch: (...asked) => fetch(...asked) }
const SOON_MS = 2_000

/** What is only here: drafts, the outbox, and what was refused. */
export function tallyOf(entries: readonly Pick<Entry, 'state' | 'madeAt'>[]): Told {
  const unsent = entries.filter(({ state }) => state !== 'sent')
  return { unsent: unsent.length, oldest: unsent.map(({ madeAt }) => madeAt).sort()[0] ?? null }
}

/** Tells the server how much waits here. Where it says that this phone was revoked, the person is wiped from it. Null: nobody could be told. */
export async function reportPhone(shelf: Shelf, version: string, parts: PhoneParts = here): Promise<{ revoked: boolean } | null> {
  const { id, name } = await getPhone(parts), tally = tallyOf(await shelf.list())
  const response = await parts.fetch(phoneAddress(id), {
    method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name, version, ...tally }),
  }).catch(() => null)
  const reply: unknown = response?.ok ? await response.json().catch(() => null) : null
  if (!isPhoneReply(reply)) return null
  if (reply.revoked) await logOut(shelf.holder.person, { evenUnsent: true }, parts)
  return reply
}

/** Reports at once and after every change while there is a line. Returns how to end it. */
export function keepReporting(shelf: Shelf, version: string, onRevoked: () => void, parts: PhoneParts = here): () => void {
  let last = '', soon: ReturnType<typeof setTimeout> | null = null
  const report = async (told: string) => {
    soon = null
    if (!navigator.onLine) return
    const reply = await reportPhone(shelf, version, parts)
    if (reply) last = told
    if (reply?.revoked) onRevoked()
  }
  const look = (entries: readonly Entry[]) => {
    const told = JSON.stringify(tallyOf(entries))
    if (told !== last) soon ??= setTimeout(() => void report(told), SOON_MS)
  }
  const again = () => { last = ''; void shelf.list().then(look) }
  const end = shelf.watch(look)
  addEventListener('online', again)
  return () => {
    end()
    removeEventListener('online', again)
    if (soon) clearTimeout(soon)
  }
}

/** Asks the browser not to clear this site when the phone grows full. Some say yes only to what is installed or often used. */
export async function keepStorage(): Promise<boolean> {
  return await navigator.storage?.persisted?.() || await navigator.storage?.persist?.() || false
}

/** Null: the browser does not say. */
export async function measureRoom(): Promise<{ usedBytes: number; freeBytes: number } | null> {
  const { usage, quota } = await navigator.storage?.estimate?.() ?? {}
  return usage === undefined || quota === undefined ? null : { usedBytes: usage, freeBytes: Math.max(0, quota - usage) }
}
