import type { Act, ShelfName } from './store.ts'

/** Where the parts of an entry are. */
export const ALL = ['entries', 'answers', 'files', 'bytes'] as const satisfies ShelfName[]
export type All = Act<typeof ALL[number]>

export async function dropFile(tx: All, instanceId: string, name: string): Promise<void> {
  await tx.objectStore('files').delete([instanceId, name])
  await tx.objectStore('bytes').delete([instanceId, name])
}

/** What was answered and photographed; its line in the list stays, and the names of its files. */
export async function dropContent(tx: All, instanceId: string): Promise<void> {
  for (const key of await tx.objectStore('bytes').index('entry').getAllKeys(instanceId)) await tx.objectStore('bytes').delete(key)
  await tx.objectStore('answers').delete(instanceId)
}

export async function dropEntry(tx: All, instanceId: string): Promise<void> {
  await dropContent(tx, instanceId)
  for (const key of await tx.objectStore('files').index('entry').getAllKeys(instanceId)) await tx.objectStore('files').delete(key)
  await tx.objectStore('entries').delete(instanceId)
}
