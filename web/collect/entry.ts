import type { AreaCode, DatasetId, PersonId } from '../../domain/base/ids.ts'
import type { Text } from '../../domain/base/text.ts'
import type { EntryState, Store } from './store.ts'

/** Whose phone it is at this moment, and the key that opens what they wrote down. */
export type Holder = { person: PersonId; name: string; key: CryptoKey; keyId: string }

/** `sent`: so many bytes of it have arrived. */
export type EntryFile = { name: string; type: string; bytes: number; sent: number }

/** What a draft says of itself each time it is kept. */
export type Draft = {
  instanceId: string; dataset: DatasetId; version: string; formArea: AreaCode
  /** The files of the form as they were when it was opened (`readForm`): kept as long as the draft. */
  formFiles: Record<string, string>
  formName: Text; title: string | null; place: AreaCode | null
  /** The thing that it is about or updates. */
  about: string | null
}
export type Entry = Draft & {
  person: PersonId; state: EntryState
  /** Why it waits, or why it was refused. */
  why: Text | null
  files: EntryFile[]; madeAt: string; changedAt: string; finishedAt: string | null; sentAt: string | null
  /** Sending was begun: the server may have it, whatever became of the line. */
  tried: boolean
}
/** `at`: where in the form the person was. */
export type Content = { entry: Entry; xml: string; at: string | null; files: Map<string, File> }

export type Parts = { store: () => Promise<Store>; now: () => Date }
