import { z } from 'zod'
import { AreaCode, PersonId } from '../base/ids.ts'
import { Text } from '../base/text.ts'

/** One line: who did or saw what, where and when. It never holds the value itself. */
export const AuditLine = z.object({
  id: z.number().int(),
  at: z.iso.datetime(),
  /** Null: the system, or somebody not signed in. */
  actor: PersonId.nullable(),
  actorKind: z.enum(['person', 'token', 'operator', 'system', 'stranger']),
  actorName: z.string().nullable(),
  /** Noun and verb: `grant.give`, `import.keep`, `person.see`, `sign-in.fail`. */
  action: z.string(),
  area: AreaCode,
  target: z.string().nullable(),
  /** Whose data it was, when it was a person's. */
  about: PersonId.nullable(),
  reason: z.string().nullable(),
  say: Text,
})
export type AuditLine = z.infer<typeof AuditLine>
