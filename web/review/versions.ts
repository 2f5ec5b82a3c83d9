import type { Text } from '../../domain/base/text.ts'
import type { Answer, RecordAct } from '../../domain/record/record.ts'

/** What the answers were after an act that changed them, as far as one may see them. */
export type RecordVersion = { n: number; kind: RecordAct['kind']; at: string; byName: string | null; reason: string | null; values: ReadonlyMap<string, Answer> }
export type Difference = { key: string; label: Text; before: Answer | null; after: Answer | null }

/** The versions of a record, the first one first, out of its history (which begins with the latest act). A held visit changed nothing. */
export function versionsOf(history: readonly RecordAct[]): RecordVersion[] {
  const versions: RecordVersion[] = []
  for (const { kind, at, byName, reason, changes } of history.toReversed()) {
    if (kind === 'held' || (changes.length === 0 && kind !== 'make' && kind !== 'update')) continue
    const values = new Map(versions.at(-1)?.values)
    for (const { key, after } of changes) {
      if (after === null) values.delete(key)
      else values.set(key, after)
    }
    versions.push({ n: versions.length + 1, kind, at, byName, reason, values })
  }
  return versions
}

/** Field by field, where two versions differ. */
export function differencesOf(one: RecordVersion, other: RecordVersion, history: readonly RecordAct[]): Difference[] {
  const labels = new Map(history.flatMap(({ changes }) => changes.map(({ key, label }) => [key, label])))
  return [...labels].map(([key, label]) => ({ key, label, before: one.values.get(key) ?? null, after: other.values.get(key) ?? null })).filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
}

/** What was done after one version and up to another: returned and why, approved, opened again. */
export function actsBetween(one: RecordVersion, other: RecordVersion, history: readonly RecordAct[]): RecordAct[] {
  return history.filter(({ at, kind }) => at > one.at && at <= other.at && kind !== 'make').toReversed()
}
