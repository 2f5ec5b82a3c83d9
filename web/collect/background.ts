import type { Lang } from '../../domain/base/text.ts'
import { makeOutbox } from './outbox.ts'
import { listPeople, unlock } from './people.ts'
import { openShelf } from './shelf.ts'
import { SYNC } from './sync.ts'

type Pages = { matchAll: (of: { type: 'window' }) => Promise<readonly { postMessage: (said: string) => void }[]> }

/**
 * When the browser wakes the service worker because there is a line: pages that are open send for themselves. What people without a PIN
 * have waiting is sent from here, also when no page is open; the entries of the others nobody can read until they come back.
 */
export async function sendInBackground(pages: Pages, version: string): Promise<void> {
  for (const page of await pages.matchAll({ type: 'window' })) page.postMessage(SYNC)
  const lang = (): Lang => navigator.language.startsWith('en') ? 'en' : 'th'
  for (const { id, hasPin, unsent } of await listPeople()) {
    if (hasPin || unsent === 0) continue
    const shelf = openShelf(await unlock(id, ''))
    await makeOutbox(shelf, { version, lang }).sendNow().finally(shelf.close)
  }
}
