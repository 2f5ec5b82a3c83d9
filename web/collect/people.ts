import type { PersonId } from '../../domain/base/ids.ts'
import { collectProblems } from './problems.ts'
import { makeKey, unwrapKey, wrapKey } from './seal.ts'
import type { Holder } from './entry.ts'
import { act, openStore, type PersonRow, type ShelfName, type Store } from './store.ts'

/** Somebody who collects on this phone, as far as it may be told before their PIN. `hasPin: false`: whoever holds the phone may read what they wrote. */
export type PhonePerson = { id: PersonId; name: string; hasPin: boolean; unsent: number }
export type People = { store: () => Promise<Store>; now: () => number }

const here: People = { store: openStore, now: () => Date.now() }
const TRIES = 3, FIRST_WAIT_MS = 5_000, LONGEST_WAIT_MS = 15 * 60_000

export async function listPeople({ store }: Pick<People, 'store'> = here): Promise<PhonePerson[]> {
  const db = await store(), people = await db.getAll('people')
  return Promise.all(people.map(async ({ id, name, hasPin }) => ({ id, name, hasPin, unsent: await countUnsent(db, id) })))
}

/** Everything but what was sent, drafts too: it is nowhere but here. */
export async function countUnsent(db: Store, person: PersonId): Promise<number> {
  return (await db.getAllFromIndex('entries', 'person', person)).filter(({ state }) => state !== 'sent').length
}

/** Makes a random key for what they will write down. An empty `pin` is none. Somebody who is here already keeps key, PIN and entries: `unlock` them. */
export async function addPerson(me: { id: PersonId; name: string }, pin: string, { store, now }: People = here): Promise<Holder> {
  const key = await makeKey(), wrapped = await wrapKey(key, pin)
  const row: PersonRow = { id: me.id, name: me.name, hasPin: pin !== '', keyId: crypto.randomUUID(), ...wrapped, wrong: 0, wrongAt: 0, addedAt: new Date(now()).toISOString() }
  // add, not put: a second tab that adds the same person must not throw away the first one's key
  const added = await act(await store(), ['people'], async tx => await tx.objectStore('people').get(me.id) === undefined && (await tx.objectStore('people').add(row), true))
  return added ? { person: me.id, name: me.name, key, keyId: row.keyId } : unlock(me.id, pin, { store, now })
}

/** @throws where the PIN is another, or was wrong so often that one has to wait. */
export async function unlock(person: PersonId, pin: string, people: People = here): Promise<Holder> {
  const row = await tryPin(person, people)
  const key = await unwrapKey(row, pin)
  if (!key) throw collectProblems.wrongPin({})
  await forgetWrong(person, people)
  return { person, name: row.name, key, keyId: row.keyId }
}

/** The key stays the same; it is wrapped anew. */
export async function changePin(person: PersonId, pin: string, next: string, people: People = here): Promise<void> {
  const row = await tryPin(person, people), key = await unwrapKey(row, pin, true)
  if (!key) throw collectProblems.wrongPin({})
  const wrapped = await wrapKey(key, next)
  await act(await people.store(), ['people'], tx => tx.objectStore('people').put({ ...row, ...wrapped, hasPin: next !== '', wrong: 0, wrongAt: 0 }))
}

/** A try counts before it is made: closing the tab does not give it back. A clock that was set back does not lock anybody out. */
async function tryPin(person: PersonId, { store, now }: People): Promise<PersonRow> {
  return act(await store(), ['people'], async tx => {
    const row = await tx.objectStore('people').get(person), at = now()
    if (!row) throw collectProblems.notThere({})
    const waited = at - row.wrongAt, mustWait = waitOf(row.wrong)
    if (waited >= 0 && waited < mustWait) throw collectProblems.waitForPin({ waitSeconds: Math.ceil((mustWait - waited) / 1000) })
    await tx.objectStore('people').put({ ...row, wrong: row.wrong + 1, wrongAt: at })
    return row
  })
}

const waitOf = (wrong: number) => wrong < TRIES ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (wrong - TRIES))

async function forgetWrong(person: PersonId, { store }: People): Promise<void> {
  await act(await store(), ['people'], async tx => {
    const row = await tx.objectStore('people').get(person)
    if (row) await tx.objectStore('people').put({ ...row, wrong: 0, wrongAt: 0 })
  })
}

const THEIRS = ['media', 'entries', 'answers', 'files', 'bytes'] as const satisfies ShelfName[]

/** Takes a person and everything of theirs off the phone. @throws `collect/still-unsent` unless that was told and `evenUnsent` says so. */
export async function logOut(person: PersonId, { evenUnsent = false } = {}, { store }: Pick<People, 'store'> = here): Promise<void> {
  const db = await store()
  await act(db, [...THEIRS, 'kits', 'people'], async tx => {
    const unsent = (await tx.objectStore('entries').index('person').getAll(person)).filter(({ state }) => state !== 'sent').length
    if (unsent > 0 && !evenUnsent) throw collectProblems.stillUnsent({ unsent })
    for (const name of THEIRS) {
      for (let cursor = await tx.objectStore(name).index('person').openCursor(person); cursor; cursor = await cursor.continue()) await cursor.delete()
    }
    await tx.objectStore('kits').delete(person)
    await tx.objectStore('people').delete(person)
  })
}
