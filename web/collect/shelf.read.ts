import type { Content, Draft, Entry, Holder, Parts } from './entry.ts'
import { collectProblems } from './problems.ts'
import { openBytes, openValue } from './seal.ts'
import type { EntryRow, FileRow } from './store.ts'

/** What of an entry is closed even in lists. */
export type Closed = Pick<Draft, 'formName' | 'title' | 'place' | 'about'>
export const ABOUT = { entry: (id: string) => `entry ${id}`, answers: (id: string) => `answers ${id}`, file: (id: string, name: string) => `file ${id} ${name}` }

export type Reading = {
  /** Newest first. */
  list: () => Promise<Entry[]>
  /** @throws where it is not there any more. */
  read: (instanceId: string) => Promise<Content>
  /** The answers alone. */
  readAnswers: (instanceId: string) => Promise<{ xml: string; at: string | null }>
  /** One file of an entry; null where there is none of this name. */
  readFile: (instanceId: string, name: string) => Promise<File | null>
}

export function makeReading(holder: Holder, { store }: Parts): Reading {
  const open = makeOpening(holder)
  const readFile = async (instanceId: string, name: string) => {
    const db = await store(), row = await db.get('files', [instanceId, name]), kept = await db.get('bytes', [instanceId, name])
    return row && kept ? fileOf(row, await openBytes(holder.key, ABOUT.file(instanceId, name), kept.sealed)) : null
  }
  const readAnswers = async (instanceId: string) => {
    const answers = await (await store()).get('answers', instanceId)
    if (answers?.person !== holder.person) throw collectProblems.notThere({})
    return openValue<{ xml: string; at: string | null }>(holder.key, ABOUT.answers(instanceId), answers.sealed)
  }
  return {
    list: async () => {
      const tx = (await store()).transaction(['entries', 'files'])
      const [rows, files] = await Promise.all([tx.objectStore('entries').index('person').getAll(holder.person), tx.objectStore('files').index('person').getAll(holder.person), tx.done])
      const byEntry = Map.groupBy(files, file => file.instanceId)
      const entries = await Promise.all(rows.map(row => open(row, byEntry.get(row.instanceId) ?? [])))
      return entries.sort((a, b) => b.changedAt.localeCompare(a.changedAt))
    },
    read: async instanceId => {
      const tx = (await store()).transaction(['entries', 'files'])
      const [row, rows] = await Promise.all([tx.objectStore('entries').get(instanceId), tx.objectStore('files').index('entry').getAll(instanceId), tx.done])
      if (row?.person !== holder.person) throw collectProblems.notThere({})
      const files = await Promise.all(rows.map(async ({ name }) => [name, await readFile(instanceId, name)] as const))
      return { entry: await open(row, rows), ...await readAnswers(instanceId), files: new Map(files.filter((pair): pair is [string, File] => pair[1] !== null)) }
    },
    readAnswers,
    readFile,
  }
}

/** One line that a fault of the disk spoilt does not hide the others. */
const UNREADABLE: Closed = { formName: { th: '–', en: '–' }, title: null, place: null, about: null }

/** Opens what is closed of an entry, once: a list is made anew at every change of one of hundreds. What did not change is the same object, which no screen has to draw again. */
function makeOpening({ key }: Holder): (row: EntryRow, files: FileRow[]) => Promise<Entry> {
  const known = new Map<string, { iv: string; closed: Promise<Closed>; as: string; entry: Entry | null }>()
  return async ({ sealed, ...row }, files) => {
    const iv = String(sealed.iv), as = JSON.stringify([row, files]), held = known.get(row.instanceId)
    if (held?.entry && held.iv === iv && held.as === as) return held.entry
    const closed = held?.iv === iv ? held.closed : openValue<Closed>(key, ABOUT.entry(row.instanceId), sealed).catch(() => UNREADABLE)
    const now = { iv, closed, as, entry: null as Entry | null }
    known.set(row.instanceId, now)
    return now.entry = { ...row, ...await closed, files: files.map(({ name, type, bytes, sent }) => ({ name, type, bytes, sent })) }
  }
}

const fileOf = ({ name, type }: FileRow, bytes: Uint8Array<ArrayBuffer>) => new File([bytes], name, { type })
