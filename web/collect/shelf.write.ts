import type { Draft, Holder, Parts } from './entry.ts'
import { collectProblems } from './problems.ts'
import { closeBytes, closeValue, type Sealed } from './seal.ts'
import { ALL, dropEntry, dropFile, type All } from './shelf.drop.ts'
import { ABOUT, type Closed } from './shelf.read.ts'
import { act, type EntryRow } from './store.ts'

export type Writing = {
  /** Keeps a draft as it stands. @throws where it is no draft any more, or the phone is full: then what was kept before is still there. */
  save: (draft: Draft, xml: string, at?: string | null) => Promise<void>
  /** Keeps a file of a draft that was saved before. */
  putFile: (instanceId: string, name: string, file: Blob) => Promise<void>
  dropFile: (instanceId: string, name: string) => Promise<void>
  /** The entry and all that belongs to it. */
  remove: (instanceId: string) => Promise<void>
  /** From draft to outbox. `names`: the files that the answers name; each must be here, and others go. */
  finish: (instanceId: string, names: readonly string[]) => Promise<void>
  /** From the outbox back to a draft, where the server cannot have it: refused, or never begun to be sent. */
  reopen: (instanceId: string) => Promise<void>
}

export function makeWriting(holder: Holder, { store, now }: Parts, tell: () => void): Writing {
  const change = async (work: (tx: All) => Promise<unknown>): Promise<void> => {
    await act(await store(), [...ALL, 'people'], async tx => {
      // a tab that somebody left open writes nothing with a key that is no longer there
      if ((await tx.objectStore('people').get(holder.person))?.keyId !== holder.keyId) throw collectProblems.signedOut({})
      await work(tx as unknown as All)
    })
    tell()
  }
  const at = () => now().toISOString()
  return {
    save: async (draft, xml, where = null) => {
      const row = await closeDraft(holder, draft, at()), sealed = await closeValue(holder.key, ABOUT.answers(draft.instanceId), { xml, at: where })
      await change(tx => saveDraft(tx, row, sealed))
    },
    putFile: async (instanceId, name, file) => {
      const sealed = await closeBytes(holder.key, ABOUT.file(instanceId, name), new Uint8Array(await file.arrayBuffer()))
      await change(async tx => {
        await getDraft(tx, instanceId, holder)
        await tx.objectStore('files').put({ instanceId, name, person: holder.person, type: file.type, bytes: file.size, sent: 0 })
        await tx.objectStore('bytes').put({ instanceId, name, person: holder.person, sealed })
      })
    },
    dropFile: (instanceId, name) => change(async tx => { await getDraft(tx, instanceId, holder); await dropFile(tx, instanceId, name) }),
    remove: instanceId => change(async tx => { if ((await tx.objectStore('entries').get(instanceId))?.person === holder.person) await dropEntry(tx, instanceId) }),
    finish: (instanceId, names) => change(tx => finish(tx, instanceId, names, holder, at())),
    reopen: instanceId => change(tx => reopen(tx, instanceId, holder, at())),
  }
}

async function closeDraft({ person, key }: Holder, draft: Draft, at: string): Promise<EntryRow> {
  const { formName, title, place, about, ...open } = draft
  const sealed = await closeValue(key, ABOUT.entry(draft.instanceId), { formName, title, place, about } satisfies Closed)
  return { ...open, person, sealed, state: 'draft', why: null, madeAt: at, changedAt: at, finishedAt: null, sentAt: null, tried: false }
}

async function saveDraft(tx: All, row: EntryRow, sealed: Sealed): Promise<void> {
  const old = await tx.objectStore('entries').get(row.instanceId)
  if (old) mustBeDraft(old, row)
  await tx.objectStore('entries').put({ ...row, madeAt: old?.madeAt ?? row.madeAt })
  await tx.objectStore('answers').put({ instanceId: row.instanceId, person: row.person, sealed })
}

async function reopen(tx: All, instanceId: string, holder: Holder, at: string): Promise<void> {
  const row = await tx.objectStore('entries').get(instanceId)
  if (row?.person !== holder.person) throw collectProblems.notThere({})
  if (row.state !== 'refused' && (row.state !== 'waiting' || row.tried)) throw collectProblems.mayHaveArrived({})
  await tx.objectStore('entries').put({ ...row, state: 'draft', why: null, tried: false, finishedAt: null, changedAt: at })
}

async function finish(tx: All, instanceId: string, names: readonly string[], holder: Holder, at: string): Promise<void> {
  const row = await getDraft(tx, instanceId, holder)
  const held = await tx.objectStore('bytes').index('entry').getAllKeys(instanceId)
  const missing = names.find(name => !held.some(([, there]) => there === name))
  if (missing !== undefined) throw collectProblems.fileMissing({ name: missing })
  for (const [, name] of held) if (!names.includes(name)) await dropFile(tx, instanceId, name)
  await tx.objectStore('entries').put({ ...row, state: 'waiting', why: null, tried: false, finishedAt: at, changedAt: at })
}

async function getDraft(tx: All, instanceId: string, holder: Holder): Promise<EntryRow> {
  const row = await tx.objectStore('entries').get(instanceId)
  if (!row) throw collectProblems.notThere({})
  return mustBeDraft(row, holder)
}

function mustBeDraft(row: EntryRow, { person }: Pick<Holder, 'person'>): EntryRow {
  if (row.person !== person) throw collectProblems.notThere({})
  if (row.state !== 'draft') throw collectProblems.notDraft({})
  return row
}
