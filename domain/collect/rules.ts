import type { Text } from '../base/text.ts'
import type { Answer, Answers } from '../record/record.ts'
import type { Conflict } from './collect.ts'

type States = Record<'base' | 'theirs' | 'mine', Answers>
const isSame = (one: Answer | undefined, other: Answer | undefined) => JSON.stringify(one) === JSON.stringify(other)

/**
 * The fields that somebody else changed meanwhile, where this visit answers something else: also the old answer that was only carried
 * along, since it took the place of theirs. Null when there is none. What a visit leaves out stays as they said it.
 */
export function differingFields(fields: readonly { key: string; label: Text }[], { base, theirs, mine }: States): Conflict[] | null {
  const differing = fields.filter(({ key }) => mine[key] !== undefined && !isSame(theirs[key], base[key]) && !isSame(mine[key], theirs[key]))
  if (differing.length === 0) return null
  return differing.map(({ key, label }) => ({ key, label, base: base[key] ?? null, mine: mine[key] ?? null, theirs: theirs[key] ?? null }))
}

/** Of the bytes of a file in one line, before sealing. */
export const PART_MOST_BYTES = 4 << 20
export const BACKUP_MOST_BYTES = 1 << 30
/** A name for it that says whose it is not: it may lie in a telephone's downloads. */
export const BACKUP_TYPE = 'application/octet-stream', BACKUP_SUFFIX = '.rakkaeo'
