import type { AreaCode, DatasetId } from '../../domain/base/ids.ts'
import { formAddress, mediaAddress } from './addresses.ts'
import { collectProblems } from './problems.ts'
import { closeBytes, openBytes } from './seal.ts'
import type { Holder } from './entry.ts'
import { act, type Store } from './store.ts'

/** The XML of a form among its files; no file may be called so. */
export const FORM_XML = '/form.xml'
export type Lines = { store: () => Promise<Store>; fetch: typeof globalThis.fetch; now: () => Date }
/** Something to have on the phone: named by what is in it. */
export type Wanted = { digest: string; href: string }
type OfForm = { area: AreaCode; id: DatasetId; version: string; md5: string; files: readonly { name: string; md5: string }[] }

const ABOUT = (digest: string) => `media ${digest}`
const DAY_MS = 86_400_000, UNUSED_DAYS = 7

export const outlineDigest = (href: string) => `outline ${href}`

/** What a form needs, by the names it uses. */
export function filesOf(form: OfForm): Record<string, string> {
  return { [FORM_XML]: form.md5, ...Object.fromEntries(form.files.map(({ name, md5 }) => [name, md5])) }
}

export function wantedOf(form: OfForm): Wanted[] {
  return [{ digest: form.md5, href: formAddress(form) }, ...form.files.map(({ name, md5 }) => ({ digest: md5, href: mediaAddress(form, name) }))]
}

export async function listHeld({ person }: Holder, { store }: Lines): Promise<Set<string>> {
  return new Set((await (await store()).getAllKeysFromIndex('media', 'person', person)).map(([, digest]) => digest))
}

/** Fetches one and keeps it. @throws where the line, the session or the room of the phone does not allow it. */
export async function fetchMedia({ person, key }: Holder, { digest, href }: Wanted, { store, fetch, now }: Lines): Promise<void> {
  const response = await fetch(href, { cache: 'no-store' }).catch(() => { throw collectProblems.offline({}) })
  if (!response.ok) throw response.status === 401 ? collectProblems.signIn({}) : collectProblems.serverBusy({})
  const bytes = new Uint8Array(await response.arrayBuffer().catch(() => { throw collectProblems.offline({}) }))
  const sealed = await closeBytes(key, ABOUT(digest), bytes)
  const row = { person, digest, type: response.headers.get('content-type') ?? '', usedAt: now().toISOString(), sealed }
  await act(await store(), ['media'], tx => tx.objectStore('media').put(row))
}

export async function readMedia({ person, key }: Holder, digest: string, { store }: Lines): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> } | null> {
  const row = await (await store()).get('media', [person, digest])
  return row ? { type: row.type, bytes: await openBytes(key, ABOUT(digest), row.sealed) } : null
}

/** Takes away what neither the kit nor a draft has named for a week; a form that is open in this moment is younger. */
export async function clearMedia({ person }: Holder, named: ReadonlySet<string>, { store, now }: Lines): Promise<void> {
  const before = (days: number) => new Date(now().getTime() - days * DAY_MS).toISOString()
  await act(await store(), ['media'], async tx => {
    const media = tx.objectStore('media'), old = IDBKeyRange.bound([person, ''], [person, before(1)])
    for (const key of await media.index('used').getAllKeys(old)) {
      const row = await media.get(key)
      if (row && named.has(row.digest)) await media.put({ ...row, usedAt: now().toISOString() })
      else if (row && row.usedAt < before(UNUSED_DAYS)) await media.delete(key)
    }
  })
}
